import { z } from 'zod'
import { ApprovalCheck } from '../checks/approval.ts'
import { AttestationCheck } from '../checks/attestation.ts'
import { Days } from '../checks/common.ts'
import { DisparityCheck } from '../checks/disparity.ts'
import { DocumentCheck } from '../checks/document.ts'
import { IntegrityCheck } from '../checks/integrity.ts'
import { LineageCheck } from '../checks/lineage.ts'
import { MetricCheck } from '../checks/metric.ts'
import { RecordCheck } from '../checks/record.ts'
import { ScanCheck } from '../checks/scan.ts'
import { SuiteCheck } from '../checks/suite.ts'
import type { Approvers } from '../core/approval.ts'
import { CONTROLS } from '../core/controls.ts'
import type { Evidence } from '../core/evidence.ts'
import { TRUSTS } from '../core/evidence.ts'
import type { Problem } from '../core/problem.ts'
import { APPROACHES, RISKS, TRAITS } from '../core/profile.ts'
import { TIERS } from '../core/registration.ts'
import type { FloorUsed } from '../core/standing.ts'
import type { Parsed } from '../text/parsed.ts'
import { strict } from '../text/strict.ts'
import { Deploy, Environments, Releases } from './deploy.ts'
import { type Lines, linesOf, listProblems } from './list.ts'
import { ModelPattern, RepositoryPattern } from './pattern.ts'
import { Trusted } from './trusted.ts'

const From = z.iso
  .date({ error: 'a day such as 2026-09-01' })
  .optional()
  .describe('work that began before this day is not held to it')
const Name = z.string().min(1).max(200)
const Names = z.array(Name).min(1).max(100)
const Repository = z
  .union([z.int().min(1), RepositoryPattern])
  .describe('owner/name, in which * stands for any characters but /; or the id, which no renaming changes')
const Level = z.enum(RISKS)

/** Which models a criterion is judged for: those that fit every key given. */
const Match = z.strictObject({
  repositories: z.array(Repository).min(1).optional(),
  models: z.array(ModelPattern).min(1).optional(),
  approach: z.array(z.enum(APPROACHES)).min(1).optional().describe('any of these'),
  traits: z.array(z.enum(TRAITS)).min(1).optional().describe('any of these'),
  risk: Level.optional().describe('at this risk and above'),
})
export type Match = z.infer<typeof Match>

const KEYS = { from: From, match: Match.optional().describe('without it, every model') }

/** A whole criterion, with the models that it is for and the day from which it holds. */
const FloorCriterion = z.discriminatedUnion('check', [
  MetricCheck.safeExtend(KEYS),
  DocumentCheck.safeExtend(KEYS),
  RecordCheck.safeExtend(KEYS),
  ApprovalCheck.safeExtend(KEYS),
  SuiteCheck.safeExtend(KEYS),
  AttestationCheck.safeExtend(KEYS),
  DisparityCheck.safeExtend(KEYS),
  LineageCheck.safeExtend(KEYS),
  ScanCheck.safeExtend(KEYS),
  IntegrityCheck.safeExtend(KEYS),
])
export type FloorCriterion = z.infer<typeof FloorCriterion>

const Asks = z.strictObject({
  require: z
    .array(z.enum(CONTROLS))
    .min(1)
    .optional()
    .describe('controls beside those of the built-in table'),
  registration: z.enum(TIERS).optional().describe('weakest tier accepted'),
  trust: z.enum(TRUSTS).optional().describe('weakest trust accepted for measurements'),
  from: From,
})
export type Asks = z.infer<typeof Asks>
const AsksOfLevel = z.union([Asks, z.array(Asks).min(1).max(100)]).optional()

const Unlisted = z.union([Level, z.strictObject({ risk: Level, from: From })])

/** `.gonogo/floor.yml` of the organisation's `.github` repository: the minimum for every repository. */
export const Floor = z.strictObject({
  gonogo: z.literal(1).describe('version of this file format'),
  enforcement: z
    .enum(['enforce', 'observe'])
    .optional()
    .describe('observe: the true verdict is reported and blocks nothing; enforce without it'),
  observe: z
    .strictObject({
      property: z
        .record(Name, Name)
        .refine((properties) => Object.keys(properties).length > 0, { error: 'at least 1 property' })
        .optional()
        .describe('custom properties that only the organisation can set; all must have these values'),
      repositories: z.array(z.int().min(1)).min(1).max(1000).optional().describe('ids of repositories'),
    })
    .optional()
    .describe('repositories that get ready: reported, not blocked. Never by name'),
  models: z
    .array(
      z.strictObject({
        repository: Repository,
        model: ModelPattern,
        risk: Level.optional(),
        traits: z.array(z.enum(TRAITS)).min(1).optional(),
        environments: Environments.optional().describe('deployments that need the go of these models'),
        from: From,
      }),
    )
    .max(1000)
    .optional()
    .describe('risk and traits; of several lines that fit, the strictest risk and all traits hold'),
  unlisted: Unlisted.optional().describe('risk of what no line of models gives one'),
  risk: z
    .strictObject({ low: AsksOfLevel, limited: AsksOfLevel, high: AsksOfLevel })
    .optional()
    .describe('what each risk asks; it holds at that risk and above'),
  criteria: z.array(FloorCriterion).max(500).optional().describe("judged beside the repository's own"),
  approvals: z
    .strictObject({ loosen: Names.optional(), waive: Names.optional(), not_applicable: Names.optional() })
    .optional()
    .describe('slugs of teams whose active members approve'),
  waivers: z
    .strictObject({ longest: Days.optional(), never: z.array(z.enum(CONTROLS)).optional() })
    .optional(),
  trusted: Trusted.optional(),
  deploy: Deploy.optional(),
  releases: Releases.optional(),
  watch: z
    .array(z.string().min(1).max(500))
    .max(1000)
    .optional()
    .describe('gitignore patterns of model files'),
})
export type Floor = z.infer<typeof Floor>

/** Who approves changes of criteria; undefined where the floor leaves it to another writer. */
export function approversOf(floor: Floor | undefined): Approvers | undefined {
  const { loosen, not_applicable } = floor?.approvals ?? {}
  if (loosen === undefined && not_applicable === undefined) return undefined
  return { ...(loosen && { loosen }), ...(not_applicable && { not_applicable }) }
}

/** A floor file as facts: what it asks, what is wrong with it, and the line of each criterion. */
export type ParsedFloor = {
  readonly floor?: Floor
  readonly problems: readonly Problem[]
  readonly lines: Lines
}

/** Every fault of a floor file is a problem with its line; `floor` is there only if the file fits the schema. */
export function parseFloor(parsed: Parsed, path: string): ParsedFloor {
  const { value: floor, problems } = strict(Floor, parsed, path)
  if (floor === undefined) return { problems, lines: {} }
  const criteria = floor.criteria ?? []
  return {
    floor,
    problems: [...problems, ...listProblems(criteria, parsed, path)],
    lines: linesOf(criteria, parsed),
  }
}

/** What is known of the organisation's floor. Without one, what repositories say of themselves holds. */
export type FloorFacts =
  | { readonly kind: 'none'; readonly repository?: string }
  /** It is required, and not there: it may have been moved or hidden. */
  | { readonly kind: 'absent'; readonly required: true; readonly repository: string }
  /** GitHub does not let it be read. */
  | { readonly kind: 'unreadable'; readonly repository: string; readonly path: string }
  | (ParsedFloor & {
      readonly kind: 'read'
      readonly repository: string
      readonly path: string
      readonly commit: string
      readonly sha: string
      /** Beside the floor, for every model that has none of their kind of its own. */
      readonly records?: readonly Evidence[]
    })
  /** A file that a person gave to the command, in the place of the organisation's. */
  | (ParsedFloor & {
      readonly kind: 'given'
      readonly path: string
      readonly sha: string
      readonly records?: readonly Evidence[]
    })

type Held = Extract<FloorFacts, { kind: 'read' | 'given' }>

/** Whether it is known what the floor asks: where it is not, nothing can be decided. */
export function isKnown(facts: FloorFacts | undefined): boolean {
  return facts === undefined || facts.kind === 'none' || floorOf(facts)?.floor !== undefined
}

/** The floor that holds: one that was read without a problem of its own. */
export function floorOf(facts: FloorFacts | undefined): Held | undefined {
  const held = facts?.kind === 'read' || facts?.kind === 'given'
  return held && ownProblems(facts).length === 0 ? facts : undefined
}

/** A record beside the floor that can't be read is a problem, and takes nothing from what floor and other records say. */
function ownProblems({ problems, records = [] }: Held): readonly Problem[] {
  const beside = new Set(records.flatMap((file) => file.problems.map(({ path }) => path)))
  return problems.filter(({ path }) => !beside.has(path))
}

/** Where the floor is, or would be, as `owner/name`; undefined where nobody knows. */
export function floorRepositoryIn(facts: FloorFacts | undefined): string | undefined {
  return facts !== undefined && 'repository' in facts ? facts.repository : undefined
}

/** A floor that is required and cannot be used leaves nothing decided. */
export function floorFaults(floor: FloorFacts | undefined): readonly Problem[] {
  // Not a file of this repository, so no path: the problem has no place here.
  const problem = { path: '' } as const
  if (floor === undefined || floor.kind === 'none') return []
  // What a person gives to the command names its own faults.
  if (floor.kind === 'given') return floor.problems
  const { repository } = floor
  if (floor.kind === 'absent') return [{ ...problem, code: 'floor_absent', repository }]
  if (floor.kind === 'unreadable')
    return [{ ...problem, code: 'floor_unreadable', repository, file: floor.path }]
  if (isKnown(floor) && floor.problems.length === 0) return []
  const { commit, problems } = floor
  const file = problems[0]?.path ?? floor.path
  const first = problems[0]?.line
  return [
    {
      ...{ ...problem, code: 'floor_faulty', repository, file, commit, problems: problems.length },
      ...(first !== undefined && { first }),
    },
  ]
}

/** What a verdict says of the floor that it used. */
export function usedFloor(floor: FloorFacts | undefined): FloorUsed {
  if (floor === undefined || floor.kind === 'none') return { kind: 'none' }
  if (floor.kind === 'given') return { kind: 'given', path: floor.path, sha: floor.sha, ...recordsIn(floor) }
  const { kind, repository } = floor
  if (kind !== 'read') return { kind, repository }
  return { kind, repository, path: floor.path, commit: floor.commit, sha: floor.sha, ...recordsIn(floor) }
}

function recordsIn({ records = [] }: Held): Pick<Extract<FloorUsed, { kind: 'given' }>, 'records'> {
  const known = records.flatMap(({ path, sha }) => (sha ? [{ path, sha }] : []))
  return known.length === 0 ? {} : { records: known }
}
