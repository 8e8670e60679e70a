import { Octokit } from '@octokit/rest'
import type { Notes } from '../../src/github/publish.ts'

export const API = 'https://api.github.test'
export const PATH = '/repos/acme/models'
export const SHA = '1'.repeat(40)
const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
export const client = new Octokit({ baseUrl: API, log: quiet })

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

/** What is published, and by whom, after a crash. */
export const about = {
  owner: 'acme',
  repo: 'models',
  appId: 7,
  now: '2026-03-01T00:00:00.000Z',
  notes: unsure,
}
