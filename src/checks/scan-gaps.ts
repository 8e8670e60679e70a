import type { ScanRecord } from '../core/scan.ts'
import type { ScanGap } from '../core/scan-answer.ts'
import type { Context } from './context.ts'
import { daysOf } from './record-age.ts'
import { madeAt, timeGaps } from './scan-time.ts'
import { isAtLeast } from './version.ts'

type Asked = { readonly max_age?: string | undefined; readonly version_at_least?: string | undefined }

/** Days after which a scan says nothing where the criterion does not say how many: what is known to be bad grows. */
const USUAL_AGE = 365

/** For how many days a scan holds. */
export function scanAge({ max_age }: Asked): number {
  return daysOf(max_age) ?? USUAL_AGE
}

/** Why a report by itself is no proof. */
export function gapsOf(record: ScanRecord, asked: Asked, { now, release }: Context): readonly ScanGap[] {
  const { proof, files, errors, version, source } = record
  const { path } = source
  const wanted = asked.version_at_least
  return [
    ...(proof === 'ran' ? [] : [{ why: proof, path } as const]),
    ...(errors.length === 0
      ? []
      : [
          {
            ...({ why: 'errors', path, found: errors.slice(0, 5) } as const),
            more: Math.max(0, errors.length - 5),
          },
        ]),
    ...(files.length === 0 ? [{ why: 'nothing_scanned', path } as const] : []),
    ...(wanted === undefined || isAtLeast(version, wanted)
      ? []
      : [{ why: 'version', path, wanted, ...(version !== undefined && { found: version }) } as const]),
    ...timeGaps(record, {
      ...{ now, limit: scanAge(asked), timed: asked.max_age !== undefined },
      ...{ began: release?.began, made: madeAt(release?.ended) },
    }),
  ]
}
