import { idOf, type StoredObject } from './objects.ts'
import type { Question } from './questions.ts'

/** Under which id the answer to a question is kept. */
export function idOfQuestion(question: Question): string {
  if (question.ask === 'blob') return question.oid
  const { ask } = question
  if (ask === 'ref') return idOf([ask, question.branch])
  if (ask === 'entry') return idOf([ask, question.commit, question.path])
  if (ask === 'list') return idOf([ask, question.commit, question.folder, question.deep === true])
  return idOf([ask, question.from, question.after ?? '', question.folder])
}

/** An answer as it is kept. */
export function stored(question: Question, answer: unknown): StoredObject {
  return { id: idOfQuestion(question), kind: 'answer', content: Buffer.from(JSON.stringify(answer)) }
}
