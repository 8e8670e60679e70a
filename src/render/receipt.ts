import { GONOGO_FOLDER } from '../core/paths.ts'
import type { Proposal } from '../core/verdict.ts'
import { clean } from './clean.ts'

/** The context of the commit status that tells of a receipt; as anybody who writes may set it, nobody believes it. */
const REGISTERED = 'gonogo/registered'

/** GitHub takes no longer description. */
const MOST_CHARACTERS = 140

/** What reached the default branch, and how. */
export type Registered = {
  readonly files: readonly (Pick<Proposal, 'path' | 'model'> & { readonly blob?: string })[]
  /** Absent for a direct push. */
  readonly pullRequest?: number
  /** Something in it can't be read as it is. */
  readonly faulty: boolean
}

/** The status as GitHub takes it: each file by its digest, as many as there is room for. */
export function renderReceipt({ files, pullRequest, faulty }: Registered): {
  readonly context: typeof REGISTERED
  readonly state: 'success' | 'failure'
  readonly description: string
} {
  const how = pullRequest === undefined ? 'direct push' : `#${pullRequest}`
  const names = files.map(({ path, model, blob }) => {
    const name = clean(model ?? path.replace(GONOGO_FOLDER, ''), 60)
    return blob === undefined ? `${name} removed` : `${name} ${blob.slice(0, 10)}`
  })
  const all = (shown: number): string => {
    const more = names.length - shown
    const list = [...names.slice(0, shown), ...(more > 0 ? [`${more} more`] : [])].join(', ')
    return `${list}; ${how}${faulty ? '; with problems, see go/no-go' : ''}`
  }
  const room = names.findLastIndex((_, index) => all(index + 1).length <= MOST_CHARACTERS)
  return { context: REGISTERED, state: faulty ? 'failure' : 'success', description: all(room + 1) }
}
