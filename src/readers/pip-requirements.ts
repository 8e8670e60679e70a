import type { Package } from '../core/training-evidence.ts'
import type { Content } from '../text/content.ts'
import { collect } from './collect.ts'
import type { Reader } from './reader.ts'
import { linesIn, MOST_PACKAGES, requiredBy, saysRequirement } from './requirements.ts'

const format = 'pip-requirements'
/** As much of a text as it takes to see what it is. */
const LOOKED_AT = 20

/** A requirements file of pip, pip-tools or uv: `name==version` with `--hash=sha256:…` is pinned by its bytes. */
export const pipRequirements: Reader = {
  format,
  labels: [],
  recognises: isRequirements,
  read: (input) => {
    const found = collect(input, format)
    if (input.content.kind !== 'text') return found.reading()
    const packages: Package[] = []
    const includes: string[] = []
    const all = linesIn(input.content.text)
    if (all.length > MOST_PACKAGES) {
      found.fault([], { code: 'too_many', limit: MOST_PACKAGES })
      return found.reading()
    }
    for (const { line, text } of all) {
      const required = requiredBy(text)
      if (required === undefined) found.malformed([line], 'a requirement as pip reads it')
      else if (required.kind === 'package') packages.push(required.package)
      else if (required.kind === 'include') includes.push(required.file)
    }
    found.record((source) => ({ kind: 'environment', packages, includes, tool: 'pip', source }))
    return found.reading()
  },
}

/** A list of bare words is a list of anything: a line must say a version, a digest, a package's place or an option. */
function isRequirements(content: Content): boolean {
  if (content.kind !== 'text') return false
  const head = linesIn(content.text.slice(0, 100_000)).slice(0, LOOKED_AT)
  return (
    head.every(({ text }) => requiredBy(text) !== undefined) && head.some(({ text }) => saysRequirement(text))
  )
}
