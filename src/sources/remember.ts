/** What never changes, or is wanted but once, is asked for once; a failed answer is not kept. */
export async function remember<T>(
  known: Map<string, Promise<T>>,
  id: string,
  ask: () => Promise<T>,
): Promise<T> {
  const answer = known.get(id) ?? ask()
  known.set(id, answer)
  try {
    return await answer
  } catch (error) {
    known.delete(id)
    throw error
  }
}
