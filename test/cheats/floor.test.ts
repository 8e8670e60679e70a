import { describe, expect, test } from 'vitest'
import { evaluate } from '../../src/evaluate.ts'
import { renderCheckRun } from '../../src/render/check-run.ts'
import { type Asking, gather } from '../../src/sources/gather.ts'
import { tell } from '../support/case.ts'
import {
  asks,
  type Change,
  CRITERIA,
  MANIFEST,
  METRICS,
  on,
  registers,
  releases,
  submits,
  works,
} from './stories.ts'

type Given = Partial<Asking> & { readonly text?: string; readonly repository?: string }

/** What the commits come to under a floor, and all that a person reads of it on GitHub. */
async function tried(commits: readonly Change[], { text, repository: name, ...given }: Given = {}) {
  const { repository, asking } = tell({
    ...{ shows: '', now: '2026-03-01T12:00:00Z', judge: 'release', commits: [...commits] },
    ...(text !== undefined && { floor: text }),
    ...(name !== undefined && { repository: name }),
  })
  const verdict = evaluate(await gather(repository, { ...asking, ...given }))
  const { title, summary, conclusion } = renderCheckRun(verdict)
  return { verdict, decision: verdict.decision, conclusion, said: `${title}\n${summary}` }
}

const line = (rest: string, model = '"*"') =>
  `models: [{ repository: acme/models, model: ${model}, ${rest} }]\n`
const bound = (wanted: number, more = '') =>
  `criteria: [{ id: org, control: performance, check: metric, metric: accuracy, at_least: ${wanted}${more} }]\n`
const LEAKS =
  '  - { id: leaks, control: data-leakage, check: metric, metric: leak_rate, at_most: 0.1, blocking: false }\n'

const registered = registers(asks())
const release = submits(releases())
const honest = [registered, works(), release]
const beside = (more: Record<string, string>): readonly Change[] => [
  registered,
  works(),
  { ...release, write: { ...release.write, ...more } },
]
const FLOOR = '.gonogo/floor.yml'

/** The files of a release of another name, and of its criteria. */
const other = (name: string, accuracy: number): Record<string, string> => ({
  [MANIFEST.replace('/m/', `/${name}/`)]: releases().replace('model: m', `model: ${name}`),
  [METRICS.replace('/m/', `/${name}/`)]: `{ "accuracy": ${accuracy}, "leak_rate": 0 }`,
})
const criteriaOf = (name: string, text = asks()): Record<string, string> => ({
  [CRITERIA.replace('/m.', `/${name}.`)]: text.replace('model: m', `model: ${name}`),
})

/** What somebody tries, under which floor, what must come of it, and what must be said. */
type Cheat = readonly [name: string, commits: readonly Change[], given: Given, decision: string, RegExp]

const CHEATS: readonly Cheat[] = [
  [
    'risk that is declared lower than the floor sets it',
    honest,
    { text: line('risk: high') },
    'undecided',
    /risk `high`, set by the floor; the repository declares only `low`, and the higher holds/,
  ],
  [
    'traits that are left out',
    honest,
    { text: line('traits: [personal-data]') },
    'undecided',
    /nothing asks for `fairness`, .*, which `trait: personal-data` requires/,
  ],
  [
    'criteria that are deleted once the work is done',
    [registered, works(), { name: 'deletes', on: 'main', remove: [CRITERIA] }, release],
    {},
    'undecided',
    /was registered at commit `\w+` and is gone from the default branch/,
  ],
  [
    'a model that is renamed, without new criteria',
    [registered, works(), on('release', 'release', other('better', 0.95))],
    {},
    'no-go',
    /there are no criteria at `\.gonogo\/criteria\/better\.yml`/,
  ],
  [
    'a model that is renamed, so that the floor does not name it',
    [on('main', 'registers', criteriaOf('better')), works(), on('release', 'release', other('better', 0.95))],
    { text: `${line('risk: high', 'm')}unlisted: high\n` },
    'undecided',
    /for `better`[\s\S]*risk `high`, set by the floor; the repository declares only `low`/,
  ],
  [
    'a bank of variants under several names, of which one is good',
    [
      on('main', 'registers', { ...criteriaOf('bank-1'), ...criteriaOf('bank-2'), ...criteriaOf('bank-3') }),
      works(),
      on('release', 'release', {
        ...other('bank-1', 0.91),
        ...other('bank-2', 0.99),
        ...other('bank-3', 0.92),
      }),
    ],
    { text: bound(0.95, ', match: { models: ["bank-*"] }') },
    'no-go',
    /bank-1 \(no-go\), bank-3 \(no-go\), bank-2 \(go\)/,
  ],
  [
    'a bank of variants, of which one covers what all must',
    [
      on('main', 'registers', {
        ...criteriaOf('bank-1', asks({ more: LEAKS.replace(', blocking: false', '') })),
        ...criteriaOf('bank-2'),
      }),
      works(),
      on('release', 'release', { ...other('bank-1', 0.95), ...other('bank-2', 0.95) }),
    ],
    { text: 'risk: { low: { require: [data-leakage] } }\n' },
    'undecided',
    /bank-2 \(undecided\), bank-1 \(go\)[\s\S]*nothing asks for `data-leakage`, which the floor requires/,
  ],
  [
    'a control that only advisory criteria ask for',
    [registers(asks({ more: LEAKS })), works(), release],
    { text: 'risk: { low: { require: [data-leakage] } }\n' },
    'undecided',
    /nothing that blocks; `leaks` only advises/,
  ],
  [
    'a floor of the repository’s own, in the release',
    beside({ [FLOOR]: 'gonogo: 1\nenforcement: observe\n' }),
    { text: bound(0.99) },
    'no-go',
    /a floor has no effect in this repository, only in `acme\/\.github`/,
  ],
  [
    'a floor of the repository’s own, on the default branch',
    [on('main', 'own', { [FLOOR]: 'gonogo: 1\nenforcement: observe\n' }), ...honest],
    { text: bound(0.99) },
    'no-go',
    /`org`: `accuracy` is 0\.95 and must be at least 0\.99/,
  ],
  [
    'a floor that disappears where it is required',
    honest,
    { floor: { kind: 'absent', required: true, repository: 'acme/.github' } },
    'undecided',
    /the organisation's floor is required, and `acme\/\.github` has none that can be seen/,
  ],
  [
    'a floor that the app is kept from reading',
    honest,
    { floor: { kind: 'unreadable', repository: 'acme/.github', path: FLOOR } },
    'undecided',
    /the organisation's floor `\.gonogo\/floor\.yml` in `acme\/\.github` is there, and gonogo may not read it/,
  ],
  [
    'a floor that is broken, in a change that releases nothing',
    [registered, on('release', 'release', { 'docs.md': 'x' })],
    { text: 'unlisted: hihg\n' },
    'undecided',
    /has 1 problem at commit/,
  ],
  [
    'a repository that took the name of one that is observed',
    honest,
    { text: `observe: { repositories: [7] }\n${bound(0.99)}`, repository: 'acme/ready', repositoryId: 8 },
    'no-go',
    /^no-go:/,
  ],
  [
    'a floor that would observe by name',
    honest,
    { text: 'observe: { repositories: [acme/models] }\n' },
    'undecided',
    /has \d problems? at commit/,
  ],
  [
    'a property that the repository says of itself',
    honest,
    { text: `observe: { property: { gonogo: observe } }\n${bound(0.99)}`, properties: {} },
    'no-go',
    /^no-go:/,
  ],
  [
    'a weight file beside the manifest that does not name it',
    beside({ 'models/m/other.safetensors': 'x' }),
    {},
    'undecided',
    /`models\/m\/other\.safetensors`: no manifest covers this model file/,
  ],
  [
    'a weight file outside of every model’s folder',
    beside({ 'service/better.onnx': 'x' }),
    {},
    'undecided',
    /`service\/better\.onnx`: no manifest covers this model file/,
  ],
  [
    'a weight file without any manifest',
    [registered, on('release', 'release', { 'models/n/model.gguf': 'x' })],
    {},
    'undecided',
    /`models\/n\/model\.gguf`: no manifest covers this model file/,
  ],
  [
    'a model file of a kind that only the floor knows',
    beside({ 'serving/plan.engine': 'x' }),
    { text: 'watch: ["*.engine"]\n' },
    'undecided',
    /`serving\/plan\.engine`: no manifest covers this model file/,
  ],
  [
    'a weight file in a repository that the floor names, and where nobody adopted gonogo',
    [on('main', 'root', { 'readme.md': 'x' }), on('release', 'release', { 'model.onnx': 'x' })],
    { text: line('risk: high') },
    'undecided',
    /`model\.onnx`: no manifest covers this model file/,
  ],
  [
    'a weight file that the same change exempts',
    beside({ 'service/better.onnx': 'x', '.gonogo/unwatch': 'service/\n' }),
    {},
    'undecided',
    /`service\/better\.onnx`: no manifest covers this model file/,
  ],
]

test.each(CHEATS)('%s', async (_, commits, given, decision, sentence) => {
  const { said, ...came } = await tried(commits, given)

  expect(said).toMatch(sentence)
  expect(came).toMatchObject({
    decision,
    conclusion: decision === 'no-go' ? 'failure' : 'action_required',
  })
})

describe('honest people get through', () => {
  test.each<readonly [string, readonly Change[], Given]>([
    ['no floor at all', honest, {}],
    ['a floor that is met', honest, { text: `${bound(0.95)}unlisted: low\n` }],
    ['a floor that is tightened for work to come', honest, { text: bound(0.99, ', from: 2026-04-01') }],
    [
      'test data that the default branch exempts',
      [on('main', 'exempts', { '.gonogo/unwatch': 'tests/\n' }), ...beside({ 'tests/tiny.onnx': 'x' })],
      {},
    ],
    [
      'a covered model of higher risk than it must be',
      [registers(asks({ head: 'risk: low\napproach: build\ntraits: [text]' })), works(), release],
      { text: line('risk: low') },
    ],
  ])('%s', async (_, commits, given) => {
    expect(await tried(commits, given)).toMatchObject({ decision: 'go', conclusion: 'success' })
  })

  test('a repository that gets ready is told what would be, and nothing is blocked', async () => {
    const text = `observe: { repositories: [7] }\n${bound(0.99)}`

    const { said, ...came } = await tried(honest, { text, repositoryId: 7 })

    expect(came).toMatchObject({ decision: 'no-go', conclusion: 'neutral' })
    expect(said).toMatch(/^observed, blocking nothing: no-go: m 1\.0\.0 misses/)
  })

  test('the commit of the floor stands in the verdict', async () => {
    const { verdict, said } = await tried(honest, { text: 'unlisted: low\n' })

    expect(verdict.floor).toMatchObject({ kind: 'read', commit: expect.stringMatching(/^8{40}$/) })
    expect(said).toContain('floor `.gonogo/floor.yml` of `acme/.github` at commit `8888888888`')
  })
})
