import { stripTypeScriptTypes } from 'node:module'
import { posix } from 'node:path'

/** One file of the program by its path from `src/`. */
export type Source = { readonly path: string; readonly text: string }

type Table = Readonly<Record<string, readonly string[]>>

/**
 * Which part may import which; every part may import itself. A part is a folder, or a file that stands alone.
 * `cli` starts the app and plays the demo, `demo` starts the real app; `app` knows neither.
 */
export const MAY_IMPORT: Table = {
  core: [],
  text: ['core'],
  statistics: [],
  checks: ['core', 'text', 'statistics'],
  readers: ['core', 'text', 'attest/proof', 'schemas'],
  // Published schemas that come with a package, and are compiled when they are first asked for.
  schemas: [],
  formats: ['core', 'text'],
  criteria: ['core', 'text', 'checks', 'statistics'],
  starter: ['core'],
  'facts.ts': ['core', 'criteria'],
  registration: ['core', 'criteria', 'facts.ts'],
  render: ['core'],
  'judged.ts': ['core', 'checks', 'criteria', 'registration', 'facts.ts'],
  'evaluate.ts': ['core', 'text', 'checks', 'criteria', 'registration', 'facts.ts', 'judged.ts'],
  sources: ['core', 'text', 'criteria', 'readers', 'formats', 'facts.ts', 'sources/rows', 'attest/proof'],
  // Rows are counted at the edge, where they are; only counts go on.
  'sources/rows': ['core', 'text', 'criteria', 'statistics'],
  'sources/git': ['sources'],
  // What GitHub is asked beforehand is known by its path.
  'sources/github': ['core', 'sources'],
  github: ['render', 'sources', 'sources/github'],
  'engine.ts': [],
  ledger: [],
  attest: [],
  // Signatures are arithmetic: they are verified with what is at hand, where evidence is read.
  'attest/proof': ['core', 'text'],
  'config.ts': ['core', 'ledger'],
  'config-doctor.ts': ['config.ts'],
  app: [
    'core',
    'facts.ts',
    'evaluate.ts',
    'render',
    'sources',
    'sources/github',
    'github',
    'engine.ts',
    'config.ts',
    'ledger',
    'attest',
  ],
  demo: ['core', 'render', 'sources', 'sources/github', 'github', 'engine.ts', 'config.ts', 'app'],
  cli: [
    ...[
      'core',
      'text',
      'checks',
      'readers',
      'criteria',
      'starter',
      'facts.ts',
      'registration',
      'render',
      'evaluate.ts',
    ],
    ...[
      'sources',
      'sources/git',
      'sources/rows',
      'sources/github',
      'github',
      'engine.ts',
      'config.ts',
      'config-doctor.ts',
      'app',
      'demo',
      'ledger',
    ],
  ],
  'main.ts': ['cli'],
}

/** What the pure parts may take from npm; `mdast` is types. */
const PURE_PACKAGES = [
  'zod',
  'yaml',
  'jsonc-parser',
  'csv-parse',
  'big.js',
  'spdx-expression-parse',
  'fastest-levenshtein',
  'ignore',
  'mdast-util-from-markdown',
  'mdast',
  'fflate',
  'sax',
  'smol-toml',
  '@stdlib',
  'uuid',
  'spdx-expression-parse',
  'spdx-satisfies',
]

/** What else one part may take, without which it could verify nothing; all of it depends on arguments alone. */
const PACKAGES_OF: Table = {
  'attest/proof': ['node:crypto', '@sigstore'],
  // Computes from bytes alone, up to a limit.
  formats: ['node:zlib'],
  schemas: ['node:module', 'ajv', 'ajv-formats'],
}
const PURE = [
  'core',
  'checks',
  'criteria',
  'starter',
  'readers',
  'formats',
  'registration',
  'render',
  'statistics',
  'text',
  'schemas',
  'attest/proof',
  'evaluate.ts',
  'judged.ts',
  'facts.ts',
]

/** `new Date(value)` is arithmetic; `new Date()` is the clock. */
const IMPURE: readonly RegExp[] = [
  /\bprocess\b\s*[.[]/,
  /\bglobalThis\b/,
  /\bDate\.now\b/,
  /\bDate\(\s*\)/,
  /\bnew Date\b(?!\()/,
  /\bMath\.random\b/,
  /\bperformance\b\s*\./,
  /\bcrypto\b\s*\./,
  /\bfetch\(/,
  /\bconsole\b\s*\./,
  /\bset(?:Timeout|Interval|Immediate)\(/,
  /\.toLocale/,
  // Of its versions these two are digests of a name; the others are random, or the clock.
  /\{(?![^}]*\bv[35]\b[^}]*\})[^}]*\} from 'uuid'/,
]

/** The part of the program that a file belongs to. */
export function partOf(path: string): string {
  const [folder = '', second] = path.split('/')
  const inner = `${folder}/${second}`
  return Object.hasOwn(MAY_IMPORT, inner) ? inner : folder
}

/** Everything that a file imports, types included: a path from `src/`, or a package. */
export function importsOf({ path, text }: Source): readonly string[] {
  const found = text.matchAll(/\b(?:from|import)\s*\(?\s*(['"])([^'"\n]+)\1/g)
  return [...found].flatMap(([, , written]) =>
    written === undefined
      ? []
      : [written.startsWith('.') ? posix.normalize(posix.join(posix.dirname(path), written)) : written],
  )
}

const isPackage = (imported: string): boolean => !imported.endsWith('.ts')

/** Imports against the direction of `MAY_IMPORT`. */
export function wrongDirections(files: readonly Source[], table: Table = MAY_IMPORT): readonly string[] {
  return files.flatMap((file) => {
    const own = partOf(file.path)
    const allowed = table[own]
    if (allowed === undefined) return [`${file.path} belongs to no known part`]
    return importsOf(file)
      .filter((imported) => !isPackage(imported))
      .filter((imported) => partOf(imported) !== own && !allowed.includes(partOf(imported)))
      .map((imported) => `${file.path} imports ${imported}`)
  })
}

/** Import cycles, each once, by the files on it. */
export function cycles(files: readonly Source[]): readonly string[] {
  const graph = new Map(files.map((file) => [file.path, importsOf(file).filter((one) => !isPackage(one))]))
  const done = new Set<string>()
  const found: string[] = []
  const visit = (path: string, above: readonly string[]): void => {
    if (above.includes(path)) found.push([...above.slice(above.indexOf(path)), path].join(' -> '))
    if (above.includes(path) || done.has(path)) return
    for (const next of graph.get(path) ?? []) visit(next, [...above, path])
    done.add(path)
  }
  for (const path of graph.keys()) visit(path, [])
  return found
}

/** What makes a pure file depend on more than its arguments: clock, chance, environment, network, other packages. */
export function impurities(files: readonly Source[]): readonly string[] {
  return files
    .filter(({ path }) => PURE.includes(partOf(path)))
    .flatMap((file) => [
      ...importsOf(file)
        .filter(
          (one) =>
            isPackage(one) &&
            ![...PURE_PACKAGES, ...(PACKAGES_OF[partOf(file.path)] ?? [])].some(
              (name) => one === name || one.startsWith(`${name}/`),
            ),
        )
        .map((one) => `${file.path} imports ${one}`),
      ...IMPURE.flatMap((pattern) => {
        const found = pattern.exec(codeOf(file.text))
        return found ? [`${file.path} uses ${found[0]}`] : []
      }),
    ])
}

/** A text without its comments; lines stay where they are. */
export function codeOf(text: string): string {
  return text
    .split('\n')
    .map((line) => (/^\s*(?:\/\*|\*|\/\/)/.test(line) ? '' : line.replace(/\s\/\/\s.*$/, '')))
    .join('\n')
}

/** Where a file of one kind imports another of its kind instead of what they share. */
export function siblings(
  files: readonly Source[],
  folder: string,
  shared: readonly string[],
): readonly string[] {
  const index = `${folder}/index.ts`
  const open = [index, ...shared.map((name) => `${folder}/${name}.ts`)]
  return files
    .filter(({ path }) => path.startsWith(`${folder}/`) && path !== index)
    .flatMap((file) =>
      importsOf(file)
        .filter((one) => one.startsWith(`${folder}/`) && (one === index || !open.includes(one)))
        .map((one) => `${file.path} imports ${one}`),
    )
}

/** The files that read the environment. */
export function readsEnvironment(files: readonly Source[]): readonly string[] {
  return files
    .filter(({ text }) => /\bprocess\s*\.\s*env\b|\benv\s*\}\s*=\s*process\b/.test(codeOf(text)))
    .map(({ path }) => path)
}

/** What the house style forbids: `any`, enums, default exports, unexplained assertions, files that are too long. */
export function styleFaults(files: readonly Source[], longest = 250): readonly string[] {
  return files.flatMap(({ path, text }) => {
    const lines = text.trimEnd().split('\n')
    const code = codeOf(text)
    const faults = [
      ...(/^\s*(?:export\s+)?(?:declare\s+)?(?:const\s+)?enum\s/m.test(code) ? ['an enum'] : []),
      ...(/^\s*export\s+default\b|\bas\s+default\b/m.test(code) ? ['a default export'] : []),
      ...(lines.length > longest ? [`${lines.length} lines`] : []),
    ]
    // Without enums nothing in a file is more than its types taken away.
    if (faults.includes('an enum')) return faults.map((fault) => `${path}: ${fault}`)
    const stripped = stripTypeScriptTypes(text)
    return [
      ...faults,
      ...typesIn(text, stripped, /\bany\b/g).map((line) => `any on line ${line}`),
      ...typesIn(text, stripped, /\bas\b(?!\s+const\b)/g)
        .filter((line) => !explained(lines, line))
        .map((line) => `an assertion without its reason on line ${line}`),
    ].map((fault) => `${path}: ${fault}`)
  })
}

/** Lines on which a word stands where only types are: it goes when types are stripped. Import renames are none. */
function typesIn(text: string, stripped: string, word: RegExp): readonly number[] {
  const quiet = text
    .replaceAll(/\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\\n])*'|(?<=^|\s)\/\/[^\n]*/g, blank)
    .replaceAll(/^(?:import|export)\s[^;]*?\bfrom\b/gm, blank)
  return [...quiet.matchAll(word)]
    .filter(({ index, 0: found }) => stripped.slice(index, index + found.length).trim() === '')
    .map(({ index }) => text.slice(0, index).split('\n').length)
}

function blank(text: string): string {
  return text.replaceAll(/[^\n]/g, ' ')
}

/** A comment on the line, or above it; of an expression over several lines, above its first. */
function explained(lines: readonly string[], line: number): boolean {
  const own = lines[line - 1] ?? ''
  const above = lines[line - 2] ?? ''
  if (/\/\/\s|\/\*/.test(own) || /\/\/\s|\*\/|^\s*\*/.test(above)) return true
  return /^\s*(?:[?:.)]|&&|\|\|)/.test(own) && explained(lines, line - 1)
}
