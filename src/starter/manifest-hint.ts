import type { Starting } from './criteria.ts'
import { asksOf, offeredBy } from './templates.ts'

/** A manifest to fill in, as the approach and the traits want it, that names what the templates are for. */
export function manifestHint(starting: Starting): string {
  const { model, risk, approach, traits } = starting
  const isTuned = traits.includes('fine-tuned')
  const bought = approach === 'buy'
  const trained = approach === 'build' || isTuned
  return [
    `# models/${model}/release.yml`,
    ...['gonogo: 1', `model: ${model}`, 'version: TODO'],
    ...(bought
      ? [
          `service: { provider: TODO, model: TODO, snapshot: TODO }   # the version that the vendor never changes${isTuned ? '; or weights: [{ path: TODO, sha256: TODO }], where you have them' : ''}`,
        ]
      : ['weights:', '  - { path: TODO, sha256: TODO }     # each file; `gonogo manifest` computes it']),
    trained
      ? 'training: { commit: TODO }          # or the run, { run: 1234567 }, or a start ticket, { ticket: start-ticket.jwt }'
      : 'evaluation: { commit: TODO }        # the commit that the first evaluation ran from, which saw these criteria',
    ...(isTuned || approach === 'open-source'
      ? [
          ...(bought
            ? [
                'base_models:                       # what it was made from, as its provider calls it; of weights with revision and digest instead of provider and snapshot',
                '  - { name: TODO, provider: TODO, snapshot: TODO, licence: LicenseRef-TODO, relation: finetune, card: TODO }',
              ]
            : [
                'base_models:                       # what it was made from, or what it is, at one commit of its hub',
                `  - { name: TODO, revision: TODO, digest: { sha256: TODO }, licence: TODO${isTuned ? ', relation: finetune' : ''}, card: TODO }`,
              ]),
          'licence: TODO                      # of the released model',
        ]
      : []),
    ...['datasets:', '  - { name: holdout, role: test, digest: { sha256: TODO } }'],
    ...(trained ? ['  - { name: train, role: train, digest: { sha256: TODO } }'] : []),
    'evidence:',
    risk === 'high'
      ? '  - { artifact: TODO, file: TODO, workflow: .github/workflows/TODO.yml }   # results count at high risk as a run produced them'
      : '  - TODO                             # the results, as your tool writes them; `gonogo read FILE` shows what is seen in them',
    ...entriesOf(starting),
    '',
  ].join('\n')
}

function entriesOf(starting: Starting): readonly string[] {
  return asksOf(starting).flatMap((ask): readonly string[] => {
    if (ask.kind === 'shown' || ask.kind === 'approval') return []
    if (ask.kind === 'training')
      return [
        '  - records/training.yml',
        '  # - ../../uv.lock                  # the lock that the training record names, committed before the training',
      ]
    if (ask.kind === 'record')
      return [
        `  - records/${ask.record}.yml`,
        ...offeredBy(ask).map((kind) => `  # - records/${kind}.yml, where the criteria ask for it`),
      ]
    return [`  - { path: docs/${ask.document}.md, document: ${ask.document} }`]
  })
}
