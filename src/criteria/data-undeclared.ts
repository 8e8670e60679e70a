import type { Contradiction } from '../core/contradiction.ts'
import { formsOf } from '../core/data-names.ts'
import { isTrainingRole, type Role } from '../core/exam.ts'
import { hubIdOf } from '../core/model-name.ts'
import type { Manifest } from './manifest.ts'

type Dataset = NonNullable<Manifest['datasets']>[number]

/** No card that people read names more, and no verdict needs them. */
const SHOWN = 10

/**
 * Data that the card of the released model names, as what it was trained with, and that nothing of the manifest's is, by
 * name or origin, or only what the model is tested on. Of weights that are taken as they are their publisher's card names data that nobody here has.
 */
export function undeclaredData(
  named: readonly string[],
  { datasets = [], training }: Pick<Manifest, 'datasets' | 'training'>,
): readonly Contradiction[] {
  if (training === undefined && !datasets.some(({ role }) => isTrainingRole(role))) return []
  return named
    .flatMap((found): readonly Contradiction[] => {
      const own = datasets.filter((dataset) => isOf(dataset, hubIdOf(found)))
      const [exam] = own
      if (exam === undefined) return [{ code: 'data_not_declared', found }]
      const { name, role } = exam
      return own.every((one) => EXAMS.includes(one.role))
        ? [{ code: 'trained_on_exam', found, name, role }]
        : []
    })
    .slice(0, SHOWN)
}

/** What was only measured on; validation data a training may have looked at. */
const EXAMS: readonly Role[] = ['test', 'red-team']

/** A card has ids of a hub, and a manifest its own names: where it gives the owner too, another owner's are other data. */
function isOf({ name, origin }: Dataset, found: string): boolean {
  const own = [name, ...(origin === undefined ? [] : [origin])].map(hubIdOf)
  if (own.some((one) => plain(one) === plain(found))) return true
  if (isId(found) && own.some(isId)) return false
  const wanted = new Set(formsOf(found).map(plain))
  return own.flatMap(formsOf).some((form) => wanted.has(plain(form)))
}

function isId(name: string): boolean {
  return /^[\w.-]+\/[\w.-]+$/.test(name)
}

function plain(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}/]+/gu, ' ')
    .trim()
}
