import { type Base, versionOf } from '../core/base-model.ts'
import { basesNamed, plainly } from '../core/base-named.ts'
import type { Evidence } from '../core/evidence.ts'
import type { CaiqRecord, OscalRecord } from '../core/foreign-record.ts'
import { isAlike } from '../core/party-alike.ts'
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
  const assessed = evidence
    .filter(({ about }) => about === 'candidate')
    .flatMap(({ records }) => records.filter((one) => one.kind === 'oscal'))
  return [
    ...(['vendor', 'service'] as const).flatMap((field) => twoIn(field, named)),
    ...all.flatMap((record) => ofOtherBase(record, bases)),
    ...(service === undefined ? [] : named.flatMap((record) => ofOtherService(record, service))),
    ...assessed.flatMap((record) => ofOtherAssessed(record, named, service)),
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

/** Results that say whom they assess, and that is somebody else; who reads them can't write other names into them. */
function ofOtherAssessed(
  { assessed, source }: OscalRecord,
  named: readonly Named[],
  service: Service | undefined,
): readonly Problem[] {
  const vendors = named.flatMap((record) => record.named?.vendor ?? [])
  return otherAssessed(assessed, service, { vendor: vendors, service: [] }).map(({ at, found }) => {
    const { path, line } = source
    const where = { path, ...(line !== undefined && { line }) }
    if (service === undefined)
      return { ...where, code: 'contradiction', at, one: found, other: vendors[0] ?? '' }
    const { provider, model } = service
    return { ...where, code: 'record_of_other_service', at, found, provider, model, by: 'oscal' }
  })
}

/** The same of results of an assessment, which may name several of each: none of them is the release's. */
export function otherAssessed(
  { vendors = [], systems = [] }: Partial<NonNullable<OscalRecord['assessed']>> = {},
  service: Service | undefined,
  known: { readonly vendor: readonly string[]; readonly service: readonly string[] },
): readonly { readonly at: 'vendor' | 'service'; readonly found: string }[] {
  const wanted =
    service === undefined ? known : { vendor: [service.provider], service: [service.model, service.provider] }
  const other = (at: 'vendor' | 'service', names: readonly string[]) => {
    const [found] = names
    const isSame = names.some((one) => wanted[at].some((name) => isAlike(one, name)))
    return found === undefined || wanted[at].length === 0 || isSame ? [] : [{ at, found }]
  }
  return [...other('vendor', vendors), ...other('service', systems)]
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

function contradiction(
  { source }: Pick<WrittenRecord, 'source'>,
  at: string,
  one: string,
  other: string,
): Problem {
  const { path, line } = source
  return { path, ...(line !== undefined && { line }), code: 'contradiction', at, one, other }
}
