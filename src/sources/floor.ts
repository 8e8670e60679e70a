import { z } from 'zod'
import type { Evidence } from '../core/evidence.ts'
import { FLOOR_RECORDS } from '../core/paths.ts'
import type { Problem } from '../core/problem.ts'
import { TRAINING_EVIDENCE } from '../core/training-evidence.ts'
import { isObserved } from '../criteria/effective.ts'
import { type FloorFacts, floorOf, type ParsedFloor, parseFloor } from '../criteria/floor.ts'
import { readEvidence } from '../readers/index.ts'
import { decode } from '../text/decode.ts'
import { parseYaml } from '../text/yaml.ts'

/** GraphQL cuts a text off past this, so no floor is longer. */
export const MAX_FLOOR_BYTES = 512_000

/** What stands where the floor should be: its text, how many bytes there are of more than is read, or what else it is. */
export type Written = z.infer<typeof Written>
const Written = z.union([
  z.object({ text: z.string() }),
  z.object({ bytes: z.number() }),
  z.object({ found: z.enum(['folder', 'link', 'submodule']) }),
  /** No text in UTF-8. */
  z.object({ unread: z.literal(true) }),
])

/** What GitHub shows of an owner's floor; `absent` where there is no such repository, branch or file to be seen. */
export type ToldFloor = z.infer<typeof ToldFloor>
export const ToldFloor = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['absent', 'unreadable']), repository: z.string(), path: z.string() }),
  z.object({
    kind: z.literal('read'),
    repository: z.string(),
    path: z.string(),
    commit: z.string(),
    sha: z.string(),
    written: Written,
    // What was kept before there were any has none.
    records: z.array(z.object({ path: z.string(), sha: z.string(), written: Written })).exactOptional(),
  }),
])

/** The floor that holds, by what GitHub shows of it. */
export function floorFactsOf(told: ToldFloor, required: boolean): FloorFacts {
  if (told.kind === 'read') {
    const { written, records = [], ...about } = told
    return { ...about, ...withRecords(floorIn(written, told.path), records, `${told.repository}:`) }
  }
  const { kind, repository, path } = told
  if (kind === 'unreadable') return { kind, repository, path }
  return required ? { kind, required, repository } : { kind: 'none', repository }
}

/** A file beside the floor. */
export type Beside = {
  readonly path: string
  /** Its path in the floor's repository, where `path` is another one. */
  readonly name?: string
  readonly sha: string
  readonly written: Written
}

/** No organisation has more for all of its models. */
const MOST_RECORDS = 50

/**
 * A floor with the records that stand beside it, under paths that begin with `where`. Only what a record says is
 * taken: no number, no test and no scan is every model's. A fault in one is one of the floor, since nobody knows what it would say.
 */
export function withRecords(floor: ParsedFloor, files: readonly Beside[], where: string): WithRecords {
  const many: readonly Problem[] =
    files.length > MOST_RECORDS ? [{ path: FLOOR_RECORDS, code: 'too_many', limit: MOST_RECORDS }] : []
  const read = files.slice(0, MOST_RECORDS).map((file) => recordIn(file, where))
  const problems = [...floor.problems, ...many, ...read.flatMap((one) => one.problems)]
  return { ...floor, problems, records: read }
}

type WithRecords = ParsedFloor & { readonly records: readonly Evidence[] }

const OF_ONE_MODEL: readonly string[] = [
  'document',
  'suite',
  'adapter',
  'card',
  'attestation',
  'scan',
  ...TRAINING_EVIDENCE,
]

function recordIn({ path, name = path, sha, written }: Beside, where: string): Evidence {
  const about = {
    path: `${where}${name}`,
    sha,
    trust: 'typed',
    about: 'candidate',
    measurements: [],
  } as const
  if (!('text' in written)) {
    const { problems } = floorIn(written, path)
    return { ...about, records: [], problems }
  }
  const { format, reading } = readEvidence(Buffer.from(written.text, 'utf8'), about.path, sha)
  // What is about one model serves no others.
  const records = reading.records.filter(({ kind }) => !OF_ONE_MODEL.includes(kind))
  const none: readonly Problem[] =
    reading.problems.length === 0 && records.length === 0 ? [{ path, line: 1, code: 'unknown_file' }] : []
  return {
    ...{ ...about, records, problems: [...reading.problems.map((one) => ({ ...one, path })), ...none] },
    ...(format !== undefined && { format }),
  }
}

/** The floor that a file holds; every fault is a problem. */
export function floorIn(written: Written, path: string): ParsedFloor {
  const faulty = (problem: Problem) => ({ problems: [problem], lines: {} })
  if ('found' in written) return faulty({ path, code: 'not_a_file', file: path, found: written.found })
  if ('bytes' in written)
    return faulty({ path, code: 'too_large', bytes: written.bytes, limit: MAX_FLOOR_BYTES })
  if ('unread' in written) return faulty({ path, code: 'not_utf8' })
  const decoded = decode(Buffer.from(written.text, 'utf8'), path)
  return 'problem' in decoded ? faulty(decoded.problem) : parseFloor(parseYaml(decoded.text, path), path)
}

/** The custom properties by which a floor may have a repository observed, where nothing else has it observed. */
export function observingProperties(
  facts: FloorFacts,
  about: { readonly repositoryId?: number },
): readonly string[] {
  const floor = floorOf(facts)?.floor
  return isObserved(floor, about) ? [] : Object.keys(floor?.observe?.property ?? {})
}
