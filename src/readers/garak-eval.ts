import type { Interval } from '../core/measurement.ts'
import { pointer } from '../text/pointer.ts'
import type { Collector } from './collect.ts'
import { pluginOf } from './garak-run.ts'
import { countOf, rateInterval } from './llm-results.ts'
import type { Fields } from './narrow.ts'

/** One line `eval`: how many outputs to one probe passed one detector. */
export type EvalLine = {
  readonly line: number
  readonly probe: string
  readonly detector: string
  readonly passed: number
  readonly evaluated: number
  /** Outputs without a result; undefined where the version does not count them. */
  readonly nones?: number
  /** Of the rate of successful attacks. */
  readonly interval?: Interval
}

/** A line `eval` of any version; undefined, with its fault, where it is none. */
export function evalLine(fields: Fields, line: number, found: Collector): EvalLine | undefined {
  const [probe, detector] = [pluginOf(fields.probe), pluginOf(fields.detector)]
  const passed = countOf(fields.passed)
  const evaluated = countOf(fields.total_evaluated ?? fields.total)
  if (probe === undefined || detector === undefined) {
    found.malformed([line], 'probe and detector')
    return undefined
  }
  if (passed === undefined || evaluated === undefined) {
    found.malformed([line], 'passed and total_evaluated, or total: whole numbers of at least 0')
    return undefined
  }
  const { fails, nones, total_processed: processed } = fields
  const off = [
    [passed > evaluated, `${passed} passed`, `${evaluated} evaluated`],
    [fails !== undefined && fails !== evaluated - passed, `${fails} fails`, `${evaluated - passed} of them`],
    [
      processed !== undefined && processed !== evaluated + Number(nones ?? 0),
      `${processed} processed`,
      `${evaluated} evaluated and ${nones} without a result`,
    ],
  ] as const
  for (const [, one, other] of off.filter(([wrong]) => wrong))
    found.fault([line], {
      code: 'contradiction',
      at: pointer([line]),
      one: one.slice(0, 80),
      other: other.slice(0, 80),
    })
  if (off.some(([wrong]) => wrong)) return undefined
  const { confidence, confidence_lower: low, confidence_upper: high } = fields
  const interval = rateInterval(low, high, confidence)
  if (low !== undefined && interval === undefined)
    found.malformed([line, 'confidence_lower'], 'an interval of a rate, with its confidence')
  const known = countOf(nones)
  return {
    line,
    probe,
    detector,
    passed,
    evaluated,
    ...(known === undefined ? {} : { nones: known }),
    ...(interval === undefined ? {} : { interval }),
  }
}
