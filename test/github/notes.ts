import type { Notes } from '../../src/github/publish.ts'

/** Nobody knows what was posted, as after a crash: GitHub is asked each time. */
export const unsure: Notes = {
  last: async () => ({ state: 'unsure' }),
  creating: async () => undefined,
  created: async () => undefined,
}

/** What the database would note, of one writer. */
export function memoryNotes(): Notes {
  let last: Awaited<ReturnType<Notes['last']>> = { state: 'none' }
  return {
    last: async () => last,
    creating: async () => {
      last = { state: 'unsure' }
    },
    created: async (id, key) => {
      last = { state: 'created', id, key }
    },
  }
}
