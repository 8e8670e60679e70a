import type { Reading } from '../core/evidence.ts'
import type { ScanIssue } from '../core/scan.ts'
import type { Content } from '../text/content.ts'
import { collect } from './collect.ts'
import { type Fields, fieldsAt, isFields, objectsIn } from './narrow.ts'
import type { Input, Reader } from './reader.ts'
import { issueOf, pathOf, recordScan, scannedFile, short } from './scan-parts.ts'

const format = 'huggingface-security'

/** Statuses under which a file was looked at, and nothing was found. */
const CLEAN: readonly unknown[] = ['safe', 'innocuous']
/** Statuses under which something was. */
const FOUND: ReadonlyMap<unknown, ScanIssue['severity']> = new Map([
  ['caution', 'low'],
  ['suspicious', 'medium'],
  ['dangerous', 'high'],
  ['unsafe', 'high'],
])

/**
 * What the Hugging Face Hub says of the files of a repository: the listing of a tree with `expand=true`, whole or a file
 * of it. A file without a status was not scanned, which is not the same as clean; of a file in Git LFS the listing has
 * the sha256.
 */
export const hfSecurity: Reader = {
  format,
  labels: [],
  recognises: (content) => filesOf(content) !== undefined,
  read,
}

function filesOf(content: Content): readonly Fields[] | undefined {
  if (content.kind !== 'data') return undefined
  const all: readonly unknown[] = Array.isArray(content.value) ? content.value : [content.value]
  const files = all.filter(isFields)
  const isListing =
    files.length > 0 &&
    files.length === all.length &&
    files.every((file) => typeof file.path === 'string' || typeof file.rfilename === 'string') &&
    files.some((file) => Object.hasOwn(file, 'securityFileStatus'))
  return isListing ? files.filter(({ type }) => type === undefined || type === 'file') : undefined
}

function read(input: Input): Reading {
  const found = collect(input, format)
  const files = filesOf(input.content)
  if (files === undefined) return found.reading()
  const all = files.map((file) => {
    const name = pathOf(file.path) ?? pathOf(file.rfilename) ?? 'a file without a name'
    return { name, file, issue: issueIn(name, file), clean: isClean(file) }
  })
  recordScan(found, {
    tool: 'huggingface',
    proof: 'ran',
    files: all
      .filter(({ clean, issue }) => clean || issue !== undefined)
      .map(({ name, file }) => scannedFile(name, fieldsAt(file, 'lfs').oid ?? fieldsAt(file, 'lfs').sha256)),
    skipped: all
      .filter(({ clean, issue }) => !clean && issue === undefined)
      .map(({ name, file }) => ({ name, why: unscanned(file) })),
    errors: [],
    issues: all.flatMap(({ issue }) => issue ?? []),
  })
  return found.reading()
}

function statusOf(file: Fields): unknown {
  return fieldsAt(file, 'securityFileStatus').status
}

/** A scan for viruses that says `null`, or nothing, did not run; that of pickles is only of files that are some. */
function isClean(file: Fields): boolean {
  const { avScan } = fieldsAt(file, 'securityFileStatus')
  return CLEAN.includes(statusOf(file)) && isFields(avScan) && avScan.virusFound === false
}

function unscanned(file: Fields): string {
  const status = short(statusOf(file))
  return status === undefined
    ? 'not scanned'
    : CLEAN.includes(statusOf(file))
      ? `${status}, and avScan.virusFound is not false: not scanned for viruses`
      : status
}

function issueIn(name: string, file: Fields): ScanIssue | undefined {
  const status = fieldsAt(file, 'securityFileStatus')
  const virus = fieldsAt(status, 'avScan')
  if (virus.virusFound === true || (Array.isArray(virus.virusNames) && virus.virusNames.length > 0)) {
    const [first] = Array.isArray(virus.virusNames) ? virus.virusNames : []
    return issueOf('critical', short(first) ?? 'a virus', name)
  }
  const imports = fieldsAt(status, 'pickleImportScan')
  const worst = FOUND.get(imports.highestSafetyLevel) ?? FOUND.get(status.status)
  if (worst !== undefined) return issueOf(worst, importsIn(imports) ?? short(status.status), name)
  return undefined
}

function importsIn({ pickleImports }: Fields): string | undefined {
  const bad = objectsIn(pickleImports).filter(({ safety }) => FOUND.has(safety))
  return short(bad.map((one) => `${short(one.module) ?? '?'}.${short(one.name) ?? '?'}`).join(', '))
}
