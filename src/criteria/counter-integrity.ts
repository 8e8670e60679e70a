import type { Claims, Context } from '../checks/context.ts'
import type { Criterion } from '../checks/index.ts'
import type { Counter } from '../core/note.ts'
import type { EvidenceRecord } from '../core/record.ts'
import { recordContext } from './counter-records.ts'
import type { Criteria } from './criteria.ts'
import { pinnedBy } from './exams.ts'
import { type Made, NO_EXAMS, SOURCE } from './made.ts'

type Kind<K extends EvidenceRecord['kind']> = Extract<EvidenceRecord, { kind: K }>

const [DIGEST, OTHER] = [`sha256:${'1a2b'.repeat(16)}`, `sha256:${'2b1a'.repeat(16)}`]
const WEAK = `md5:${'1a2b'.repeat(8)}`
const [COMMIT, ANOTHER] = ['3c4d'.repeat(10), '4d3c'.repeat(10)]
const MADE = { tool: 'made', source: SOURCE }

/** A training of which everything that is written down agrees, and what agrees in all but one thing. */
export function forIntegrity(
  criterion: Extract<Criterion, { check: 'integrity' }>,
  criteria: Criteria,
): Made {
  const { of, datasets = ['made'] } = criterion
  const pinned = pinnedBy(criteria)
  const digestOf = (name: string) => pinned.get(name)?.digest ?? DIGEST
  const claims: Claims = {
    datasets: datasets.map((name) => ({ name, role: 'train', digest: digestOf(name) })),
    commits: [COMMIT],
    repositories: ['made/made'],
  }
  const data: Kind<'data'> = {
    ...{ kind: 'data', ...MADE },
    datasets: datasets.map((name) => ({ names: [name], digests: [digestOf(name)] })),
  }
  const settings: Kind<'parameters'> = {
    ...{ kind: 'parameters', of: 'committed', ...MADE },
    ...{ values: { seed: 1, rate: 0.5 }, unresolved: [] },
  }
  const packages: Kind<'environment'> = {
    ...{ kind: 'environment', ...MADE },
    ...{ packages: [{ written: 'made==1', hashed: true }], includes: [] },
  }
  const run: Kind<'run'> = { kind: 'run', commit: COMMIT, frameworks: {}, doubts: [], ...MADE }
  const records: readonly EvidenceRecord[] = [data, settings, { ...settings, of: 'run' }, packages, run]
  const context = (made: readonly EvidenceRecord[], told: Claims = claims): Context => ({
    ...recordContext(made),
    exams: { ...NO_EXAMS, pinned },
    claims: told,
    atTraining: { kind: 'seen', commit: COMMIT, files: [{ path: SOURCE.path, sha: SOURCE.sha }] },
  })
  const counter = (kind: Counter, made: readonly EvidenceRecord[]) => ({ kind, context: context(made) })
  const changed = (kind: Counter, from: EvidenceRecord, to: EvidenceRecord) =>
    counter(
      kind,
      records.map((one) => (one === from ? to : one)),
    )
  const last = datasets.at(-1) ?? ''
  const changedData = (digests: readonly string[], more: object = {}): Kind<'data'> => ({
    ...data,
    datasets: data.datasets.map((one) => (one.names.includes(last) ? { ...one, digests, ...more } : one)),
  })
  const otherwise = { ...settings, of: 'run', values: { ...settings.values, rate: 0.25 } } as const
  const isSha256 = digestOf(last).startsWith('sha256:')
  const isPinned = pinned.has(last)
  const toldOtherwise = (change: object): Claims => ({
    ...claims,
    datasets: claims.datasets.map((one) => (one.name === last ? { ...one, ...change } : one)),
  })
  return {
    criterion,
    good: context(records),
    counter: [
      ...(of.includes('data')
        ? [
            // What was registered with the criteria is somebody who names it too.
            ...(isPinned
              ? []
              : [
                  changed('digest_unconfirmed', data, changedData([])),
                  changed('placeholder', data, changedData([], { placeholder: 'TODO' })),
                ]),
            ...(isPinned && isSha256
              ? [{ kind: 'other_data' as const, context: context(records, toldOtherwise({ digest: OTHER })) }]
              : []),
            ...(criterion.datasets === undefined
              ? []
              : [
                  {
                    kind: 'other_dataset' as const,
                    context: context(records, toldOtherwise({ name: `${last}2` })),
                  },
                ]),
            ...(criterion.strong && !isPinned
              ? [
                  {
                    kind: 'digest_weak' as const,
                    context: context(
                      records.map((one) => (one === data ? changedData([WEAK]) : one)),
                      toldOtherwise({ digest: WEAK }),
                    ),
                  },
                ]
              : []),
            ...(isSha256 ? [changed('digest_differs', data, changedData([OTHER]))] : []),
          ]
        : []),
      ...(of.includes('parameters')
        ? [
            counter('missing', [data, packages, run]),
            counter('parameter_differs', [data, settings, otherwise, packages, run]),
            counter(
              'seed_missing',
              records.map((one) => (one.kind === 'parameters' ? { ...one, values: { rate: 0.5 } } : one)),
            ),
          ]
        : []),
      ...(of.includes('environment')
        ? [
            changed('missing', packages, run),
            changed('package_loose', packages, {
              ...packages,
              packages: [...packages.packages, { written: 'made>=1', loose: 'range' }],
            }),
            ...(criterion.hashed
              ? [changed('package_unhashed', packages, { ...packages, packages: [{ written: 'made==1' }] })]
              : []),
          ]
        : []),
      ...(of.includes('parameters') || of.includes('environment')
        ? [
            {
              kind: 'changed_after_training' as const,
              context: {
                ...context(records),
                atTraining: {
                  kind: 'seen' as const,
                  commit: COMMIT,
                  files: [{ path: SOURCE.path, sha: ANOTHER }],
                },
              },
            },
          ]
        : []),
      ...(of.includes('code')
        ? [changed('missing', run, packages), changed('other_commit', run, { ...run, commit: ANOTHER })]
        : []),
    ],
  }
}
