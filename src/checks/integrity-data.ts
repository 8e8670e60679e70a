import { formsOf } from '../core/data-names.ts'
import { isReal } from '../core/digests.ts'
import type { Evidence } from '../core/evidence.ts'
import { compare, type Data, isTrainingRole, isWeak } from '../core/exam.ts'
import type { IntegrityFact } from '../core/integrity-answer.ts'
import type { Context } from './context.ts'
import { bytesFacts } from './integrity-bytes.ts'
import { type Naming, namingIn } from './integrity-naming.ts'
import { heldTogether } from './integrity-sources.ts'

type Asked = { readonly datasets?: readonly string[] | undefined; readonly strong?: true | undefined }
/** Whether each dataset that a model was made with has the digest that somebody else names too. */
export function dataFacts({ datasets, strong }: Asked, context: Context): readonly IntegrityFact[] {
  const listed = context.claims?.datasets ?? []
  const naming = namingIn(context)
  const missing =
    datasets?.filter((name) => !listed.some((data) => data.name === name)) ??
    unlistedIn(context.evidence, listed)
  const asked = listed.filter(({ name, role }) =>
    datasets === undefined ? isTrainingRole(role) : datasets.includes(name),
  )
  const none: readonly IntegrityFact[] = asked.length + missing.length === 0 ? [{ what: 'no_data' }] : []
  return [
    ...none,
    ...missing.map((dataset) => ({ what: 'data_not_listed', dataset }) as const),
    ...asked.flatMap((data) => {
      const own = factsOf(data, naming, context, strong === true)
      const told = own.flatMap((one) => (one.what === 'data_placeholder' ? (one.path ?? []) : []))
      const beside = placeholdersIn(data, naming).filter(({ path }) => !told.includes(path))
      return [...beside, ...own, ...heldTogether(data, naming)]
    }),
    ...context.evidence.flatMap(openIn),
    ...bytesFacts(datasets, context),
  ]
}

/** What a training record says that it was trained on, and the manifest leaves out; what is left out is held to nothing. */
function unlistedIn(evidence: readonly Evidence[], listed: readonly Data[]): readonly string[] {
  const recorded = evidence.flatMap(({ records }) =>
    records.flatMap((record) => (record.kind === 'training' ? (record.data ?? []) : [])),
  )
  const isListed = ({ name, digest }: Data): boolean =>
    listed.some(
      (data) =>
        (digest !== undefined && data.digest === digest) ||
        formsOf(name).some((form) => formsOf(data.name).includes(form)),
    )
  return [...new Set(recorded.filter((data) => !isListed(data)).map(({ name }) => name))]
}

function openIn({ records }: Evidence): readonly IntegrityFact[] {
  return records.flatMap((record) =>
    record.kind === 'data'
      ? (record.open ?? []).map(
          (input) => ({ what: 'pipeline_open', path: record.source.path, input }) as const,
        )
      : [],
  )
}

function factsOf(
  { name, digest }: Data,
  naming: readonly Naming[],
  { exams }: Context,
  strong: boolean,
): readonly IntegrityFact[] {
  const dataset = name
  if (digest === undefined) return [{ what: 'data_without_digest', dataset }]
  if (!isReal(digest)) return [{ what: 'data_placeholder', dataset, found: digest }]
  const pin = exams.pinned.get(name)?.digest
  const pinned = pin === undefined ? undefined : compare(pin, digest)
  if (pin !== undefined && pinned === 'differs')
    return [{ what: 'data_changed', dataset, found: digest, wanted: pin }]
  const said = naming.map((one) => compareIn(name, digest, one))
  const differs = said.flatMap((one) => (one?.what === 'data_differs' ? [one] : []))
  if (differs.length > 0) return differs
  const by = [
    ...(pinned === 'same' ? ['criteria'] : []),
    ...new Set(said.flatMap((one) => (one?.what === 'same' ? [one.path] : []))),
  ]
  if (by.length > 0)
    return strong && isWeak(digest)
      ? [{ what: 'data_weak', dataset, digest }]
      : [{ what: 'data_agrees', dataset, digest, weak: isWeak(digest), by }]
  // Whatever somebody says of them and can't be compared says more than that nobody does.
  const rest = said.flatMap((one) => (one === undefined || one.what === 'same' ? [] : [one]))
  const first = (['data_live', 'data_placeholder', 'data_not_comparable'] as const)
    .flatMap((what) => rest.filter((one) => one.what === what))
    .at(0)
  return [first ?? { what: 'data_unnamed', dataset, digest }]
}

/** What stands for a digest of the data wherever they are named, though others give them one: it must be seen. */
function placeholdersIn(
  { name: dataset }: Data,
  naming: readonly Naming[],
): readonly Extract<IntegrityFact, { what: 'data_placeholder_beside' }>[] {
  return naming.flatMap(({ path, data }) => {
    const called = data.filter((one) => one.called.has(dataset.toLowerCase()))
    const found = called.flatMap((one) => one.placeholder ?? []).at(0)
    return found === undefined ? [] : [{ what: 'data_placeholder_beside', dataset, path, found } as const]
  })
}

/** What one file says of data: by their digest, under whichever name, else by their name. */
function compareIn(
  name: string,
  digest: string,
  { path, data, live, proves }: Naming,
):
  | { readonly what: 'same'; readonly path: string }
  | Extract<
      IntegrityFact,
      { what: 'data_differs' | 'data_live' | 'data_placeholder' | 'data_not_comparable' }
    >
  | undefined {
  const called = data.filter((one) => one.called.has(name.toLowerCase()))
  const others = called.flatMap(({ digests }) => digests)
  const comparable = others.filter((found) => compare(found, digest) !== 'not_comparable')
  // Where a file names them, it must give those very data the digest; else whatever has it is them.
  const same = (comparable.length > 0 ? others : data.flatMap(({ digests }) => digests)).includes(digest)
  // What changes where it lies had this digest once.
  if (live) return same || called.length > 0 ? { what: 'data_live', dataset: name, path } : undefined
  if (same) return proves ? { what: 'same', path } : undefined
  const [other] = comparable
  if (other !== undefined) return { what: 'data_differs', dataset: name, path, found: other, wanted: digest }
  if (!proves) return undefined
  const placeholder = called.flatMap((one) => one.placeholder ?? []).at(0)
  if (placeholder !== undefined) return { what: 'data_placeholder', dataset: name, found: placeholder, path }
  const [found] = others
  return found === undefined
    ? undefined
    : { what: 'data_not_comparable', dataset: name, path, found, wanted: digest }
}
