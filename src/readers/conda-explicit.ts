import { isPackageDigest } from '../core/digests.ts'
import type { Package } from '../core/training-evidence.ts'
import type { Content } from '../text/content.ts'
import { collect } from './collect.ts'
import { digestsIn } from './digests.ts'
import type { Reader } from './reader.ts'
import { linesIn, MOST_PACKAGES } from './requirements.ts'

const format = 'conda-explicit'

/** `conda list --explicit`, and what `conda-lock render` writes: an address of each package, with its digest behind `#`. */
export const condaExplicit: Reader = {
  format,
  labels: [],
  recognises: (content) => isExplicit(content),
  read: (input) => {
    const found = collect(input, format)
    if (input.content.kind !== 'text') return found.reading()
    const lines = input.content.text
      .split(/\r?\n/)
      .map((text, index) => ({ line: index + 1, text: text.trim() }))
      .filter(({ text }) => text !== '' && !/^[#@]/.test(text))
    if (lines.length > MOST_PACKAGES) {
      found.fault([], { code: 'too_many', limit: MOST_PACKAGES })
      return found.reading()
    }
    const packages = lines.flatMap(({ line, text }): readonly Package[] => {
      const one = packageOf(text)
      if (one === undefined) found.malformed([line], 'the address of a package')
      return one === undefined ? [] : [one]
    })
    found.record((source) => ({ kind: 'environment', packages, includes: [], tool: 'conda', source }))
    return found.reading()
  },
}

function isExplicit(content: Content): boolean {
  return (
    content.kind === 'text' &&
    linesIn(content.text.slice(0, 10_000)).find(({ text }) => text !== '')?.text === '@EXPLICIT'
  )
}

/** The name of a file is `name-version-build`, which a digest makes sure of: md5, or sha256 with its name before it. */
function packageOf(text: string): Package | undefined {
  const [, file, digest] =
    /^[a-z]{2,5}:\/\/\S{1,500}\/([\w.+!-]{1,200})\.(?:conda|tar\.bz2)(?:#(?:sha256:)?([0-9a-f]{32,64}))?$/.exec(
      text,
    ) ?? []
  if (file === undefined) return undefined
  const { digests } = digestsIn(digest?.length === 64 ? { sha256: digest } : { md5: digest })
  const isFixed = digests.length > 0 || /-[^-]+-[^-]+$/.test(file)
  const hashed = isPackageDigest('sha256', digest)
  return {
    written: file,
    ...(!isFixed && { loose: 'no_version' as const }),
    ...(hashed && { hashed: true as const }),
  }
}
