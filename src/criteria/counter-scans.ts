import type { Context, ReleasedFiles } from '../checks/context.ts'
import type { Criterion } from '../checks/index.ts'
import { OWN } from '../checks/scan.ts'
import type { Counter } from '../core/note.ts'
import { type ScanRecord, SEVERITIES } from '../core/scan.ts'
import type { Weights } from '../core/verdict.ts'
import { WEIGHT_FORMATS, type WeightFormat } from '../core/weight-format.ts'
import { contextsOf } from './counter-contexts.ts'
import type { Criteria } from './criteria.ts'
import { type Made, SOURCE } from './made.ts'
import { trustOf } from './trust.ts'

const [AN_HOUR_AGO, TOMORROW, LONG_AGO] = [
  '2026-01-01T11:00:00Z',
  '2026-01-02T12:00:01Z',
  '1900-01-01T00:00:00Z',
]

type Asked = Extract<Criterion, { check: 'scan' }>
type Read = Extract<WeightFormat, { kind: 'read' }>

/** A scan of two files that found nothing, and whatever proves less. */
export function forScan(criterion: Asked, criteria: Criteria): Made {
  const { tool = 'made', version_at_least: version = '1', formats, suppressed: accepts, named } = criterion
  // Without a list, one that holds code, so that a scanner is needed.
  const format = formats?.[0] ?? 'pickle'
  const weights = ['one.bin', 'two.bin'].map((name, index) => weightsOf(name, { format }, index))
  const release = (files: readonly Weights[]): ReleasedFiles => ({
    weights: files,
    service: false,
    allowed: [],
  })
  const good: ScanRecord = {
    ...{ kind: 'scan', tool, version, at: AN_HOUR_AGO, proof: 'ran', source: SOURCE },
    files: weights.map(({ name, digest }) => ({ name, sha256: digest.replace('sha256:', '') })),
    ...{ skipped: [], errors: [], issues: [] },
  }
  const file = (records: readonly ScanRecord[]) => ({ path: SOURCE.path, measurements: [], records })
  const of = contextsOf(criteria, [file([good])], undefined)
  const on = (context: Context, files = weights): Context => ({ ...context, release: release(files) })
  const counter = (kind: Counter, context: Context) => ({ kind, context: on(context) })
  const changed = (kind: Counter, change: Partial<ScanRecord>) =>
    counter(kind, of.context([file([{ ...good, ...change }])]))
  const worst = { severity: SEVERITIES.at(-1) ?? 'unknown', what: 'made' } as const
  const others = WEIGHT_FORMATS.filter((one) => formats?.includes(one) === false).slice(0, 1)
  const otherFormat = others.map((other) => ({
    kind: 'other_format' as const,
    context: on(of.context([file([good])]), [weightsOf('one.bin', { format: other }), ...weights.slice(1)]),
  }))
  if (tool === OWN)
    return {
      criterion,
      good: on(of.context([])),
      counter: [
        { kind: 'missing', context: of.context([]) },
        { kind: 'nothing_scanned', context: on(of.context([]), []) },
        {
          kind: 'file_left_out',
          context: on(of.context([]), [
            ...weights,
            { ...weightsOf('three.bin'), format: { kind: 'not_read', why: 'lfs' } },
          ]),
        },
        {
          kind: 'file_skipped',
          context: on(of.context([]), [...weights, weightsOf('three.bin', { format, whole: false })]),
        },
        {
          kind: 'issue_found',
          context: on(of.context([]), [...weights, weightsOf('three.bin', { format, names: ['os.system'] })]),
        },
        ...otherFormat,
      ],
    }
  return {
    criterion,
    good: on(of.context([file([good])])),
    counter: [
      // What holds no code by its format needs no scanner, unless one is named.
      ...(criterion.tool === undefined && format === 'safetensors' ? [] : unproved()),
      { kind: 'nothing_scanned', context: on(of.context([file([good])]), []) },
      changed('no_proof', { proof: 'not_said' }),
      changed('no_proof', { proof: 'failed' }),
      changed('no_proof', { errors: ['made'] }),
      changed('issue_found', { issues: [worst] }),
      changed('issue_found', { issues: [{ ...worst, severity: 'unknown' }] }),
      ...(accepts === undefined
        ? [changed('issue_found', { issues: [{ ...worst, suppressed: true }] })]
        : []),
      changed('in_future', { at: TOMORROW }),
      changed('expired', { at: LONG_AGO }),
      ...(criterion.version_at_least === undefined ? [] : [changed('older_version', { version: '0' })]),
      ...otherFormat,
      ...of.ofTrust.map((one) => counter(one.kind, one.context)),
    ],
  }

  /** Of bytes that gonogo did not read either. */
  function onlyNamed(): Made['counter'][number] {
    const unread = weights.map(({ format: _, ...rest }) => rest)
    const files = good.files.map(({ name }) => ({ name }))
    return { kind: 'only_named', context: on(of.context([file([{ ...good, files }])]), unread) }
  }

  function unproved(): Made['counter'] {
    const [first, ...rest] = good.files
    return [
      counter('missing', of.context([])),
      changed('nothing_scanned', { files: [] }),
      changed('file_left_out', { files: rest }),
      changed('file_left_out', { files: [{ name: `other-${first?.name}` }, ...rest] }),
      ...(named === undefined && trustOf(criteria) === 'typed' ? [onlyNamed()] : []),
      changed('other_data', { files: [{ name: first?.name ?? '', sha256: 'f'.repeat(64) }, ...rest] }),
      changed('file_skipped', { skipped: [{ name: first?.name ?? '', why: 'made' }] }),
    ]
  }
}

function weightsOf(name: string, format: Partial<Read> = {}, index = 9): Weights {
  return {
    ...{ name, digest: `sha256:${'0'.repeat(63)}${index}`, trust: 'seen' },
    format: { kind: 'read', whole: true, faults: [], names: [], ...format },
  }
}
