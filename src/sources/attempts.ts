import { digestOf, examKey } from '../core/exam.ts'
import { partsOf } from '../core/verdict.ts'
import { pinnedBy } from '../criteria/exams.ts'
import { basesOf } from '../criteria/manifest-bases.ts'
import type { ModelFacts } from '../facts.ts'
import type { Witness } from './witness.ts'

/** How often other weights were measured on the exams that the criteria pin and the manifest gives. */
export async function gatherAttempts(
  witness: Witness | undefined,
  { weights, manifest: { value: manifest }, criteria }: ModelFacts,
): Promise<Pick<ModelFacts, 'attempts'>> {
  const pinned = [criteria.registered, criteria.today].flatMap((file) =>
    [...pinnedBy(file?.criteria)].map(([name, { digest }]) => examKey(name, digest)),
  )
  const given = (manifest?.datasets ?? []).flatMap((data) => {
    const digest = digestOf(data)
    return digest === undefined ? [] : [examKey(data.name, digest)]
  })
  const exams = [...new Set([...pinned, ...given])].toSorted()
  if (witness === undefined || exams.length === 0) return {}
  const service = manifest?.service
  const parts = partsOf({ weights, ...(service && { service }), bases: basesOf(manifest) })
  const attempts = await witness.attempts(parts, exams)
  return Object.keys(attempts).length === 0 ? {} : { attempts }
}
