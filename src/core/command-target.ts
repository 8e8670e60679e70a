import type { Named } from './command.ts'
import type { Finding } from './finding.ts'
import { suggest } from './suggest.ts'
import type { ModelVerdict } from './verdict.ts'

/** One criterion of one model, as a command means it. */
export type Target = { readonly model: ModelVerdict; readonly finding: Finding }

/** What a command names among what was judged, or why that is not one criterion. */
export type Meant =
  | ({ readonly kind: 'one' } & Target)
  | { readonly kind: 'nothing_judged' }
  | { readonly kind: 'no_model'; readonly found: string; readonly suggestion?: string }
  | { readonly kind: 'no_criterion'; readonly found: string; readonly suggestion?: string }
  | { readonly kind: 'several'; readonly choices: readonly string[] }

/** The criterion that a command names: the repository's before the floor's of the same id, and of several models none. */
export function meant({ model, criterion, floor }: Named, models: readonly ModelVerdict[]): Meant {
  if (models.length === 0) return { kind: 'nothing_judged' }
  const named = models.filter((one) => model === undefined || one.model === model)
  if (named.length === 0) {
    const suggestion = suggest(
      model ?? '',
      models.map((one) => one.model),
    )
    return { kind: 'no_model', found: model ?? '', ...(suggestion !== undefined && { suggestion }) }
  }
  const all = named.flatMap((one) => one.findings.map((finding) => ({ model: one, finding })))
  const fitting = named.flatMap((one) => {
    const [own, floors] = [false, true].map((isFloors) =>
      all.filter(
        ({ model: of, finding }) =>
          of === one && finding.criterion === criterion && (finding.version === 'floor') === isFloors,
      ),
    )
    return floor || own?.length === 0 ? (floors ?? []) : (own ?? [])
  })
  const [first, second] = fitting
  if (first === undefined) {
    const suggestion = suggest(
      criterion,
      all.map(({ finding }) => finding.criterion),
    )
    return { kind: 'no_criterion', found: criterion, ...(suggestion !== undefined && { suggestion }) }
  }
  return second === undefined
    ? { kind: 'one', ...first }
    : { kind: 'several', choices: fitting.map((one) => nameOf(one)) }
}

/** A criterion as a command names it without a doubt. */
export function nameOf({ model, finding }: Target): string {
  const floor = finding.version === 'floor' ? 'floor:' : ''
  return `${model.model}/${floor}${finding.criterion}`
}
