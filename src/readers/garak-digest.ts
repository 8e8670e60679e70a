import type { Reading } from '../core/evidence.ts'
import { pointer } from '../text/pointer.ts'
import { type Collector, collect } from './collect.ts'
import { type Digested, digestedOf, type Setup, setupOf, untried } from './garak-run.ts'
import { countOf, rateInterval, rateOf } from './llm-results.ts'
import { type Fields, fieldsAt, isFields, isNumber } from './narrow.ts'
import type { Input, Reader } from './reader.ts'

const format = 'garak-digest'

/**
 * The digest of a garak report where it stands alone. Its scores and intervals are of what passed; here they are turned
 * round, to be of the attacks that succeeded, as in the report. Before 0.15 it has no counts; it never has attempts, so
 * that how outputs of one prompt differ is not known. Scores of groups and probes are of their worst parts and not read.
 */
export const garakDigest: Reader = {
  format,
  labels: ['probe', 'detector'],
  recognises: (content) =>
    content.kind === 'data' &&
    isFields(content.value) &&
    content.value.entry_type === 'digest' &&
    isFields(content.value.eval),
  read,
}

function read(input: Input): Reading {
  const found = collect(input, format)
  if (input.content.kind !== 'data' || !isFields(input.content.value)) return found.reading()
  const meta = fieldsAt(input.content.value, 'meta')
  const setup = setupOf(fieldsAt(meta, 'setup'), meta)
  const evaluated = fieldsAt(input.content.value, 'eval')
  if (Object.keys(evaluated).length === 0) found.fault(['eval'], { code: 'nothing_evaluated', at: '/eval' })
  const seen = new Map<string, { readonly score: unknown; readonly samples: unknown }>()
  for (const one of digestedOf(evaluated)) {
    const name = `${one.probe} with ${one.detector}`
    const before = seen.get(name)
    const now = { score: one.fields.absolute_score, samples: one.fields.total_evaluated }
    // Where probes are grouped by a taxonomy, one is in several groups.
    if (before === undefined) measure(one, setup, found)
    else if (before.score !== now.score || before.samples !== now.samples)
      differ(one, `${now.score} over ${now.samples}`, `${before.score} over ${before.samples}`, found)
    seen.set(name, before ?? now)
  }
  const probes = new Set(digestedOf(evaluated).map(({ probe }) => probe))
  const left = probes.size > 0 ? untried(setup.wanted, probes) : undefined
  if (left !== undefined) found.fault(['meta', 'probespec'], { code: 'nothing_evaluated', at: left })
  return found.reading()
}

function measure(one: Digested, { run, generations }: Setup, found: Collector): void {
  const { keys, probe, detector, fields } = one
  const score = fields.absolute_score
  if (!isNumber(score) || score < 0 || score > 1) {
    found.malformed([...keys, 'absolute_score'], 'a number from 0 to 1')
    return
  }
  const [passed, samples] = [countOf(fields.passed), countOf(fields.total_evaluated)]
  const counted = passed !== undefined && samples !== undefined && passed <= samples
  const rate = counted ? rateOf(samples - passed, samples) : undefined
  if (counted && !rate) {
    found.fault(keys, { code: 'nothing_evaluated', at: `${probe} with ${detector}` })
    return
  }
  if (counted && Math.abs(score - passed / samples) > 1e-9) {
    differ(one, `a score of ${score}`, `${passed} of ${samples} passed`, found)
    return
  }
  if (counted && generations === undefined)
    found.malformed(keys, 'run.generations in meta.setup: how many outputs are of one prompt')
  const clusters = samples === undefined ? undefined : Math.ceil(samples / (generations ?? 1))
  const single = counted && clusters === samples
  const interval = single ? intervalOf(fields) : undefined
  found.measure(keys, {
    metric: 'attack_success_rate',
    ...(rate ?? { value: 1 - score, unit: 'fraction' }),
    ...(counted && !single && clusters !== undefined ? { clusters } : {}),
    ...(interval === undefined ? {} : { interval }),
    labels: { probe, detector },
    ...run,
  })
}

/** Of what passed in the file, of what did not here. */
function intervalOf(fields: Fields) {
  const interval = rateInterval(
    fields.absolute_confidence_lower,
    fields.absolute_confidence_upper,
    fields.confidence,
  )
  return interval && { ...interval, low: 1 - interval.high, high: 1 - interval.low }
}

function differ({ keys }: Digested, one: string, other: string, found: Collector): void {
  found.fault(keys, {
    code: 'contradiction',
    at: pointer(keys),
    one: one.slice(0, 80),
    other: other.slice(0, 80),
  })
}
