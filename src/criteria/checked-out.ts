import { type Fields, isFields } from '../core/fields.ts'

/** A step that puts other code in place of the commit's: which, as the step says it, and what of it a later step uses. */
export type OtherCode = { readonly index: number; readonly found: string; readonly runs?: string }

/**
 * The steps of a job that check out what the run's own commit does not hold. What a whole commit id pins is harmless in
 * a folder of its own, as long as no later step uses an action from there. github.com/actions/checkout: without `ref` it
 * takes the run's commit, of another repository the default branch.
 */
export function otherCodeIn(steps: readonly unknown[], own: string | undefined): readonly OtherCode[] {
  const all = steps.map((step) => (isFields(step) ? step : {}))
  return all.flatMap((step, index): readonly OtherCode[] => {
    if (typeof step.uses !== 'string' || !CHECKOUT.test(step.uses)) return []
    const { repository, ref, path } = inputsOf(step.with)
    const others = [
      ...(isTemplate(step.with) ? ['inputs that are not told before it runs'] : []),
      ...(isOwnRepository(repository, own) ? [] : [`repository: ${repository}`]),
      ...(isOwnCommit(ref) ? [] : [`ref: ${ref}`]),
    ]
    if (others.length === 0) return []
    const folder = folderOf(path)
    const runs = all.slice(index + 1).flatMap(({ uses }) => localIn(uses, folder))[0]
    if (folder !== '' && runs === undefined && COMMIT.test(ref) && !isTemplate(step.with)) return []
    return [{ index, found: others.join(', ').slice(0, 200), ...(runs !== undefined && { runs }) }]
  })
}

/** GitHub's own, and what others made of it. */
const CHECKOUT = /^[^/@]+\/checkout(?:\/[^@]*)?(?:@|$)/i
const COMMIT = /^[0-9a-f]{40}$/

/** Names of inputs know no case. */
function inputsOf(given: unknown): {
  readonly repository: string
  readonly ref: string
  readonly path: string
} {
  const inputs: Fields = isFields(given) ? given : {}
  const named = (name: string): string =>
    Object.entries(inputs)
      .filter(([key, value]) => key.toLowerCase() === name && value !== null && value !== undefined)
      .map(([, value]) => String(value).trim())
      .join(' ')
  return { repository: named('repository'), ref: named('ref'), path: named('path') }
}

/** Inputs that an expression names, or puts in as a whole: nobody knows which before the workflow runs. */
function isTemplate(given: unknown): boolean {
  return (
    typeof given === 'string' || (isFields(given) && Object.keys(given).some((key) => key.includes('${{')))
  )
}

function isOwnRepository(repository: string, own: string | undefined): boolean {
  return (
    repository === '' ||
    repository.toLowerCase() === own?.toLowerCase() ||
    /^\$\{\{\s*github\.repository\s*\}\}$/.test(repository)
  )
}

/** A branch may have moved on since the run was started, even the run's own. */
function isOwnCommit(ref: string): boolean {
  return ref === '' || /^\$\{\{\s*github\.sha\s*\}\}$/.test(ref)
}

/** Where in the workspace it comes to lie; all of it where that is not told. */
function folderOf(path: string): string {
  return path.includes('..') || path.includes('$') ? '' : partsOf(path).join('/')
}

function localIn(uses: unknown, folder: string): readonly string[] {
  if (typeof uses !== 'string' || !uses.startsWith('./')) return []
  const path = partsOf(uses).join('/')
  const isWithin = path === folder || path.startsWith(`${folder}/`) || folder.startsWith(`${path}/`)
  const isThere = folder === '' || path === '' || isWithin || path.includes('..')
  return isThere ? [uses.slice(0, 200)] : []
}

/** As a runner on a system that knows no case, or on Windows, takes it. */
function partsOf(path: string): readonly string[] {
  return path
    .toLowerCase()
    .split(/[/\\]/)
    .filter((part) => part !== '' && part !== '.')
}
