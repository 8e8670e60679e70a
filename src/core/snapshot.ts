/** A name that follows the model, or that says nothing of when, is another model tomorrow. */
const MOVABLE = /(^|[^a-z])(latest|stable|current|default|newest)([^a-z]|$)/i

/** Whether what a provider calls a version of its model may be another one tomorrow; `names`: what it calls the model. */
export function isMovableSnapshot(snapshot: string, ...names: readonly string[]): boolean {
  const isName = names.some((name) => name.toLowerCase() === snapshot.toLowerCase())
  return isName || !/\d/.test(snapshot) || MOVABLE.test(snapshot)
}
