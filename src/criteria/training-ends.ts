import type { Ended } from '../checks/context.ts'
import type { Evidence } from '../core/evidence.ts'
import type { EvidenceRecord } from '../core/record.ts'

/**
 * When the training ended, as its record and its runs say. A run that began
 * when the training was over has measured it; without a record the training is the run that began first. What says no
 * beginning, as a packaged model does, counts where nothing else tells.
 */
export function trainingEnds(evidence: readonly Evidence[], isTrained: boolean): readonly Ended[] {
  const records = evidence.flatMap((file) => file.records)
  const trainings = records.flatMap(trainingEnd)
  if (trainings.length === 0 && !isTrained) return []
  const runs = records.flatMap(runEnd)
  const begun = runs.filter(({ started }) => started !== undefined)
  const [first] = begun.toSorted((a, b) => timeOf(a.started) - timeOf(b.started))
  const [over = first?.at] = trainings.map(({ at }) => at).toSorted((a, b) => timeOf(b) - timeOf(a))
  if (over === undefined) return runs.map(({ started: _, ...end }) => end)
  const own = begun.filter(({ started }) => timeOf(started) <= timeOf(over))
  return [...trainings, ...own.map(({ started: _, ...end }) => end)]
}

function trainingEnd(record: EvidenceRecord): readonly Ended[] {
  const at = record.kind === 'training' ? record.times?.finished : undefined
  return at === undefined ? [] : [{ at }]
}

function runEnd(record: EvidenceRecord): readonly (Ended & { readonly started?: string })[] {
  if (record.kind !== 'run' || record.finished === undefined) return []
  const { finished: at, started, tool } = record
  return [{ at, by: tool, ...(started !== undefined && { started }) }]
}

function timeOf(at: string | undefined): number {
  return Date.parse(at ?? '')
}
