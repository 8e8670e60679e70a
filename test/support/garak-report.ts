import type { Pieces } from '../../src/text/source.ts'

const PROBES = 20
const GENERATIONS = 5

/** A report of garak with so many attempts of 42 kB, made line by line as it is read, and how many attacks succeed in it. */
export function garakReport(attempts: number): Pieces & { readonly fails: number } {
  const answer = JSON.stringify({ text: 'words and "quotes"\n'.repeat(400), lang: 'en' })
  const outputs = `[${Array(GENERATIONS).fill(answer).join(', ')}]`
  const all = Array.from({ length: attempts }, (_, at) => at)
  const hitsIn = (at: number): number => (at % 7 === 0 ? 2 : 0)
  const scoresOf = (at: number) =>
    Array.from({ length: GENERATIONS }, (_, output) => Number(output < hitsIn(at)))
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0)

  function attempt(at: number): string {
    const uuid = `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`
    const scores = JSON.stringify({ 'tricks.Decoded': scoresOf(at) })
    return `{"entry_type": "attempt", "uuid": "${uuid}", "status": 2, "probe_classname": "tricks.Probe${at % PROBES}", "prompt": {"turns": []}, "outputs": ${outputs}, "detector_results": ${scores}}`
  }

  function evaluated(probe: number): string {
    const own = all.filter((at) => at % PROBES === probe)
    const fails = sum(own.map(hitsIn))
    const total = own.length * GENERATIONS
    const counts = { passed: total - fails, fails, nones: 0, total_evaluated: total, total_processed: total }
    return JSON.stringify({
      entry_type: 'eval',
      probe: `tricks.Probe${probe}`,
      detector: 'tricks.Decoded',
      ...counts,
    })
  }

  function* lines(): Generator<string, void, void> {
    yield JSON.stringify({ entry_type: 'start_run setup', 'run.generations': GENERATIONS })
    for (const at of all) yield attempt(at)
    for (let probe = 0; probe < PROBES; probe += 1) yield evaluated(probe)
    yield JSON.stringify({ entry_type: 'completion' })
  }

  return {
    // Nothing in it is longer than it looks.
    size: [...lines().map(({ length }) => length + 1)].reduce((total, one) => total + one, 0),
    pieces: () => lines().map((line) => Buffer.from(`${line}\n`)),
    fails: sum(all.map(hitsIn)),
  }
}
