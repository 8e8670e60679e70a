import type { Control } from '../core/controls.ts'
import { TRUSTS, type Trust } from '../core/evidence.ts'
import { type Approach, RISKS, type Risk, strictest, TRAITS } from '../core/profile.ts'
import { TIERS, type Tier } from '../core/registration.ts'
import type { Later, Standing } from '../core/standing.ts'
import type { Criteria } from './criteria.ts'
import type { Asks, Floor, FloorCriterion, Match } from './floor.ts'
import { fits } from './pattern.ts'

/** What a floor needs to know of a model to say what it asks of it. */
export type About = {
  readonly repository: string
  readonly repositoryId?: number
  readonly model: string
  /** ISO 8601: when the work began by a server's clock, else now, since a commit that a releaser chose dates nothing. */
  readonly began: string
}

/** What is judged: the repository's versions as they are, and beside them what the floor asks. Nothing is merged. */
export type Effective = Standing & {
  readonly approaches: readonly Approach[]
  readonly tier: Tier
  readonly trust: Trust
  /** Controls that the floor requires beside the built-in table. */
  readonly required: readonly Control[]
  /** The floor's own criteria for this model. */
  readonly criteria: readonly FloorCriterion[]
}

/**
 * Design 2.2: the floor's risk, tier, trust and controls hold where they are higher; its criteria are judged
 * in addition. Of several lines of `models` that fit, the strictest risk and the traits of all hold, so that
 * their order says nothing. Undefined where neither a floor nor any version says what the risk is.
 */
export function effective(
  versions: readonly Criteria[],
  floor: Floor | undefined,
  about: About,
): Effective | undefined {
  const holds = holdingFor(about.began)
  const lines = linesFor(floor, about, holds)
  const listed = lines.filter(holds)
  const set = strictest(
    RISKS,
    listed.map(({ risk }) => risk),
  )
  const declared = strictest(
    RISKS,
    versions.map(({ risk }) => risk),
  )
  const risk = strictest(RISKS, [set, declared])
  if (risk === undefined) return undefined

  const own = versions.flatMap(({ traits }) => traits ?? [])
  const traits = TRAITS.filter(
    (one) => own.includes(one) || listed.some((line) => line.traits?.includes(one)),
  )
  const model = { risk, traits, approaches: [...new Set(versions.map(({ approach }) => approach))] }
  const asks = asksAt(floor, risk)
  const criteria = (floor?.criteria ?? []).filter(({ match }) => isFor(match ?? {}, model, about))
  const asked = asks.filter(holds)
  // A repository that calls its own high risk typed may; where the floor sets the risk, only the floor may.
  const builtIn = set === 'high' && asked.every(({ trust }) => trust === undefined) ? 'produced' : 'typed'
  return {
    ...model,
    added: traits.filter((trait) => !own.includes(trait)),
    ...(set && { set }),
    ...(declared && { declared }),
    tier:
      strictest(
        TIERS,
        [...versions, ...asked].map(({ registration }) => registration),
      ) ?? 'ordered',
    trust:
      strictest(TRUSTS, [...versions.map(trustOf), ...asked.map(({ trust }) => trust), builtIn]) ?? 'signed',
    required: [...new Set(asked.flatMap(({ require }) => require ?? []))],
    criteria: criteria.filter(holds),
    later: [
      ...lines.map(({ from }) => ({ what: 'risk and traits', from })),
      ...asks.map(({ from }) => ({ what: `what it asks at risk ${risk}`, from })),
      ...criteria.map(({ id, from }) => ({ what: `criterion ${id}`, from })),
    ].filter((one): one is Later => !holds(one)),
  }
}

/** What a verdict says of it. */
export function standingOf({ risk, set, declared, traits, added, later }: Effective): Standing {
  return { risk, ...(set && { set }), ...(declared && { declared }), traits, added, later }
}

type Dated = { readonly from?: string | undefined }
type Holds = (one: Dated) => boolean

/** A requirement holds for work that began on its day or later, and whenever that cannot be told. */
function holdingFor(began: string): Holds {
  return ({ from }) => from === undefined || !(Date.parse(began) < Date.parse(from))
}

type Line = Dated & Pick<NonNullable<Floor['models']>[number], 'risk' | 'traits'>

/** The lines of `models` that fit, and what holds for a model whose risk none of them says. */
function linesFor(floor: Floor | undefined, about: About, holds: Holds): readonly Line[] {
  const lines = (floor?.models ?? []).filter(
    ({ repository, model }) => isSameRepository(repository, about) && fits(model, about.model),
  )
  // Where the id is not known, a line by id may be another repository's.
  const isSure = (repository: string | number) =>
    typeof repository === 'string' || about.repositoryId !== undefined
  const isRated = lines.some((line) => line.risk !== undefined && holds(line) && isSure(line.repository))
  if (floor?.unlisted === undefined || isRated) return lines
  return [...lines, typeof floor.unlisted === 'string' ? { risk: floor.unlisted } : floor.unlisted]
}

/** What the floor asks at a risk: what it asks at a lower one holds there too, so that nobody escapes upwards. */
function asksAt(floor: Floor | undefined, risk: Risk): readonly Asks[] {
  const levels = RISKS.slice(0, RISKS.indexOf(risk) + 1)
  return levels.flatMap((level) => floor?.risk?.[level] ?? [])
}

function isFor(
  match: Match,
  model: Pick<Effective, 'risk' | 'traits' | 'approaches'>,
  about: About,
): boolean {
  const { repositories, models, approach, traits, risk } = match
  return (
    (repositories?.some((one) => isSameRepository(one, about)) ?? true) &&
    (models?.some((pattern) => fits(pattern, about.model)) ?? true) &&
    (approach?.some((one) => model.approaches.includes(one)) ?? true) &&
    (traits?.some((one) => model.traits.includes(one)) ?? true) &&
    (risk === undefined || RISKS.indexOf(model.risk) >= RISKS.indexOf(risk))
  )
}

/** Whether the floor says something of a repository's models, whatever they are called. */
export function namesRepository(
  floor: Floor | undefined,
  about: Pick<About, 'repository' | 'repositoryId'>,
): boolean {
  return floor?.models?.some(({ repository }) => isSameRepository(repository, about)) === true
}

/** Where the id is not known, as in a clone, the repository may be the one that is meant. */
export function isSameRepository(
  named: string | number,
  { repository, repositoryId }: Pick<About, 'repository' | 'repositoryId'>,
): boolean {
  if (typeof named === 'string') return fits(named, repository)
  return repositoryId === undefined || named === repositoryId
}

/** `produced` is built in at high risk. */
function trustOf({ trust, risk }: Criteria): Trust {
  return trust ?? (risk === 'high' ? 'produced' : 'typed')
}

/** What only a repository's id and its properties say: whether verdicts on it are reported and do not block. */
export function isObserved(
  floor: Floor | undefined,
  about: {
    readonly repositoryId?: number
    readonly properties?: Readonly<Record<string, string | readonly string[]>>
  },
): boolean {
  if (floor === undefined) return false
  if (floor.enforcement === 'observe') return true
  const { property, repositories } = floor.observe ?? {}
  if (about.repositoryId !== undefined && repositories?.includes(about.repositoryId)) return true
  const wanted = Object.entries(property ?? {})
  return wanted.length > 0 && wanted.every(([name, value]) => has(about.properties ?? {}, name, value))
}

function has(properties: Readonly<Record<string, string | readonly string[]>>, name: string, value: string) {
  const found = Object.hasOwn(properties, name) ? properties[name] : undefined
  return found === value || (Array.isArray(found) && found.includes(value))
}
