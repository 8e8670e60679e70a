import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect } from 'vitest'
import { type StandIn, type StandInOptions, startStandIn } from '../../src/demo/stand-in.ts'

export const at = { owner: 'acme', repo: 'models' }

/** A fresh stand-in and an empty folder for each test; what the stand-in answers must be what GitHub describes. */
export function aStandInEach(options: StandInOptions = {}): {
  readonly standIn: StandIn
  readonly folder: string
} {
  let standIn: StandIn
  let folder: string
  beforeEach(async () => {
    standIn = await startStandIn(options)
    folder = mkdtempSync(join(tmpdir(), 'gonogo-stand-in-'))
  })
  afterEach(async () => {
    const untrue = standIn.violations.filter((violation) => violation.of === 'answer')
    await standIn.close()
    rmSync(folder, { recursive: true })
    expect(untrue).toEqual([])
  })
  return {
    get standIn() {
      return standIn
    },
    get folder() {
      return folder
    },
  }
}

/** Grace commits to a branch and opens a pull request for it. */
export async function pullRequest(standIn: StandIn, files: Record<string, string>, branch = 'work') {
  const sha = await standIn.commit({ branch, message: 'Work', files, by: 'grace' })
  const pull = { ...at, title: 'Work', head: branch, base: 'main' }
  const { data } = await standIn.as('grace').rest.pulls.create(pull)
  return { sha, number: data.number }
}

export const eventsOf = (standIn: StandIn): string[] =>
  standIn.deliveries.map(({ event, action }) => (action === null ? event : `${event}.${action}`))

export const payloadOf = (standIn: StandIn, event: string, action: string | null = null) =>
  standIn.deliveries.find((delivery) => delivery.event === event && delivery.action === action)?.payload
