import { CODE_OWNERS, MOST_CODE_OWNERS_BYTES, unownedOf } from '../core/code-owners.ts'
import type { GateFiles, NamedEnvironment, Seen } from '../core/doctor-facts.ts'
import { CRITERIA_FOLDER, criteriaPath, modelOfCriteria, UNWATCH } from '../core/paths.ts'
import { parseCriteria } from '../criteria/criteria.ts'
import { leafAt, readWritten, shortText } from './files.ts'
import type { Repository } from './repository.ts'

/** So many criteria are looked through for environments. */
const MOST_CRITERIA = 200
/** A name that no model has: whoever adds the first criteria of a model needs an owner's review too. */
const NEW_MODEL = 'a-new-model'

/** What files of a commit say of the gate: which environments criteria name, and who owns what is under `.gonogo/`. */
export async function gateFilesOf(repository: Repository, commit: string): Promise<Seen<GateFiles>> {
  const listed = await repository.list(commit, CRITERIA_FOLDER.slice(0, -1))
  const paths = [...listed.keys()].map((name) => `${CRITERIA_FOLDER}${name}`)
  const criteria = paths.filter((path) => modelOfCriteria(path) !== undefined)
  if (criteria.length > MOST_CRITERIA) return { unseen: { more: MOST_CRITERIA } }
  const [read, owners] = await Promise.all([
    Promise.all(criteria.map((path) => readEnvironments(repository, commit, path))),
    readOwners(repository, commit, criteria),
  ])
  return {
    seen: {
      environments: byEnvironment(read.flatMap((one) => ('named' in one ? one.named : []))),
      unread: read.flatMap((one) => ('unread' in one ? [one.unread] : [])),
      ...(owners && { owners }),
    },
  }
}

type Named = { readonly environment: string; readonly model: string }

async function readEnvironments(
  repository: Repository,
  commit: string,
  path: string,
): Promise<{ readonly named: readonly Named[] } | { readonly unread: string }> {
  const leaf = await leafAt(repository, commit, path)
  if (leaf === undefined) return { unread: path }
  const { criteria } = parseCriteria(await readWritten(repository, path, leaf), path)
  if (criteria === undefined) return { unread: path }
  if (criteria.retired) return { named: [] }
  const { model, environments = [] } = criteria
  return { named: environments.map((environment) => ({ environment, model })) }
}

/** GitHub's names of environments know no case. */
function byEnvironment(named: readonly Named[]): readonly NamedEnvironment[] {
  const groups = Map.groupBy(named, ({ environment }) => environment.toLowerCase())
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    return first ? [{ environment: first.environment, models: group.map(({ model }) => model) }] : []
  })
}

async function readOwners(
  repository: Repository,
  commit: string,
  criteria: readonly string[],
): Promise<GateFiles['owners']> {
  const owners = await codeOwnersAt(repository, commit)
  const paths = [...criteria, criteriaPath(NEW_MODEL), UNWATCH]
  return owners && { file: owners.file, unowned: unownedPaths(owners, paths) }
}

/** CODEOWNERS as a commit has it, with its text where GitHub reads it. */
type CodeOwners = { readonly file: string; readonly text: string | undefined }

/** Those of the paths, CODEOWNERS itself among them, that it gives no owner. */
export function unownedPaths({ file, text = '' }: CodeOwners, paths: readonly string[]): readonly string[] {
  return unownedOf(text, [...paths, file])
}

/** The CODEOWNERS that GitHub takes of a commit; undefined where there is none. */
export async function codeOwnersAt(repository: Repository, commit: string): Promise<CodeOwners | undefined> {
  const leaves = await Promise.all(CODE_OWNERS.map((path) => leafAt(repository, commit, path)))
  const index = leaves.findIndex((leaf) => leaf !== undefined)
  const [file, leaf] = [CODE_OWNERS[index], leaves[index]]
  if (file === undefined || leaf === undefined) return undefined
  return { file, text: await shortText(repository, leaf, MOST_CODE_OWNERS_BYTES) }
}
