import type { AttestationRecord, Says } from '../core/attestation.ts'
import type { AttestationLack } from '../core/attestation-answer.ts'
import { DAY_MS } from '../core/day.ts'
import { daysOf } from './record-age.ts'

/** What a criterion may ask of an attestation by the right signer. */
export type AskedOf = {
  readonly max_age?: string | undefined
  readonly builder?: string | undefined
  readonly runner?: string | undefined
  readonly verifier?: string | undefined
  readonly resource?: string | undefined
  readonly level?: string | undefined
  readonly policy?: string | undefined
  readonly tests?: readonly string[] | undefined
  readonly configuration?: readonly string[] | undefined
}

/** Clocks of two servers may differ by so much. */
const SKEW_MS = 5 * 60_000

/** Everything that keeps an attestation from answering. */
export function lacksOf(record: AttestationRecord, asked: AskedOf, now: string): readonly AttestationLack[] {
  return [
    ...saidLacks(record.says, asked),
    ...runnerLacks(record, asked),
    ...fileLacks(record),
    ...ageLacks(record, asked, now),
  ]
}

/** Whether what lacks is that somebody found against the model. */
export function isContrary({ lack }: AttestationLack): boolean {
  return lack === 'result'
}

function saidLacks(says: Says, asked: AskedOf): readonly AttestationLack[] {
  switch (says.predicate) {
    case 'provenance':
      return other('builder', says.builder, asked.builder)
    case 'vsa':
      return [
        ...(says.result === 'passed' ? [] : [{ lack: 'result', found: says.result } as const]),
        ...(says.levels.includes('FAILED') ? [{ lack: 'result', found: 'FAILED' } as const] : []),
        ...other('verifier', says.verifier, asked.verifier),
        ...other('resource', says.resource, asked.resource),
        ...(asked.level === undefined || says.levels.some((one) => reaches(one, asked.level ?? ''))
          ? []
          : [{ lack: 'level', found: says.levels, wanted: asked.level } as const]),
        ...(asked.policy === undefined || says.policy.digests.includes(asked.policy)
          ? []
          : [{ lack: 'policy', found: says.policy.digests, wanted: asked.policy } as const]),
      ]
    case 'svr':
      return [
        ...other('verifier', says.verifier, asked.verifier),
        ...(asked.level === undefined || says.properties.some((one) => reaches(one, asked.level ?? ''))
          ? []
          : [{ lack: 'level', found: says.properties, wanted: asked.level } as const]),
      ]
    case 'test-result': {
      // A result that its own lists contradict is the worse of the two.
      const found = says.failed.length > 0 ? 'failed' : says.warned.length > 0 ? 'warned' : says.result
      const passed = new Set(says.passed)
      const missing = (asked.tests ?? []).filter((name) => !passed.has(name))
      const otherwise = (asked.configuration ?? []).filter((one) => !says.configuration.includes(one))
      return [
        ...(found === 'passed' && says.result === 'passed'
          ? []
          : [{ lack: 'result', found: found === 'passed' ? says.result : found } as const]),
        ...(missing.length === 0 ? [] : [{ lack: 'tests', missing } as const]),
        ...(otherwise.length === 0 ? [] : [{ lack: 'configuration', missing: otherwise } as const]),
      ]
    }
    case 'model-signing':
    case 'reference':
    case 'signature':
    case 'other':
      return []
  }
}

/** What a statement says of its own runner is its signer's word; the certificate has it from who let the job run. */
function runnerLacks({ shown }: AttestationRecord, { runner: wanted }: AskedOf): readonly AttestationLack[] {
  const signer = shown.state === 'verified' ? shown.signer : undefined
  const found = signer?.by === 'identity' ? signer.runner : undefined
  if (wanted === undefined || found === wanted) return []
  return [{ lack: 'runner', ...(found !== undefined && { found }), wanted }]
}

function fileLacks({ files, says }: AttestationRecord): readonly AttestationLack[] {
  // What nobody looked for is not there.
  const nobody = says.predicate === 'model-signing' ? says.files.map(({ name }) => name) : []
  const { unsigned, absent } = files ?? { unsigned: [], absent: nobody }
  return [
    ...(unsigned.length === 0 ? [] : [{ lack: 'unsigned', files: unsigned } as const]),
    ...(absent.length === 0 ? [] : [{ lack: 'absent', files: absent } as const]),
  ]
}

function other(
  lack: 'builder' | 'verifier' | 'resource',
  found: string,
  wanted: string | undefined,
): readonly AttestationLack[] {
  return wanted === undefined || wanted === found ? [] : [{ lack, found, wanted }]
}

/** `SLSA_BUILD_LEVEL_3` reaches `SLSA_BUILD_LEVEL_2`: levels of one track are ordered; anything else is itself. */
function reaches(found: string, wanted: string): boolean {
  const [one, least] = [levelOf(found), levelOf(wanted)]
  if (one === undefined || least === undefined) return found === wanted
  return one.track === least.track && one.level >= least.level
}

/** The track and the level of a name such as `SLSA_BUILD_LEVEL_3`. */
export function levelOf(text: string): { readonly track: string; readonly level: number } | undefined {
  const [, track = '', level = ''] = /^(SLSA_[A-Z]{1,40})_LEVEL_(\d)$/.exec(text) ?? []
  return track === '' ? undefined : { track, level: Number(level) }
}

function ageLacks(record: AttestationRecord, asked: AskedOf, now: string): readonly AttestationLack[] {
  const moments = momentsOf(record)
  const late = moments.find((moment) => Date.parse(moment) > Date.parse(now) + SKEW_MS)
  if (late !== undefined) return [{ lack: 'future', at: late }]
  const limit = daysOf(asked.max_age)
  if (limit === undefined) return []
  const [oldest] = moments.toSorted((a, b) => Date.parse(a) - Date.parse(b))
  if (oldest === undefined) return [{ lack: 'time' }]
  const days = Math.max(0, Math.floor((Date.parse(now) - Date.parse(oldest)) / DAY_MS))
  return days > limit ? [{ lack: 'age', days, limit }] : []
}

/** When it was seen to be signed, and when a verifier that is trusted says that it looked. */
function momentsOf({ shown, says }: AttestationRecord): readonly string[] {
  const seen = shown.state === 'verified' && shown.at !== undefined ? [shown.at] : []
  const said = says.predicate === 'vsa' || says.predicate === 'svr' ? (says.at ?? []) : []
  return [...seen, ...(typeof said === 'string' ? [said] : [])]
}

/** The moments at which it grows too old, or its certificates end. */
export function lapses(record: AttestationRecord, asked: AskedOf): readonly number[] {
  const limit = daysOf(asked.max_age)
  const { shown } = record
  const until =
    shown.state === 'verified' && shown.signer.by === 'authority' ? [Date.parse(shown.signer.until) + 1] : []
  if (limit === undefined) return until
  return [...until, ...momentsOf(record).map((moment) => Date.parse(moment) + (limit + 1) * DAY_MS)]
}
