import type { Reading } from '../core/evidence.ts'
import { metricOf } from '../core/metrics.ts'
import { pointer } from '../text/pointer.ts'
import { type Collector, collect } from './collect.ts'
import { comparisonsOf, frameFaults } from './fairlearn-checks.ts'
import { type Cell, type Frame, framesOf, isCount, type Keys } from './fairlearn-frames.ts'
import { comparisonLabels, groupLabels, OVERALL, shortName, spelled } from './groups.ts'
import { fractionOf, isFields, isNotFiniteText, isNumber } from './narrow.ts'
import type { Input, Reader } from './reader.ts'

const format = 'fairlearn'
type Labels = Readonly<Record<string, string>>

/**
 * Numbers by group as scripts dump a MetricFrame of Fairlearn, which has no format: `by_group` by metric or by
 * group, of one attribute or of several together, or attribute, group and metrics. The whole is no sum of groups.
 * Without a `count` nobody knows how many are in a group; a group of nobody has no rates.
 */
export const fairlearn: Reader = {
  format,
  labels: ['the attribute, or group', 'scope', 'across', 'path'],
  recognises: (content) => content.kind === 'data' && framesOf(content.value).length > 0,
  read,
}

function read(input: Input): Reading {
  const found = collect(input, format)
  if (input.content.kind !== 'data') return found.reading()
  const frames = framesOf(input.content.value)
  for (const frame of frames) measureFrame(frame, found)
  measureWhole(frames, found)
  for (const { keys, fault } of frameFaults(frames)) found.fault(keys, fault)
  return found.reading()
}

function measureFrame(frame: Frame, found: Collector): void {
  const { cells, keys } = frame
  if (cells === 'unclear') {
    found.malformed(
      [...keys, 'by_group'],
      'metrics by group, whose names or `overall` tell which are the metrics',
    )
    return
  }
  const sizes = new Map(
    cells.flatMap(({ metric, group, value }) =>
      isCount(metric) && isNumber(value) ? [[id(group), value]] : [],
    ),
  )
  const empty = new Set<string>()
  for (const cell of cells) {
    if (found.full()) return
    const size = sizes.get(id(cell.group))
    if (size === 0) {
      // Whatever stands there is the rate of nobody.
      if (!empty.has(id(cell.group)))
        found.fault(cell.keys, { code: 'nothing_evaluated', at: cell.group.join(' & ').slice(0, 100) })
      empty.add(id(cell.group))
    } else measureCell(cell, frame, size, found)
  }
  const across = frame.attributes.length === 0 ? 'group' : frame.attributes.join(' & ').slice(0, 100)
  for (const { metric, value, keys: at } of comparisonsOf(frame))
    found.measure(at, { metric, value, unit: 'value', labels: comparisonLabels(across), tool: 'Fairlearn' })
}

function measureCell(cell: Cell, frame: Frame, size: number | undefined, found: Collector): void {
  const { value, keys } = cell
  const labels = labelsOf(cell, frame.attributes)
  if (labels === undefined) found.malformed(keys, 'a short name of a group')
  else measure(cell.metric, value, keys, labels, size, found)
}

function measure(
  name: string,
  value: unknown,
  keys: Keys,
  labels: Labels,
  size: number | undefined,
  found: Collector,
): void {
  // pandas writes null for what could not be computed.
  if (value === null) return
  if (isNotFiniteText(value)) {
    found.fault(keys, { code: 'not_finite', at: pointer(keys), found: value.trim() })
    return
  }
  if (!isNumber(value)) {
    found.malformed(keys, 'a number')
    return
  }
  const metric = spelled(name)
  if (isCount(name)) {
    found.measure(keys, { metric: 'count', value, unit: 'count', labels, tool: 'Fairlearn' })
    return
  }
  const own = size !== undefined && Number.isSafeInteger(size) && metricOf(metric)?.denominator === 'samples'
  const unit = fractionOf(metric, value)
  found.measure(keys, { metric, value, unit, labels, ...(own ? { samples: size } : {}), tool: 'Fairlearn' })
}

function labelsOf({ group }: Cell, attributes: readonly string[]): Labels | undefined {
  const names = group.flatMap((name) => shortName(name) ?? [])
  if (names.length !== group.length) return undefined
  const [attribute = 'group'] = attributes
  const [only = ''] = names
  if (names.length === 1 && attributes.length < 2) return groupLabels([[attribute, only]])
  if (names.length === attributes.length)
    return groupLabels(names.map((name, index) => [attributes[index] ?? '', name]))
  return { group: names.join(' & ').slice(0, 100), scope: 'intersection' }
}

type Whole = {
  readonly values: readonly (readonly [string, unknown])[]
  readonly keys: Keys
  readonly single: boolean
}

/** The whole stands with each attribute: once where all agree, else each by the path to it. */
function measureWhole(frames: readonly Frame[], found: Collector): void {
  const wholes = frames.flatMap(({ fields, keys }): readonly Whole[] => {
    const at = [...keys, 'overall']
    const { overall } = fields
    if (isFields(overall)) return [{ values: Object.entries(overall), keys: at, single: false }]
    const metric = shortName(fields.metric ?? fields.metric_name)
    return isNumber(overall) && metric !== undefined
      ? [{ values: [[metric, overall] as const], keys: at, single: true }]
      : []
  })
  const agree = new Set(wholes.map(({ values }) => JSON.stringify(values.toSorted()))).size === 1
  for (const { values, keys, single } of agree ? wholes.slice(0, 1) : wholes) {
    const path = keys.slice(0, -1).join('.').slice(0, 100)
    const labels = agree || path === '' ? OVERALL : { ...OVERALL, path }
    const size = values.find(([name, value]) => isCount(name) && isNumber(value))?.[1]
    for (const [name, value] of values)
      measure(name, value, single ? keys : [...keys, name], labels, isNumber(size) ? size : undefined, found)
  }
}

function id(group: readonly string[]): string {
  return JSON.stringify(group)
}
