/** Where everything stands in a repository. */
export const CRITERIA_FOLDER = '.gonogo/criteria/'
export const GONOGO_FOLDER = '.gonogo/'
export const UNWATCH = '.gonogo/unwatch'
export const FLOOR = '.gonogo/floor.yml'
/** Records beside the floor, which serve every model. */
export const FLOOR_RECORDS = '.gonogo/records'
/** Whether a record stands beside the floor, by the path that it has among the evidence: `owner/.github:` or a folder may stand before it. */
export function isBesideFloor(path: string): boolean {
  return path.startsWith(`${FLOOR_RECORDS}/`) || /[:/]\.gonogo\/records\//.test(path)
}

/** Whether a change of a file changes the floor. */
export function isOfFloor(path: string): boolean {
  return path === FLOOR || path.startsWith(`${FLOOR_RECORDS}/`)
}

/** Where an organisation keeps its floor unless it is told otherwise. */
export const FLOOR_REPOSITORY = '.github'
export const MODELS_FOLDER = 'models/'

const NAME = '[a-z0-9][a-z0-9-]{0,63}'
export const MODEL_NAME: RegExp = new RegExp(`^${NAME}$`)
const CRITERIA_PATH = new RegExp(`^\\.gonogo/criteria/(${NAME})\\.yml$`)
const MANIFEST_PATH = new RegExp(`^models/(${NAME})/release\\.yml$`)

export function criteriaPath(model: string): string {
  return `${CRITERIA_FOLDER}${model}.yml`
}

export function manifestPath(model: string): string {
  return `${MODELS_FOLDER}${model}/release.yml`
}

const LOOKED_IN = new RegExp(`(?:^|/)(\\.gonogo/criteria/|\\.gonogo/|models/${NAME}/)([^/]+)$`)

/**
 * The name under which a file that stands where gonogo looks would be read, such as `m.yml` of `m.yaml`; undefined
 * where it is read as it is, or no such name can be told.
 */
export function readAs(path: string): string | undefined {
  const [, folder = '', name = ''] = LOOKED_IN.exec(path) ?? []
  const wanted = name.toLowerCase().replace(/\.ya?ml$/, '.yml')
  const whole = `${folder}${wanted}`
  const isRead =
    whole === FLOOR || modelOfCriteria(whole) !== undefined || modelOfManifest(whole) !== undefined
  return isRead && wanted !== name ? wanted : undefined
}

/** The spelling of a file's extension that is taken for the one that gonogo reads. */
export function misspelt(path: string): string {
  return path.replace(/\.yml$/, '.yaml')
}

/** The model whose criteria file this is. */
export function modelOfCriteria(path: string): string | undefined {
  return CRITERIA_PATH.exec(path)?.[1]
}

/** Whether a file is gonogo's own. What else lies beside them under `.gonogo/` is a file like any other. */
export function isOwn(path: string): boolean {
  return path === UNWATCH || path === FLOOR || modelOfCriteria(path) !== undefined
}

/** Where an owner's floor is, as `owner/name`. */
export function floorRepositoryOf(owner: string, name: string = FLOOR_REPOSITORY): string {
  return `${owner}/${name}`
}

/** Whether a repository, as `owner/name`, is the one whose floor holds; `floor` is its name where it is known. */
export function isFloorRepository(repository: string, floor: string | undefined): boolean {
  // GitHub's names know no case.
  if (floor !== undefined) return repository.toLowerCase() === floor.toLowerCase()
  return repository.split('/').at(-1)?.toLowerCase() === FLOOR_REPOSITORY
}

/** The model whose manifest this is. */
export function modelOfManifest(path: string): string | undefined {
  return MANIFEST_PATH.exec(path)?.[1]
}

/**
 * A path as a manifest writes it, from the repository's root; undefined where it leaves the repository,
 * is absolute, or could mean something else on another system.
 */
export function resolvePath(manifest: string, written: string): string | undefined {
  if (written === '' || written.startsWith('/') || /[\\\0]|^[A-Za-z]:/.test(written)) return undefined
  const parts = [...manifest.split('/').slice(0, -1), ...written.split('/')]
  const resolved: string[] = []
  for (const part of parts) {
    if (part === '' || part === '.') continue
    if (part !== '..') resolved.push(part)
    else if (resolved.pop() === undefined) return undefined
  }
  return resolved.length > 0 ? resolved.join('/') : undefined
}

/** How what GitHub keeps for a content is called among the evidence, by the digest of that content. */
export function attestationsPath(digest: string): string {
  return `attestations/${digest}`
}

/** A folder of the repository may be called so too: where it matters, what is kept says that it is. */
export function isAttestations(path: string): boolean {
  return path.startsWith('attestations/sha256:')
}

const ARTIFACT = 'artifact:'

/** How a file of an artifact is called among the evidence: no path in a repository is written so. */
export function artifactPath(artifact: string, file: string): string {
  return `${ARTIFACT}${artifact}/${file}`
}

export function isOfArtifact(path: string): boolean {
  return path.startsWith(ARTIFACT)
}
