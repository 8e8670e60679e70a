import { type Base, versionOf } from '../core/base-model.ts'
import { basesNamed, plainly } from '../core/base-named.ts'
import type { Evidence } from '../core/evidence.ts'
import type { CaiqRecord } from '../core/foreign-record.ts'
import { COMMON_IN_NAMES, withoutDots } from '../core/party-words.ts'
import type { Problem } from '../core/problem.ts'
import type { Profile } from '../core/profile.ts'
import type { WrittenRecord } from '../core/written-record.ts'

type Told = {
  readonly evidence: readonly Evidence[]
  readonly bases: readonly Base[]
  readonly approaches: Profile['approaches']
  /** The service that the manifest releases. */
  readonly service?: Service
}

export type Service = { readonly provider: string; readonly model: string }

/**
 * Records that people wrote of the candidate and that can't all be of one release: of two vendors or two services, of a
 * base model, a vendor or a service that the manifest does not name, or a decision for another approach than the criteria have.
 */
export function recordsDisagree({ evidence, bases, approaches, service }: Told): readonly Problem[] {
  const all = evidence
    .filter(({ about }) => about === 'candidate')
    .flatMap(({ records }) => records.filter((one) => one.kind === 'written'))
  const answers = evidence
    .filter(({ about }) => about === 'candidate')
    .flatMap(({ records }) => records.flatMap((one) => (one.kind === 'caiq' ? [namedIn(one)] : [])))
  const named = [...all, ...answers]
  return [
    ...(['vendor', 'service'] as const).flatMap((field) => twoIn(field, named)),
    ...all.flatMap((record) => ofOtherBase(record, bases)),
    ...(service === undefined ? [] : named.flatMap((record) => ofOtherService(record, service))),
    ...all.flatMap((record) => {
      const { approach } = record.choices
      const [held] = approaches
      if (approach === undefined || held === undefined || approaches.some((one) => one === approach))
        return []
      return [contradiction(record, 'approach', approach, held)]
    }),
  ]
}

/** What a record names, and where it stands. */
type Named = Pick<WrittenRecord, 'named' | 'source'>

/** Whose answers a questionnaire has, as a record that people write would name it. */
function namedIn({ vendor, source }: CaiqRecord): Named {
  return { source, ...(vendor !== undefined && { named: { vendor } }) }
}

/** Each record that names another one than the first does, as people write a name. */
function twoIn(field: 'vendor' | 'service', records: readonly Named[]): readonly Problem[] {
  const named = records.flatMap((record) => {
    const name = record.named?.[field]
    return name === undefined ? [] : [{ record, name }]
  })
  const [first] = named
  if (first === undefined) return []
  return named
    .filter(({ name }) => plainly(name) !== plainly(first.name))
    .map(({ record, name }) => contradiction(record, field, name, first.name))
}

function ofOtherBase(record: WrittenRecord, bases: readonly Base[]): readonly Problem[] {
  const text = record.named?.base
  const [first] = bases
  if (text === undefined || first === undefined || basesNamed(text, bases).length > 0) return []
  return [contradiction(record, 'base', text, `${first.name} at ${versionOf(first)}`)]
}

function ofOtherService({ named, source }: Named, service: Service): readonly Problem[] {
  const { provider, model } = service
  const { path, line } = source
  return otherThan(service, named).map(({ at, found }) => {
    const fault = { code: 'record_of_other_service', at, found, provider, model } as const
    return { path, ...(line !== undefined && { line }), ...fault }
  })
}

/** A vendor that is not the provider, and a service that has neither the model's name nor the provider's. */
export function otherThan(
  { provider, model }: Service,
  named: Named['named'],
): readonly { readonly at: 'vendor' | 'service'; readonly found: string }[] {
  const asNamed = { vendor: [provider], service: [model, provider] }
  return (['vendor', 'service'] as const).flatMap((at) => {
    const found = named?.[at]
    return found === undefined || asNamed[at].some((name) => isAlike(found, name)) ? [] : [{ at, found }]
  })
}

/**
 * Whether two names can be of one party or service: all words of one that say something are words of the other, or they
 * are one when written without spaces.
 */
export function isAlike(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => plainly(withoutDots(text)).split(' '))
  if (a === undefined || b === undefined) return false
  if (isBeginning(a, b) || isBeginning(b, a)) return true
  const [mine, theirs] = [a.filter(isOwn), b.filter(isOwn)]
  const isWithin = (words: readonly string[], all: readonly string[]) =>
    words.length > 0 && words.every((word) => all.includes(word))
  return isWithin(mine, b) || isWithin(theirs, a)
}

/** Whether a name without its spaces is the first words of another: `openai` of `Open AI Ireland`, and of `OpenAI`. */
function isBeginning(part: readonly string[], whole: readonly string[]): boolean {
  const name = part.join('')
  const begins = whole.map((_, index) => whole.slice(0, index + 1).join(''))
  const rest = whole.join('').startsWith(name) ? whole.join('').slice(name.length) : undefined
  return begins.includes(name) || (rest !== undefined && name.length > 3 && COMMON_IN_NAMES.has(rest))
}

/** A number says which version it is, and not of what. */
function isOwn(word: string): boolean {
  return !COMMON_IN_NAMES.has(word) && !/^[a-z]?\d+$/.test(word)
}

function contradiction(
  { source }: Pick<WrittenRecord, 'source'>,
  at: string,
  one: string,
  other: string,
): Problem {
  const { path, line } = source
  return { path, ...(line !== undefined && { line }), code: 'contradiction', at, one, other }
}
