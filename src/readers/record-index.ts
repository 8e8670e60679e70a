import type { AnsweredIn, Fill } from '../core/written-record.ts'
import { fillOfProse, fillOfText, worst } from './filled.ts'
import { type Fields, isFields } from './narrow.ts'

const LONGEST = 500
/** A reason is shown, and not kept. */
const SHOWN = 200

/** The forms that an answer of an index has beside one another, each with what it consists of. */
const FORMS = [['document', 'section'], ['evidence'], ['not_applicable']] as const

/** How an answer of an index is filled; the first part that is wanting says it. */
export function fillOfAnswer(value: unknown): Fill {
  if (!isFields(value)) return fillOfText(value)
  const [form] = formsOf(value)
  if (form === undefined) return 'placeholder'
  if (form[0] === 'not_applicable') return fillOfProse(value.not_applicable)
  return worst(form.map((part) => fillOfText(value[part])))
}

/** The names of what an answer is given by, where it is given by more than one. */
export function answeredTwice(value: unknown): readonly string[] {
  const forms = isFields(value) ? formsOf(value) : []
  return forms.length < 2 ? [] : forms.map(([first]) => first)
}

/** Where something is answered; undefined where the answer is not filled in. */
export function answeredIn(value: unknown): AnsweredIn | undefined {
  if (!isFields(value) || fillOfAnswer(value) !== 'given') return undefined
  const [[first] = []] = formsOf(value)
  const text = (part: string) => String(value[part]).trim().slice(0, LONGEST)
  switch (first) {
    case 'document':
      return { kind: 'section', document: text('document'), section: text('section') }
    case 'evidence':
      return { kind: 'evidence', path: text('evidence') }
    case 'not_applicable':
      return { kind: 'excused', reason: text('not_applicable').slice(0, SHOWN) }
    case undefined:
      return undefined
  }
}

function formsOf(value: Fields): readonly (typeof FORMS)[number][] {
  return FORMS.filter((form) => form.some((part) => Object.hasOwn(value, part)))
}
