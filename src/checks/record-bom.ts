import type { BomOpen, BomPart, BomRecord, BomWrong } from '../core/bom.ts'
import type { RecordAnswer } from '../core/record-answer.ts'
import type { Weights } from '../core/verdict.ts'
import type { Ancestry } from './ancestry.ts'
import { baseNamed } from './bom-bases.ts'
import { compatible, licenceOf, type Made } from './licence.ts'
import { aged, endOf, isInFuture, isPast } from './record-age.ts'

/** More than these are counted, not named. */
const SHOWN = 20

/** What a bill of materials is held to: what is released, and what its manifest says that it was made from. */
type Held = {
  readonly weights?: readonly Pick<Weights, 'name' | 'digest'>[]
  readonly ancestry?: Ancestry
  readonly now: string
}

/**
 * Whether a bill of materials names every released weight by its digest and every base model of the manifest, leads
 * nowhere, was filled in, gives every model and dataset an SPDX licence, and is not too old. What is otherwise in it is
 * said before what is not in it.
 */
export function answerBom(record: BomRecord, limit: number, held: Held): RecordAnswer {
  const { date, source } = record
  const about = { record: 'bom', path: source.path }
  if (date !== undefined && isInFuture(date, held.now))
    return { code: 'record_in_future', outcome: 'unmet', ...about, date }
  const wrong = [...otherThings(record, held), ...ownFaults(record, held.now)]
  if (wrong.length > 0 || date === undefined) {
    const shown = { wrong: wrong.slice(0, SHOWN), more: Math.max(0, wrong.length - SHOWN) }
    return { code: 'bom_wrong', outcome: 'unmet', ...about, ...shown }
  }
  const open = [...unnamed(record, held), ...unlicensed(record, held)]
  if (open.length > 0) {
    const shown = { open: open.slice(0, SHOWN), more: Math.max(0, open.length - SHOWN) }
    return { code: 'bom_open', outcome: 'undecided', ...about, ...shown }
  }
  return aged({ ...about, date }, limit, held.now)
}

/** The moments at which a bill of materials that holds will no longer do so. */
export function bomEnds({ date, evidence }: BomRecord, limit: number): readonly number[] {
  return [
    ...(date === undefined ? [] : [endOf(date, limit)]),
    ...evidence.map(({ expires }) => Date.parse(expires)),
  ]
}

/** Other bytes than are released, and other bases than the manifest has. */
function otherThings(record: BomRecord, { weights = [], ancestry }: Held): readonly BomWrong[] {
  const own = weights.map(({ digest }) => digest)
  return [
    ...weights.flatMap(({ name, digest }): readonly BomWrong[] => {
      // Only a sha256 can be another one.
      const isOpen = digest.startsWith('sha256:') && !isNamed(digest, record)
      const found = isOpen ? otherBytes(name, own, record) : undefined
      return found === undefined ? [] : [{ why: 'other_digest', weight: name, found }]
    }),
    ...(ancestry?.bases ?? []).flatMap((base): readonly BomWrong[] => {
      const named = baseNamed(base, record, own)
      return named.kind === 'other' ? [{ why: 'other_base', ...named.other }] : []
    }),
  ]
}

/** What is said to be data is no weight, whatever its digest. */
function isNamed(digest: string, { parts }: BomRecord): boolean {
  return parts.some(({ kind, digests }) => kind !== 'data' && digests.includes(digest))
}

/** The sha256 of a file of the same name; or of the model, where no released weight has any of those that it gives. */
function otherBytes(weight: string, own: readonly string[], { parts }: BomRecord): string | undefined {
  const sha256 = ({ digests }: BomPart) => digests.filter((one) => one.startsWith('sha256:'))
  const files = parts.filter((part) => !part.base && part.names.some((one) => lastOf(one) === lastOf(weight)))
  // Two weights in two folders may have one name.
  const same = files.flatMap(sha256).find((one) => !own.includes(one))
  if (same !== undefined) return same
  const models = parts.filter(({ kind, base }) => kind === 'model' && !base)
  const given = models.flatMap(sha256)
  return given.some((one) => own.includes(one)) ? undefined : given[0]
}

function lastOf(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path
}

/** What a bill of materials says against itself. */
function ownFaults(record: BomRecord, now: string): readonly BomWrong[] {
  const { parts, placeholders, unresolved, lacking, evidence, counterClaims } = record
  return [
    ...placeholders.map((one): BomWrong => ({ why: 'placeholder', ...one })),
    ...unresolved.map((ref): BomWrong => ({ why: 'unresolved', ref })),
    ...lacking.map((one): BomWrong => ({ why: 'lacks', ...one })),
    ...parts.flatMap((part) =>
      (part.licences ?? [])
        .filter((licence) => licenceOf(licence) === undefined)
        .map((licence): BomWrong => ({ why: 'licence', of: nameOf(part), licence })),
    ),
    ...conflicts(parts),
    ...evidence
      .filter(({ expires }) => isPast(expires, now))
      .map(({ what, expires: at }): BomWrong => ({ why: 'expired', what, at })),
    ...counterClaims.map((claim): BomWrong => ({ why: 'counter_claim', claim })),
  ]
}

/** What its own licences do not let be made: of several licences it is not said whether all of them hold. */
function conflicts(parts: readonly BomPart[]): readonly BomWrong[] {
  const models = parts.filter(({ kind, base }) => kind === 'model' && !base)
  const others = parts.filter(({ kind, base }) => kind === 'data' || (kind === 'model' && base))
  return models.flatMap((model) =>
    others.flatMap((other): readonly BomWrong[] => {
      const [own, found] = [onlyLicence(model), onlyLicence(other)]
      if (own === undefined || found === undefined) return []
      const made: Made = other.kind === 'data' ? 'dataset' : 'base'
      const both = compatible(own, found, made)
      if (both.kind !== 'conflict') return []
      const { restriction } = both
      return [{ why: 'conflict', of: nameOf(other), licence: found.text, model: own.text, restriction }]
    }),
  )
}

function onlyLicence({ licences = [] }: BomPart): ReturnType<typeof licenceOf> {
  const [only, second] = licences
  return only === undefined || second !== undefined ? undefined : licenceOf(only)
}

/** What is released, or behind it, and not in the bill. */
function unnamed(record: BomRecord, { weights = [], ancestry }: Held): readonly BomOpen[] {
  const own = weights.map(({ digest }) => digest)
  return [
    ...(weights.length === 0 ? [{ why: 'nothing_released' } as const] : []),
    ...weights.flatMap(({ name: weight, digest }): readonly BomOpen[] => {
      if (!digest.startsWith('sha256:')) return [{ why: 'no_sha256', weight }]
      return isNamed(digest, record) ? [] : [{ why: 'not_named', weight }]
    }),
    ...(ancestry?.bases ?? []).flatMap((base): readonly BomOpen[] =>
      baseNamed(base, record, own).kind === 'none' ? [{ why: 'no_base', base: base.name }] : [],
    ),
  ]
}

function unlicensed({ parts }: BomRecord, { weights = [] }: Held): readonly BomOpen[] {
  const own = parts.some(({ kind, base }) => kind === 'model' && !base)
  return [
    // A file has no place for a licence: of files alone nobody says under which the model is.
    ...(own ? [] : weights.map(({ name: of }) => ({ why: 'no_licence', of }) as const)),
    ...parts
      .filter(({ licences }) => licences?.length === 0)
      .map((part) => ({ why: 'no_licence', of: nameOf(part) }) as const),
  ]
}

function nameOf({ names, kind }: BomPart): string {
  return names[0] ?? kind
}
