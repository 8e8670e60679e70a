import { z } from 'zod'
import type { Says, Subject } from '../../core/attestation.ts'
import { parseJson } from '../../text/json.ts'
import { contentDigests } from './digests.ts'
import { saysOf } from './predicates.ts'

const TYPES = ['https://in-toto.io/Statement/v1', 'https://in-toto.io/Statement/v0.1'] as const
/** What `actions/attest` allows at most. */
const MAX_SUBJECTS = 1024

const Statement = z.object({
  _type: z.enum(TYPES),
  subject: z
    .array(
      z.object({
        name: z.string().max(4096).nullish(),
        digest: z.record(z.string().max(100), z.string().max(1000)),
      }),
    )
    .min(1)
    .max(MAX_SUBJECTS),
  predicateType: z.string().min(1).max(500),
  predicate: z.unknown(),
})

/** An in-toto statement, v1 or v0.1 (github.com/in-toto/attestation/spec). */
export type Stated = {
  readonly predicateType: string
  readonly says: Says
  readonly subjects: readonly Subject[]
  /** What stands for nothing in it: a digest of no bytes, an identity that was never filled in. */
  readonly placeholder?: string
  /** As it was written, for what only some signers must say. */
  readonly predicate: unknown
  /** One name has two contents. */
  readonly twice: boolean
}

/** Reads a statement out of the bytes that were signed; undefined for whatever is none, or has a key twice. */
export function statementIn(payload: Uint8Array): Stated | undefined {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(payload)
  } catch {
    return undefined
  }
  const { value, problems } = parseJson(text, 'payload')
  // Of a key that stands twice, two readers would take two values.
  return problems.length > 0 ? undefined : stated(value)
}

/** A statement that was parsed, its keys each once; undefined for what is none or whose predicate lacks what it must have. */
export function stated(value: unknown): Stated | undefined {
  const read = Statement.safeParse(value)
  if (!read.success) return undefined
  const { predicateType, predicate, subject } = read.data
  const found = saysOf(predicateType, predicate)
  if (found === undefined) return undefined
  const subjects = subject.map(({ name, digest }): Subject & { readonly empty: boolean } => ({
    ...(typeof name === 'string' && name !== '' && { name }),
    ...contentDigests(digest),
  }))
  const empty = subjects.some((one) => one.empty)
  const placeholder = found.placeholder ?? (empty ? 'the digest of an empty file' : undefined)
  return {
    predicateType,
    says: found.says,
    subjects: subjects.map(({ empty: _, ...one }) => one),
    ...(placeholder !== undefined && { placeholder }),
    predicate,
    twice: hasTwice(subject),
  }
}

type Written = z.infer<typeof Statement>['subject']

/** Whether two subjects have one name and differ in a digest that both give. */
function hasTwice(subjects: Written): boolean {
  const named = Map.groupBy(
    subjects.filter(({ name }) => typeof name === 'string' && name !== ''),
    ({ name }) => name,
  )
  return [...named.values()].some((group) => {
    const seen = new Map<string, string>()
    return group.some(({ digest }) =>
      Object.entries(digest).some(([algorithm, written]) => {
        const before = seen.get(algorithm)
        seen.set(algorithm, written.toLowerCase())
        return before !== undefined && before !== written.toLowerCase()
      }),
    )
  })
}
