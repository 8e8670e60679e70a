import { z } from 'zod'
import { ABSENT, type Field, NOTHING_FOUND, VULNERABILITY_STATES } from '../core/records/field.ts'
import { WRITTEN, type WrittenKind } from '../core/records/kinds.ts'
import { type Ending, hasConditions } from '../core/records/outcome.ts'
import { isUnfilled } from './filled.ts'

const MOST_LETTERS = 20_000
const MOST_ENTRIES = 200

const Text = z.union([z.string().max(MOST_LETTERS), z.null(), z.boolean()])
/** Beside the form of a field: each is a branch of its own, so that a fault in a map is told by its key. */
const OPEN = [
  // It ends there: else this branch alone would speak for the union.
  z.string().refine(isUnfilled, { error: 'a value, or a placeholder such as TODO', abort: true }),
  z.null(),
  z.boolean(),
] as const
const Day = z.iso.date('a day such as 2026-01-31')
const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'a sha256 of 64 hex digits')
const List = z.union([z.array(Text).max(MOST_ENTRIES), z.string().max(MOST_LETTERS), z.null(), z.boolean()])

/** A file by name and digest. */
const FileField = z.strictObject({
  name: Text.optional().describe('what it is called'),
  sha256: z
    .union([Sha256, ...OPEN])
    .optional()
    .describe('sha256 of its bytes'),
})
/** A test by day and result. */
const TestField = z.strictObject({
  date: z
    .union([Day, ...OPEN])
    .optional()
    .describe('the day of the test, YYYY-MM-DD'),
  result: z
    .union([z.enum(['passed', 'failed']), ...OPEN])
    .optional()
    .describe('passed or failed'),
  evidence: z
    .union([FileField, Text])
    .optional()
    .describe(
      'the report of it: a path, as the manifest has it, or name and sha256 of what is confidential or elsewhere',
    ),
})
/** Where something is answered: in a section of a document, in a file, or nowhere, with the reason. */
const AnswerField = z.strictObject({
  document: Text.optional().describe('the name that the manifest gives a document'),
  section: Text.optional().describe('a heading of that document'),
  evidence: Text.optional().describe('path of a file of the evidence, as the manifest has it'),
  not_applicable: Text.optional().describe('why there is nothing to be said, in words'),
})
const Blob = z.string().regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/, 'a git blob id of 40 or 64 hex digits')
const SignedFileField = z.strictObject({
  path: Text.optional().describe('path of a file of the evidence, as the manifest has it'),
  sha256: z
    .union([Sha256, ...OPEN])
    .optional()
    .describe('sha256 of its bytes'),
  blob: z
    .union([Blob, ...OPEN])
    .optional()
    .describe('its git blob id, instead of the sha256'),
})
const SignerField = z.strictObject({
  name: Text.optional().describe('the person, by name'),
  role: Text.optional().describe('as what the person signs'),
  signed: z
    .union([Day, ...OPEN])
    .optional()
    .describe('the day of the signature, YYYY-MM-DD'),
})
/** What a contract says of a thing, and in which clause. */
const ProvisionField = z.strictObject({
  clause: Text.optional().describe('the clause by its number, such as 12.3 or Annex C, in quotes'),
  says: Text.optional().describe('what it says, in your own words'),
})
/** One word, told as what stands beside a map or a list. */
const only = (word: string, wanted: string) =>
  z.string().refine((one) => one === word, { error: wanted, abort: true })
/** A vulnerability and what became of it. */
const VulnerabilityField = z.strictObject({
  id: Text.optional().describe('its id, such as CVE-2026-1234, or what it is called'),
  state: z
    .union([z.enum(VULNERABILITY_STATES), ...OPEN])
    .optional()
    .describe('what became of it'),
  says: Text.optional().describe('why it does not apply, what was done, or who bears it and why'),
})
const ConditionField = z.strictObject({
  what: z.string().min(1).max(MOST_LETTERS).describe('what is to be done'),
  due: Day.describe('the day by which it is to be done'),
  met: Day.optional().describe('the day on which it was done'),
  for: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .describe('the field whose word holds only with it, such as exit'),
})

function schemaOfField(field: Field): z.ZodType {
  switch (field.kind) {
    case 'prose':
    case 'cost':
    case 'text':
    case 'who':
      return Text
    case 'people':
    case 'parties':
    case 'list':
    case 'clauses':
      return List
    case 'choice':
      return z.union([z.enum(field.of), ...OPEN])
    case 'day':
      return z.union([Day, ...OPEN])
    case 'file':
      return z.union([FileField, ...OPEN])
    case 'test':
      return z.union([TestField, ...OPEN])
    case 'provision':
      return z.union([
        ProvisionField,
        only(ABSENT, `{ clause: ..., says: ... }, or the word ${ABSENT}`),
        ...OPEN,
      ])
    case 'vulnerabilities':
      return z.union([
        z.array(VulnerabilityField).max(MOST_ENTRIES),
        only(NOTHING_FOUND, `a list of { id, state, says }, or the word ${NOTHING_FOUND}`),
        ...OPEN,
      ])
    case 'answer':
      return z.union([AnswerField, ...OPEN])
    case 'files':
      return z.union([z.array(SignedFileField).max(MOST_ENTRIES), ...OPEN])
    case 'signers':
      return z.union([z.array(SignerField).max(MOST_ENTRIES), ...OPEN])
  }
}

const COMMON = {
  model: z.string().min(1).max(200).optional().describe('the only model that it is about; without it, any'),
  owner: Text.optional().describe('the person or team that answers for it'),
  date: z
    .union([Day, ...OPEN])
    .optional()
    .describe('day of the record, YYYY-MM-DD'),
  expires: z
    .union([Day, ...OPEN])
    .optional()
    .describe('the last day on which it holds'),
}
const Conditions = z
  .union([z.array(ConditionField).max(MOST_ENTRIES), ...OPEN])
  .optional()
  .describe('what is to be done until when, where the outcome is with conditions')

function schemaOfEnding(ending: Ending): Readonly<Record<string, z.ZodType>> {
  const outcome = z.union([z.enum(ending.of), ...OPEN])
  return {
    outcome: outcome.optional().describe(ending.says),
    ...(hasConditions(ending) && { conditions: Conditions }),
  }
}

/** The schema of one kind of record: every field may be left open, and is then said to be. */
export function recordSchema(kind: WrittenKind) {
  const { title, fields, outcome } = WRITTEN[kind]
  const own = Object.entries(fields).map(
    ([name, field]) => [name, schemaOfField(field).optional().describe(field.says)] as const,
  )
  return z
    .strictObject({
      gonogo: z.literal(1).describe('version of this file format'),
      record: z.literal(kind).describe('the kind of record'),
      ...COMMON,
      ...Object.fromEntries(own),
      ...schemaOfEnding(outcome),
    })
    .describe(title)
}
