import { logLines } from './log-lines.ts'

type Percent = { readonly value: number; readonly line: number }

/** One attack over all of its batches. */
type Attack = { readonly name: string; tried: number; fooled: number }

/** What a log says of one run, as far as it got. */
export type AttackRun = {
  readonly initial: Percent
  readonly attacks: Attack[]
  final?: Percent
  version?: string
  norm?: string
  perturbation?: string
  /** Line of the last warning of its checks, and of a NaN in what was attacked. */
  warning?: number
  nan?: number
}

const ACCURACY = /^(initial|robust) accuracy: (\d{1,3}(?:\.\d{1,10})?)%$/
const BATCH = /^([a-z0-9-]{2,20}) - \d+\/\d+ - (\d{1,9}) out of (\d{1,9}) successfully perturbed$/
const USING = /^using (standard|plus|rand|custom) version\b/
const LARGEST = /^max (Linf|L2|L1) perturbation: (\d+\.\d+|nan|inf), nan in tensor: (\d+)/

/** The runs of a log, which the tool appends to; what stands before the first accuracy of a run is about it. */
export function attackRuns(text: string): readonly AttackRun[] {
  const runs: AttackRun[] = []
  let before: Pick<AttackRun, 'version' | 'warning'> = {}
  for (const { line, text: shown } of logLines(text)) {
    const run = runs.at(-1)
    const going = run !== undefined && run.final === undefined
    const [, which, percent] = ACCURACY.exec(shown) ?? []
    if (which === 'initial') {
      runs.push({ initial: { value: Number(percent), line }, attacks: [], ...before })
      before = {}
    } else if (which === 'robust' && going) {
      run.final = { value: Number(percent), line }
      before = {}
    } else if (/^warning: /i.test(shown)) {
      // Some checks come before a run and some at its end; of a run that was cut off nobody knows which.
      if (going) run.warning = line
      before.warning = line
    } else if (USING.test(shown)) {
      const [, version] = USING.exec(shown) ?? []
      if (version !== undefined) before.version = version
    } else if (going) take(run, shown, line)
  }
  return runs
}

function take(run: AttackRun, shown: string, line: number): void {
  const [, name, fooled, tried] = BATCH.exec(shown) ?? []
  if (name !== undefined) {
    const last = run.attacks.at(-1)
    const attack = last?.name === name ? last : { name, tried: 0, fooled: 0 }
    attack.tried += Number(tried)
    attack.fooled += Number(fooled)
    if (attack !== last) run.attacks.push(attack)
    return
  }
  const [, norm, largest, nan] = LARGEST.exec(shown) ?? []
  if (norm === undefined || largest === undefined) return
  run.norm = norm
  if (nan !== '0' || !/^\d/.test(largest)) run.nan = line
  else run.perturbation = largest
}
