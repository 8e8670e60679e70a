import { type Cause, CONTROL_TABLE, CONTROLS, type Control, requiredBecause } from '../core/controls.ts'
import type { Approach, Risk, Trait } from '../core/profile.ts'
import { TRAINING_FIELDS } from '../core/record.ts'
import { usualAge } from '../core/records/kinds.ts'
import type { Ask, Offered } from './ask.ts'
import { asksFor } from './asks.ts'

/** The model that a starter is for. */
export type Starting = {
  readonly model: string
  readonly risk: Risk
  readonly approach: Approach
  readonly traits: readonly Trait[]
}

type Required = { readonly control: Control; readonly because: readonly Cause[] }

/** The controls that a model must answer, in the order of the lifecycle, and why. */
export function requiredOf({ risk, approach, traits }: Starting): readonly Required[] {
  return CONTROLS.flatMap((control): readonly Required[] => {
    const because = requiredBecause(control, { risk, approaches: [approach], traits })
    return because === undefined ? [] : [{ control, because }]
  })
}

/**
 * Starter criteria that pass `gonogo lint`, but for the exam at high risk: every required control is asked, with why it is there and what is to be
 * decided about it. No control is said not to apply: only people can say that.
 */
export function starterCriteria(starting: Starting): string {
  const { model, risk, approach, traits } = starting
  const asked = requiredOf(starting).map(({ control, because }) => criterion(control, because, starting))
  return `# What must hold before ${model} may be released. Merge this before the training begins: it can't be loosened afterwards.
# Each bound here is a suggestion. Decide what stands behind "decide:", and delete those comments.
gonogo: 1
model: ${model}
risk: ${risk}
approach: ${approach}
${traits.length > 0 ? `traits: [${traits.join(', ')}]\n` : ''}
${risk === 'high' ? HIGH_RISK_EXAM : EXAM}
#   holdout:
#     digest: { sha256: ... }      # of the file; sha256sum FILE
#     rows: 1000

criteria:
${asked.join('\n')}`
}

const EXAM =
  '# datasets:                      # pin the exam, so that nobody can choose another one afterwards'
const HIGH_RISK_EXAM = `# decide: the exam. At high risk only what was measured on data that is pinned here counts, and only from a run, as a
# file of its artifact; lint says so until it is pinned. Name it as \`dataset: holdout\` in each criterion on it.
# datasets:`

function criterion(control: Control, because: readonly Cause[], starting: Starting): string {
  const { wants } = CONTROL_TABLE[control]
  const asked = asksFor(control, starting).flatMap((ask) => keysOf(control, ask))
  const lines = [`# ${control}, for ${because.join(' and ')}: ${wants}`, ...asked]
  return `${lines.map((line) => `  ${line}\n`).join('')}`
}

function keysOf(control: Control, ask: Ask): readonly string[] {
  const head = (id: string) => [`- id: ${id}`, `  control: ${control}`]
  switch (ask.kind) {
    case 'shown':
      return [
        `# decide: ${ask.decide}`,
        ...others(control, ask.instead),
        ...head(ask.id),
        `  check: ${ask.check}`,
        ...each(ask.keys),
      ]
    case 'document':
      return [
        '# decide: the headings that a reader of yours needs',
        ...others(control, ask.instead),
        ...head(control),
        '  check: document',
        `  document: ${ask.document}`,
        `  sections: ${typeof ask.sections === 'string' ? ask.sections : `[${ask.sections.join(', ')}]`}`,
      ]
    case 'approval':
      return [`# decide: ${ask.decide}`, ...head(ask.id), '  check: approval', '  count: 1']
    case 'record': {
      const { record, instead, beside, id = control, more = [] } = ask
      return [
        ...others(control, instead),
        ...(beside === undefined ? [] : [`# beside it, ${offered(control, beside.id, beside)}`]),
        ...head(id),
        '  check: record',
        `  record: ${record}`,
        ...more.map((line) => `  ${line}`),
        `  max_age: ${usualAge(record)} days`,
      ]
    }
    case 'training':
      return [
        '# beside it, where tools wrote the training down: { id: repeatable, control: reproducibility, check: integrity, of: [parameters, environment, code] }',
        ...head('training-record'),
        '  check: record',
        '  record: training',
        `  fields: [${TRAINING_FIELDS.join(', ')}]`,
        '  max_age: 365 days',
      ]
  }
}

function others(control: Control, instead: readonly Offered[] = []): readonly string[] {
  return instead.map((one) => `# or, ${offered(control, control, one)}`)
}

function offered(control: Control, id: string, { where, keys }: Offered): string {
  return `${where}: { id: ${id}, control: ${control}, ${keys} }`
}

/** `a: 1, b: { c: 2 }, d: [3, 4]` one key a line; a comma in braces or brackets parts nothing. */
function each(keys: string): readonly string[] {
  return keys.split(/, (?![^{[]*[}\]])/).map((key) => `  ${key}`)
}
