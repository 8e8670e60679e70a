import type { FieldChange } from '../core/deviation.ts'
import { TRUSTS } from '../core/evidence.ts'
import { TIERS } from '../core/registration.ts'
import type { Criteria } from './criteria.ts'
import {
  type Ask,
  type Asks,
  demanded,
  fieldChanges,
  incomparable,
  type Rule,
  scale,
  set,
} from './effects.ts'

/** What differs above the criteria, by setting; of those with parts, part by part. */
export function settingChanges(
  before: Criteria,
  after: Criteria,
): ReadonlyMap<string, readonly FieldChange[]> {
  const [old, young] = [simple(before), simple(after)]
  const changes = fieldChanges(old, young, (key) => RULES[key] ?? incomparable)
  return new Map<string, readonly FieldChange[]>([
    ...changes.map((change) => [change.field, [change]] as const),
    ['datasets', fieldChanges(exams(before), exams(after), examRule([before, after]))],
    ['not_applicable', fieldChanges(exempt(before), exempt(after), () => exempted)],
  ])
}

/** To be exempt from a control asks for less; another reason is for the approver to read again. */
const exempted: Rule = (before, after) =>
  before === undefined ? 'loosened' : after === undefined ? 'tightened' : 'changed'

const RULES: { readonly [setting: string]: Rule } = {
  risk: scale(['low', 'limited', 'high']),
  registration: scale(TIERS),
  trust: scale(TRUSTS),
  traits: set('tightened'),
  environments: set('tightened'),
  // More attempts are more chances, each of them held to a higher confidence.
  attempts: demanded,
  adopted: set('loosened'),
  retired: exempted,
}

function simple({
  criteria: _,
  datasets: __,
  not_applicable: ___,
  gonogo: ____,
  ...settings
}: Criteria): Asks {
  const { risk, registration, trust, traits, environments, adopted } = settings
  const meanings: Readonly<Record<string, unknown>> = {
    ...settings,
    registration: registration ?? 'ordered',
    // What is built in at this risk.
    trust: trust ?? (risk === 'high' ? 'produced' : 'typed'),
    traits: distinct(traits ?? []),
    environments: distinct(environments ?? []),
    adopted: distinct(adopted ?? []),
  }
  const written: Readonly<Record<string, unknown>> = settings
  return new Map(Object.entries(meanings).map(([key, meaning]) => [key, { meaning, written: written[key] }]))
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].toSorted()
}

/** Each fact that pins an exam. */
function exams({ datasets = {} }: Criteria): Asks {
  return new Map<string, Ask>(
    Object.entries(datasets).flatMap(([name, { groups = {}, ...exam }]) => [
      [part(name), { meaning: true, written: 'named' }] as const,
      ...Object.entries(exam).map(
        ([key, written]) => [`${part(name)}.${key}`, { meaning: written, written }] as const,
      ),
      ...Object.entries(groups).flatMap(([label, written]) =>
        groupAsks(`${part(name)}.groups.${part(label)}`, written),
      ),
    ]),
  )
}

type Groups = NonNullable<NonNullable<Criteria['datasets']>[string]['groups']>

/** The groups of an attribute, and of each how many rows it has, where that is pinned. */
function groupAsks(key: string, groups: Groups[string]): readonly (readonly [string, Ask])[] {
  const names = Array.isArray(groups) ? groups : Object.keys(groups)
  const meaning = [...new Set(names)].toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  const sizes = Array.isArray(groups) ? [] : Object.entries(groups)
  return [
    [key, { meaning, written: names }],
    ...sizes.map(
      ([group, rows]) => [`${key}.${part(group)}.rows`, { meaning: rows, written: rows }] as const,
    ),
  ]
}

/** Only the members of a group are a list. At high risk only what is pinned counts, so that a pin lets evidence in. */
function examRule(versions: readonly Criteria[]): (key: string) => Rule {
  const isHigh = versions.some(({ risk }) => risk === 'high')
  return (key) => (before, after) => {
    if (isHigh && !key.endsWith('.rows') && (before === undefined || after === undefined)) return 'changed'
    return (Array.isArray(before ?? after) ? set('tightened') : demanded)(before, after)
  }
}

/** A name that can't be taken for a name and a key of it. */
function part(name: string): string {
  return /^[\w-]+$/.test(name) ? name : JSON.stringify(name)
}

function exempt({ not_applicable = [] }: Criteria): Asks {
  const byControl = Map.groupBy(not_applicable, ({ control }) => control)
  return new Map(
    [...byControl].map(([control, entries]) => {
      const because = entries.map((entry) => entry.because)
      return [control, { meaning: because, written: because.length === 1 ? because[0] : because }]
    }),
  )
}
