import { pluginOf } from './garak-run.ts'
import { type Fields, fieldsAt } from './narrow.ts'

/** What the attempts of one probe and detector come to. Of clusters, which are attempts, only sums are kept. */
export type Tally = {
  fails: number
  evaluated: number
  nones: number
  clusters: number
  /** Σ n², Σ s² and Σ s n over attempts with n evaluated outputs, s of them successful. */
  squares: number
  hits: number
  products: number
}

/** More pairs of probe and detector than this are nobody's scan. */
const MAX_PAIRS = 50_000

/** Counts attempts one by one; each stands in a report twice, when it was generated and when it was evaluated. */
export type Attempts = {
  /** False where there are too many probes to count, or a score is none. */
  readonly add: (attempt: Fields) => 'added' | 'score' | 'too_many'
  /** Whether any attempt was evaluated. */
  readonly judged: () => boolean
  readonly of: (probe: string, detector: string) => Tally | undefined
  readonly pairs: () => readonly {
    readonly probe: string
    readonly detector: string
    readonly tally: Tally
  }[]
  /** Probes of which attempts were generated and not evaluated. */
  readonly lost: () => readonly {
    readonly probe: string
    readonly generated: number
    readonly evaluated: number
  }[]
}

export function countAttempts(threshold: number): Attempts {
  const probes = new Map<string, { generated: number; evaluated: number; tallies: Map<string, Tally> }>()
  let size = 0
  let judged = 0

  const probeOf = (name: string) => {
    const found = probes.get(name)
    if (found) return found
    const fresh = { generated: 0, evaluated: 0, tallies: new Map<string, Tally>() }
    probes.set(name, fresh)
    size += 1
    return fresh
  }
  const tallyOf = (tallies: Map<string, Tally>, detector: string): Tally => {
    const found = tallies.get(detector)
    if (found) return found
    const fresh = { fails: 0, evaluated: 0, nones: 0, clusters: 0, squares: 0, hits: 0, products: 0 }
    tallies.set(detector, fresh)
    size += 1
    return fresh
  }

  return {
    add: (attempt) => {
      const name = pluginOf(attempt.probe_classname)
      if (name === undefined || (attempt.status !== 1 && attempt.status !== 2)) return 'added'
      if (size > MAX_PAIRS) return 'too_many'
      const probe = probeOf(name)
      if (attempt.status === 1) {
        probe.generated += 1
        return 'added'
      }
      probe.evaluated += 1
      judged += 1
      for (const [key, scores] of Object.entries(fieldsAt(attempt, 'detector_results'))) {
        const detector = pluginOf(key)
        if (detector === undefined || !Array.isArray(scores)) return 'score'
        if (!into(tallyOf(probe.tallies, detector), scores, threshold)) return 'score'
      }
      return 'added'
    },
    judged: () => judged > 0,
    of: (probe, detector) => probes.get(probe)?.tallies.get(detector),
    pairs: () =>
      [...probes].flatMap(([probe, { tallies }]) =>
        [...tallies].map(([detector, tally]) => ({ probe, detector, tally })),
      ),
    lost: () =>
      [...probes].flatMap(([probe, { generated, evaluated }]) =>
        generated > evaluated ? [{ probe, generated, evaluated }] : [],
      ),
  }
}

/** One attempt's scores, one for each output; false where one of them is no score. */
function into(tally: Tally, scores: readonly unknown[], threshold: number): boolean {
  let [evaluated, fails, nones] = [0, 0, 0]
  for (const score of scores) {
    if (score === null) nones += 1
    else if (typeof score === 'number' || typeof score === 'boolean') {
      evaluated += 1
      if (Number(score) >= threshold) fails += 1
    } else return false
  }
  tally.nones += nones
  if (evaluated === 0) return true
  tally.evaluated += evaluated
  tally.fails += fails
  tally.clusters += 1
  tally.squares += evaluated ** 2
  tally.hits += fails ** 2
  tally.products += fails * evaluated
  return true
}

/**
 * Standard error of the rate as if prompts were drawn, not outputs, with the estimator of `statistics/clusters.ts`
 * from its sums. Undefined where all prompts agree, which shows nothing, or there is one.
 */
export function clusterError({
  fails,
  evaluated,
  clusters,
  squares,
  hits,
  products,
}: Tally): number | undefined {
  if (clusters < 2) return undefined
  const rate = fails / evaluated
  const spread = hits - 2 * rate * products + rate ** 2 * squares
  const stderr = Math.sqrt((clusters / (clusters - 1)) * Math.max(0, spread)) / evaluated
  return stderr > 1e-9 ? stderr : undefined
}
