import { ANNEX_IV_ALWAYS, MOST_SHARED, WORDS_EACH } from '../core/records/documentation.ts'
import { ABSENT, type Field, NOTHING_FOUND, VULNERABILITY_STATES } from '../core/records/field.ts'
import { WRITTEN, type WrittenKind } from '../core/records/kinds.ts'
import { hasConditions } from '../core/records/outcome.ts'
import { SENTENCE_WORDS } from '../core/written-record.ts'

/** The widest key with its TODO; what is wider has its comment right behind it. */
const COLUMN = 34

/** A record of a kind in which every field is a placeholder, with what belongs there beside each. */
export function recordTemplate(kind: WrittenKind, model: string): string {
  const { title, fields, outcome, expires, max_age } = WRITTEN[kind]
  const lines = [
    `# ${title.charAt(0).toUpperCase()}${title.slice(1)}. What it says holds for ${max_age} days, unless the criteria say otherwise.`,
    `# A yes, a no or a TODO is no answer, and a sentence has ${SENTENCE_WORDS} words; confidential documents stay where they are, only their digest is here.`,
    ...(hasAnswers(kind) ? ANSWERS : []),
    'gonogo: 1',
    `record: ${kind}`,
    commented(`model: ${model}`, 'without it, a record beside the floor is about every model'),
    commented('owner: TODO', 'the person or team that answers for it'),
    commented('date: TODO', 'the day of the record, 2026-01-31'),
    ...(expires ? [commented('expires: TODO', 'the last day on which it holds')] : []),
    ...Object.entries(fields).flatMap(([name, field]) => linesOf(name, field)),
    commented('outcome: TODO', `${outcome.of.join(' | ')}: ${outcome.says}`),
    ...(hasConditions(outcome)
      ? [
          commented('# conditions:', 'with conditions; `met:` is the day on which it was done'),
          '#   - { what: ..., due: 2026-06-30, met: 2026-05-31, for: <the field that holds only with it> }',
        ]
      : []),
  ]
  return `${lines.join('\n')}\n`
}

const ANSWERS = [
  '# Each heading is one of: { document: <name in the manifest>, section: <heading> }, { evidence: <path> },',
  '# or { not_applicable: <the reason, in words, of this heading alone> }, which these are never:',
  ...[ANNEX_IV_ALWAYS.slice(0, 8), ANNEX_IV_ALWAYS.slice(8)].map(
    (some, at) => `#   ${some.join(', ')}${at === 0 ? ',' : '.'}`,
  ),
  `# A section has ${WORDS_EACH} words or more for each heading that it answers, and answers ${MOST_SHARED} at the most.`,
]

function hasAnswers(kind: WrittenKind): boolean {
  return Object.values<Field>(WRITTEN[kind].fields).some((one) => one.kind === 'answer')
}

function linesOf(name: string, field: Field): readonly string[] {
  const { says, when } = field
  const only = when === undefined ? says : `${says}; where ${when.field} is ${when.is.join(' or ')}`
  switch (field.kind) {
    case 'file':
      return asked(field, [commented(`${name}:`, only), '  name: TODO', '  sha256: TODO'])
    case 'test':
      return asked(field, [
        commented(`${name}:`, only),
        commented('  date: TODO', 'the day of the test'),
        commented('  result: TODO', 'passed | failed'),
        commented(
          '  evidence: TODO',
          "path of the report, in the manifest's evidence, or { name: ..., sha256: ... }",
        ),
      ])
    case 'files':
      return asked(field, [
        commented(`${name}:`, only),
        commented('  - path: TODO', 'as the manifest has it'),
        commented('    sha256: TODO', 'or blob: its git blob id'),
      ])
    case 'signers':
      return asked(field, [
        commented(`${name}:`, only),
        '  - name: TODO',
        '    role: TODO',
        commented('    signed: TODO', 'the day, 2026-01-31'),
      ])
    case 'clauses':
      return asked(field, [commented(`${name}: TODO`, `["7.1", "Annex C"]: ${only}`)])
    case 'provision':
      return asked(field, [
        commented(`${name}:`, `${only}; in place of both \`${name}: ${ABSENT}\`, with a condition for it`),
        commented('  clause: TODO', 'its number, in quotes'),
        '  says: TODO',
      ])
    case 'vulnerabilities':
      return asked(field, [
        commented(`${name}:`, `${only}; or \`${name}: ${NOTHING_FOUND}\``),
        commented('  - id: TODO', 'CVE-2026-1234, or what it is called'),
        commented('    state: TODO', VULNERABILITY_STATES.join(' | ')),
        commented('    says: TODO', 'why it does not apply, what was done, or who bears it and why'),
      ])
    case 'cost':
      return asked(field, [commented(`${name}: TODO`, `with a figure: ${only}`)])
    case 'choice':
      return asked(field, [commented(`${name}: TODO`, `${field.of.join(' | ')}: ${only}`)])
    case 'people':
    case 'parties':
    case 'list':
      return asked(field, [commented(`${name}: TODO`, `[..., ...]: ${only}`)])
    default:
      return asked(field, [commented(`${name}: TODO`, only)])
  }
}

/** What may be left out is there as a comment. */
function asked({ optional, when }: Field, lines: readonly string[]): readonly string[] {
  return optional || when ? lines.map((line) => `# ${line}`) : lines
}

function commented(text: string, comment: string): string {
  return `${text.padEnd(COLUMN - 1)} # ${comment}`
}
