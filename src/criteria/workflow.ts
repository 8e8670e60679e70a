import { type Fields, isFields } from '../core/fields.ts'
import type { WorkflowFault, WorkflowSeen } from '../core/observed.ts'
import type { Parsed } from '../text/parsed.ts'
import { parseYaml } from '../text/yaml.ts'
import { otherCodeIn } from './checked-out.ts'
import { environmentOf, type Job, jobIn } from './workflow-jobs.ts'

type Keys = readonly (string | number)[]

/** What a file says; `uses`: the workflows and actions of its own repository that it uses, each as `./path`. */
type Read = Pick<WorkflowSeen, 'kind' | 'faults' | 'environments'> & {
  readonly uses: readonly string[]
  readonly jobs: readonly Job[]
}

/** Events that somebody without write access causes. docs.github.com, "Events that trigger workflows". */
const ANYONE = [
  'pull_request',
  'pull_request_target',
  'pull_request_review',
  'pull_request_review_comment',
  'issue_comment',
  'issues',
  'discussion',
  'discussion_comment',
  'fork',
  'watch',
  'gollum',
  // It follows another workflow, which a fork's pull request may have started.
  'workflow_run',
]

/** Scopes that sign what was made, and change nothing in the repository. */
const SIGNING = ['id-token', 'attestations', 'artifact-metadata']

/** So many faults of one file are kept. */
const MOST = 50

/**
 * What a workflow's file says of who starts it, what its token may do, and whether what it runs is pinned and is what
 * the commit holds; `own` is the name of the repository that it is in, where that is known.
 */
export function readWorkflow(text: string, own?: string): Read {
  const parsed = parseYaml(text, 'workflow')
  const { value } = parsed
  const [all, uses] = [jobsOf(value), localUses(value)]
  if (!isFields(value) || all.length === 0)
    return { kind: 'unreadable', faults: [], environments: [], uses, jobs: [] }
  const faults = [
    ...openEvents(value.on, parsed),
    ...all.flatMap(({ name, job }) => tokenOf(name, job, value, parsed)),
    ...all.flatMap(({ name, job }) => runsOther(job, ['jobs', name], parsed, own)),
  ]
  return {
    kind: 'read',
    faults: faults.slice(0, MOST),
    environments: environmentsOf(all),
    uses,
    jobs: all.map(({ name, job }) => jobIn(name, job)),
  }
}

/**
 * What a workflow or an action that another file of the same commit calls adds to it: its token may do no more than the
 * caller's, and its events start nothing. Faults have no line: that would be one of the caller.
 */
export function readCalled(text: string, own?: string): Read {
  const parsed = parseYaml(text, 'called')
  const [all, uses] = [jobsOf(parsed.value), localUses(parsed.value)]
  const runs = fieldsOf(fieldsOf(parsed.value)?.runs)
  if (all.length === 0 && runs === undefined)
    return { kind: 'unreadable', faults: [], environments: [], uses, jobs: [] }
  const { image } = runs ?? {}
  const steps = {
    steps: runs?.steps,
    ...(String(image).toLowerCase().startsWith('docker://') && { uses: image }),
  }
  const faults = [steps, ...all.map(({ job }) => job)].flatMap((job) => runsOther(job, [], parsed, own))
  return {
    kind: 'read',
    faults: faults.slice(0, MOST).map(({ line: _, ...fault }) => fault),
    environments: environmentsOf(all),
    uses,
    jobs: all.map(({ name, job }) => jobIn(name, job)),
  }
}

function localUses(value: unknown): readonly string[] {
  const runs = fieldsOf(fieldsOf(value)?.runs)
  const used = [{ steps: runs?.steps }, ...jobsOf(value).map(({ job }) => job)].flatMap(usedIn)
  return [...new Set(used.flatMap(([uses]) => (typeof uses === 'string' && isLocal(uses) ? [uses] : [])))]
}

function jobsOf(value: unknown): readonly { readonly name: string; readonly job: Fields }[] {
  const jobs = fieldsOf(fieldsOf(value)?.jobs) ?? {}
  return Object.entries(jobs).map(([name, job]) => ({ name, job: fieldsOf(job) ?? {} }))
}

function environmentsOf(all: readonly { readonly job: Fields }[]): readonly string[] {
  const environments = all.flatMap(({ job }) => environmentOf(job.environment) ?? [])
  return [...new Set(environments)].slice(0, MOST)
}

function openEvents(on: unknown, parsed: Parsed): readonly WorkflowFault[] {
  const events: readonly (readonly [string, Keys])[] =
    typeof on === 'string'
      ? [[on, ['on']]]
      : Array.isArray(on)
        ? on.map((event, index) => [String(event), ['on', index]] as const)
        : Object.keys(fieldsOf(on) ?? {}).map((event) => [event, ['on', event]] as const)
  return events.flatMap(([event, keys]): readonly WorkflowFault[] =>
    ANYONE.includes(event) ? [{ what: 'open_to_anyone', event, ...lineAt(parsed, keys) }] : [],
  )
}

/** What a job's token may write. Where neither the job nor the workflow says so, the repository's default holds. */
function tokenOf(name: string, job: Fields, workflow: Fields, parsed: Parsed): readonly WorkflowFault[] {
  const own = job.permissions !== undefined
  const said = own ? job.permissions : workflow.permissions
  const keys: Keys = own ? ['jobs', name, 'permissions'] : ['permissions']
  const where = { job: name.slice(0, 100), ...lineAt(parsed, keys) }
  if (said === undefined) {
    const line = lineAt(parsed, ['jobs', name])
    return [{ what: 'token_writes', found: 'no permissions', job: name.slice(0, 100), ...line }]
  }
  // An empty map allows nothing.
  if (said === 'read-all' || said === null) return []
  if (!isFields(said)) return [{ what: 'token_writes', found: String(said).slice(0, 100), ...where }]
  return Object.entries(said).flatMap(([scope, level]): readonly WorkflowFault[] =>
    level === 'read' || level === 'none' || SIGNING.includes(scope)
      ? []
      : [{ what: 'token_writes', found: `${scope}: ${String(level)}`.slice(0, 100), ...where }],
  )
}

/** What a job uses itself, or in its steps. */
function usedIn(job: Fields): readonly (readonly [unknown, Keys])[] {
  const steps = Array.isArray(job.steps) ? job.steps : []
  return [
    [job.uses, ['uses']],
    ...steps.map((step, index) => [fieldsOf(step)?.uses, ['steps', index, 'uses']] as const),
  ]
}

/** What a job runs that is not fixed with the commit, or not of it. */
function runsOther(
  job: Fields,
  keys: Keys,
  parsed: Parsed,
  own: string | undefined,
): readonly WorkflowFault[] {
  const steps = Array.isArray(job.steps) ? job.steps : []
  return [
    ...unpinned(job, keys, parsed),
    // Its own repository at a commit that is named is another one than the run's.
    ...usedIn(job).flatMap(([uses, at]): readonly WorkflowFault[] =>
      typeof uses === 'string' && isOfOwn(uses, own)
        ? [{ what: 'other_code', found: uses.slice(0, 200), ...lineAt(parsed, [...keys, ...at]) }]
        : [],
    ),
    ...otherCodeIn(steps, own).map(
      ({ index, ...other }): WorkflowFault => ({
        what: 'other_code',
        ...other,
        ...lineAt(parsed, [...keys, 'steps', index, 'uses']),
      }),
    ),
  ]
}

function unpinned(job: Fields, keys: Keys, parsed: Parsed): readonly WorkflowFault[] {
  const used = usedIn(job).map(([uses, at]) => [uses, [...keys, ...at]] as const)
  const images: readonly (readonly [unknown, Keys])[] = [
    [imageOf(job.container), [...keys, 'container']],
    ...Object.entries(fieldsOf(job.services) ?? {}).map(
      ([name, service]) => [imageOf(service), [...keys, 'services', name]] as const,
    ),
  ]
  const fault = (uses: string, at: Keys): WorkflowFault => ({
    what: 'not_pinned',
    uses: uses.slice(0, 200),
    ...lineAt(parsed, at),
  })
  return [
    ...used.flatMap(([uses, at]) => (typeof uses === 'string' && !isPinned(uses) ? [fault(uses, at)] : [])),
    ...images.flatMap(([image, at]) =>
      typeof image === 'string' && image !== '' && !isDigest(image) ? [fault(image, at)] : [],
    ),
  ]
}

/** What lies in the same commit is pinned with it; all else by a whole commit id or a digest. */
function isPinned(uses: string): boolean {
  if (isLocal(uses)) return !uses.includes('..')
  if (uses.toLowerCase().startsWith('docker://')) return isDigest(uses)
  return /^[^@]+@[0-9a-f]{40}$/.test(uses)
}

function isOfOwn(uses: string, own: string | undefined): boolean {
  const repository = uses.split('@', 1)[0]?.split('/').slice(0, 2).join('/').toLowerCase()
  return own !== undefined && uses.includes('@') && repository === own.toLowerCase()
}

function isLocal(uses: string): boolean {
  return uses.startsWith('./')
}

function isDigest(image: string): boolean {
  return /@sha256:[0-9a-f]{64}$/.test(image)
}

function imageOf(container: unknown): unknown {
  return isFields(container) ? container.image : container
}

function lineAt(parsed: Parsed, keys: Keys): { readonly line?: number } {
  const line = parsed.at(keys, 'key')?.line ?? parsed.at(keys)?.line
  return line === undefined ? {} : { line }
}

function fieldsOf(value: unknown): Fields | undefined {
  return isFields(value) ? value : undefined
}
