import type { Reading } from '../core/evidence.ts'
import type { Content } from '../text/content.ts'
import { type AttackRun, attackRuns } from './autoattack-runs.ts'
import { type Collector, collect } from './collect.ts'
import { countFrom, isRatio } from './log-lines.ts'
import type { Input, Reader } from './reader.ts'

const format = 'autoattack'

/** The four that make the number that is compared everywhere; fewer of them only show an upper bound. */
const STANDARD = ['apgd-ce', 'apgd-t', 'fab-t', 'square']

/**
 * The log of AutoAttack (github.com/fra31/auto-attack): the accuracy before and after all attacks of each run.
 * What is robust after some of them is a step on the way and is not read. The number of samples is in no line; it
 * is recovered where the first attack says how many it was tried on.
 */
export const autoattack: Reader = {
  format,
  labels: ['attack', 'version', 'norm', 'max_perturbation', 'run'],
  recognises,
  read,
}

function recognises(content: Content): boolean {
  return (
    content.kind === 'text' &&
    /^(?:>>> )?initial accuracy: \d/m.test(content.text) &&
    /^(?:>>> )?(?:robust accuracy(?: after [A-Z-]+)?: \d|[a-z-]{1,20} - \d+\/\d+ - \d)/m.test(content.text)
  )
}

function read(input: Input): Reading {
  const found = collect(input, format)
  if (input.content.kind !== 'text') return found.reading()
  const runs = attackRuns(input.content.text)
  for (const [index, run] of runs.entries())
    measureRun(run, runs.length > 1 ? { run: String(index + 1) } : {}, found)
  return found.reading()
}

function measureRun(run: AttackRun, label: Readonly<Record<string, string>>, found: Collector): void {
  const { initial, final, attacks, warning, nan } = run
  if (final === undefined) {
    found.fault([initial.line], { code: 'not_finished', found: 'there is no line with the robust accuracy' })
    return
  }
  if (nan !== undefined)
    found.fault([nan], { code: 'not_finite', at: `line ${nan}`, found: 'nan in the attacked inputs' })
  if (warning !== undefined) {
    const other = `doubted by a warning of its own checks on line ${warning}`
    found.fault([final.line], { code: 'contradiction', at: 'robust accuracy', one: `${final.value}%`, other })
  }
  const first = attacks[0]
  const samples = first && countFrom(first.tried, initial.value)
  const fooled = attacks.reduce((sum, attack) => sum + attack.fooled, 0)
  const left = first && first.tried - fooled
  if (!chained(run) || (samples !== undefined && !isRatio(final.value, left ?? 0, samples))) {
    const other = `${left ?? 0} left by the counts of the attacks`
    found.fault([final.line], { code: 'contradiction', at: 'robust accuracy', one: `${final.value}%`, other })
    return
  }
  const labels = { ...label, ...labelsOf(run) }
  const counted = (successes: number | undefined) =>
    samples === undefined || successes === undefined ? {} : ({ samples, successes, recovered: true } as const)
  found.measure([initial.line], {
    metric: 'accuracy',
    value: initial.value,
    unit: 'percent',
    labels: { ...label, attack: 'clean' },
    ...counted(first?.tried),
    tool: 'AutoAttack',
  })
  found.measure([final.line], {
    metric: 'robust_accuracy',
    value: final.value,
    unit: 'percent',
    labels,
    ...counted(left),
    tool: 'AutoAttack',
  })
}

/** Each attack is tried on what the one before it left. */
function chained({ attacks }: AttackRun): boolean {
  return attacks.every((attack, index) => {
    const before = attacks[index - 1]
    return attack.fooled <= attack.tried && (!before || attack.tried === before.tried - before.fooled)
  })
}

function labelsOf(run: AttackRun): Readonly<Record<string, string>> {
  const names = run.attacks.map(({ name }) => name)
  const all = STANDARD.every((name) => names.includes(name))
  // With nothing left to attack the others are not run.
  const stopped = run.version === 'standard' && run.final?.value === 0
  const attack = all || stopped ? 'autoattack' : names.join('+').slice(0, 100)
  return {
    ...(attack === '' ? {} : { attack }),
    ...(run.version === undefined ? {} : { version: run.version }),
    ...(run.norm === undefined ? {} : { norm: run.norm }),
    ...(run.perturbation === undefined ? {} : { max_perturbation: run.perturbation }),
  }
}
