import type { Content } from '../text/content.ts'
import { collect } from './collect.ts'
import type { Reader } from './reader.ts'

const format = 'commit-id'

/**
 * A file with nothing in it but a whole commit id: the commit that a training ran on, as MLflow keeps it under
 * `tags/mlflow.source.git.commit` of a run, and as `git rev-parse HEAD` prints it.
 */
export const commitId: Reader = {
  format,
  labels: [],
  recognises: (content) => idIn(content) !== undefined,
  read: (input) => {
    const found = collect(input, format)
    const commit = idIn(input.content)
    if (commit !== undefined)
      found.record((source) => ({
        ...{ kind: 'run', commit, frameworks: {}, doubts: [], tool: 'git' },
        source,
      }))
    return found.reading()
  },
}

function idIn(content: Content): string | undefined {
  if (content.kind !== 'text' || content.text.length > 100) return undefined
  return /^([0-9a-f]{40}|[0-9a-f]{64})\s*$/.exec(content.text)?.[1]
}
