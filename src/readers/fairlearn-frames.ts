import { isKnown, shortName, spelled } from './groups.ts'
import { type Fields, isFields } from './narrow.ts'

export type Keys = readonly (string | number)[]

/** One value of one metric for one group, whatever the layout of the dump. */
export type Cell = {
  readonly metric: string
  /** The group's names, one for each attribute. */
  readonly group: readonly string[]
  readonly value: unknown
  readonly keys: Keys
}

/** What one MetricFrame came to. */
export type Frame = {
  readonly fields: Fields
  readonly keys: Keys
  /** The attributes that the file names; none where it does not. */
  readonly attributes: readonly string[]
  readonly cells: readonly Cell[] | 'unclear'
}

const DEEPEST = 3
const ATTRIBUTE_KEYS = /^(?:sensitive|protected)_(?:features?|attr(?:ibute)?s?)$|^attributes?$/
/** Keys above a frame that name no attribute. */
const WRAPPERS = /^(?:fair(?:ness|learn)?|metric_?frame|metrics|results?|report|data)$/i
const COUNTS = /^(?:count|counts|n|total|size|samples|support|group_size)$/i

/** True of a metric that says how many there are in a group. */
export function isCount(metric: string): boolean {
  return COUNTS.test(metric)
}

/** The frames of a dump: with `by_group`, at the top or under the attribute; else attribute, group, metrics. */
export function framesOf(value: unknown): readonly Frame[] {
  if (!isFields(value)) return []
  const frames = withGroups(value, [], undefined)
  return frames.length > 0 ? frames : groupMajor(value)
}

function withGroups(fields: Fields, keys: Keys, above: string | undefined): readonly Frame[] {
  if (isFields(fields.by_group)) {
    const own = namesIn(fields)
    const attributes = own.length > 0 || above === undefined ? own : [above]
    const frame = { fields, keys, attributes, cells: cellsOf(fields, [...keys, 'by_group']) }
    return isFrame(frame) ? [frame] : []
  }
  if (keys.length >= DEEPEST) return []
  return Object.entries(fields).flatMap(([key, inner]) =>
    isFields(inner) ? withGroups(inner, [...keys, key], WRAPPERS.test(key) ? above : shortName(key)) : [],
  )
}

/** Something about it must be of fairness: numbers of many files are by some group. */
function isFrame({ fields, cells }: Frame): boolean {
  const beside = Object.keys(fields).some((key) => /^overall$|^(?:difference|ratio)|parity|odds/i.test(key))
  return beside || namesIn(fields).length > 0 || (cells !== 'unclear' && cells.some(isSelection))
}

function isSelection({ metric }: Cell): boolean {
  return spelled(metric) === 'selection_rate'
}

function namesIn(fields: Fields): readonly string[] {
  const key = Object.keys(fields).find((name) => ATTRIBUTE_KEYS.test(name))
  const value = key === undefined ? undefined : fields[key]
  const list: readonly unknown[] = Array.isArray(value)
    ? value
    : typeof value === 'string'
      ? value.split(/,\s*/)
      : []
  const names = list.flatMap((name) => shortName(name) ?? [])
  return names.length === list.length ? names : []
}

/** `{sex: {F: {selection_rate, ...}}}`, where every group has its selection rate. */
function groupMajor(fields: Fields): readonly Frame[] {
  return Object.entries(fields).flatMap(([attribute, groups]) => {
    const name = shortName(attribute)
    if (!isFields(groups) || name === undefined) return []
    const entries = Object.entries(groups)
    if (entries.length < 2 || !entries.every(([, metrics]) => choosesIn(metrics))) return []
    const cells = leavesOf(groups, []).map(({ path, value }) => ({
      metric: path.slice(1).join('.'),
      group: path.slice(0, 1),
      value,
      keys: [attribute, ...path],
    }))
    return [{ fields: {}, keys: [attribute], attributes: [name], cells }]
  })
}

function choosesIn(metrics: unknown): boolean {
  return isFields(metrics) && Object.keys(metrics).some((metric) => spelled(metric) === 'selection_rate')
}

function cellsOf(frame: Fields, keys: Keys): Frame['cells'] {
  const leaves = leavesOf(frame.by_group, [])
  const depth = leaves[0]?.path.length ?? 0
  if (leaves.some(({ path }) => path.length !== depth) || depth > DEEPEST) return 'unclear'
  if (depth === 1) return single(frame, leaves, keys)
  const isMetric = (name: string): boolean =>
    isCount(name) || isKnown(name) || (isFields(frame.overall) && Object.hasOwn(frame.overall, name))
  const first = new Set(leaves.map(({ path }) => path[0] ?? ''))
  const last = new Set(leaves.map(({ path }) => path[depth - 1] ?? ''))
  const [outer, inner] = [first, last].map((names) => [...names].filter(isMetric).length)
  // Metrics are at one end of the path, and groups at the other.
  const metricMajor = outer === first.size && inner === 0
  if (!metricMajor && !(inner === last.size && outer === 0)) return 'unclear'
  return leaves.map(({ path, value }) => ({
    metric: (metricMajor ? path[0] : path[depth - 1]) ?? '',
    group: (metricMajor ? path.slice(1) : path.slice(0, -1)).flatMap(membersOf),
    value,
    keys: [...keys, ...path],
  }))
}

/** A frame of a single metric has no name of it among the groups. */
function single(frame: Fields, leaves: readonly Leaf[], keys: Keys): Frame['cells'] {
  const metric = shortName(frame.metric ?? frame.metric_name)
  if (metric === undefined) return 'unclear'
  return leaves.map(({ path, value }) => ({
    metric,
    group: path.flatMap(membersOf),
    value,
    keys: [...keys, ...path],
  }))
}

type Leaf = { readonly path: readonly string[]; readonly value: unknown }

function leavesOf(value: unknown, path: readonly string[]): readonly Leaf[] {
  if (!isFields(value) || path.length > DEEPEST) return [{ path, value }]
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...path, key]))
}

/** Python's text of a tuple, `('F', 'A')`, is one name for each attribute. */
function membersOf(name: string): readonly string[] {
  const [, inside] = /^\((.{1,200}?),?\)$/.exec(name) ?? []
  if (inside === undefined) return [name]
  const parts = inside.split(', ')
  const members = parts.flatMap(
    (part) => /^(?:'([^']*)'|"([^"]*)"|(-?[\d.]+|True|False))$/.exec(part)?.slice(1) ?? [],
  )
  const names = members.filter((member) => member !== undefined)
  return names.length === parts.length ? names : [name]
}
