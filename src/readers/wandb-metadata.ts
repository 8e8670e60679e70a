import type { Reading } from '../core/evidence.ts'
import type { Content } from '../text/content.ts'
import { collect } from './collect.ts'
import { nameOf } from './names.ts'
import { type Fields, fieldsAt, isFields } from './narrow.ts'
import type { Input, Reader } from './reader.ts'
import { remoteOf } from './remotes.ts'
import { settingsOf, settingsOfArguments } from './settings.ts'
import { isoOf } from './times.ts'

const format = 'wandb-metadata'

/** What W&B writes of every run; none of it is anybody else's name for these things together. */
const OWN = ['startedAt', 'heartbeatAt', 'codePath', 'program', 'executable', 'python', 'os', 'cpu_count']

/**
 * `wandb-metadata.json`: what ran, where and from which commit. People and machines that it names are not read. It does
 * not say whether files were changed beside the commit.
 */
export const wandbMetadata: Reader = {
  format,
  labels: [],
  shapes: [['git', ...OWN]],
  recognises: (content) => metadataOf(content) !== undefined,
  read,
}

function metadataOf(content: Content): Fields | undefined {
  if (content.kind !== 'data' || !isFields(content.value)) return undefined
  const { value } = content
  const has = OWN.filter((key) => Object.hasOwn(value, key)).length
  return 'startedAt' in value && has >= 4 ? value : undefined
}

function read(input: Input): Reading {
  const found = collect(input, format)
  const metadata = metadataOf(input.content) ?? {}
  const git = fieldsAt(metadata, 'git')
  const commit = nameOf(git.commit)
  const remote = remoteOf(git.remote)
  const started = isoOf(metadata.startedAt, 'utc')
  const hardware = nameOf(metadata.gpu)
  const frameworks = (['python', 'cuda'] as const).flatMap((key) => {
    const version = nameOf(metadata[key])
    return version === undefined ? [] : [[key, version] as const]
  })
  found.record((source) => ({
    kind: 'run',
    ...(commit !== undefined && { commit }),
    ...(remote !== undefined && { remote }),
    ...(started !== undefined && { started }),
    ...(hardware !== undefined && { hardware }),
    ...{ frameworks: Object.fromEntries(frameworks), doubts: [], tool: 'wandb' },
    source,
  }))
  const args = Array.isArray(metadata.args) ? settingsOfArguments(metadata.args) : {}
  const { values, unresolved } = settingsOf(args)
  if (Object.keys(values).length > 0)
    found.record((source) => ({ kind: 'parameters', of: 'run', values, unresolved, tool: 'wandb', source }))
  return found.reading()
}
