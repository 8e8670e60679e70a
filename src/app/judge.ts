import { randomUUID } from 'node:crypto'
import { publish } from '../github/publish.ts'
import { gather } from '../sources/gather.ts'
import { openRemote } from '../sources/github/remote.ts'
import type { Judge } from './app.ts'
import { handle, type Log, type Ports } from './handle.ts'
import type { Queue } from './queue.ts'
import { keyOf } from './target.ts'

export type JudgeOptions = {
  readonly appId: number
  readonly engine: string
  readonly queue: Queue
  readonly log: Log
  readonly clock: () => Date
}

/** Judges targets on GitHub, one writer for each commit. */
export function createJudge({ appId, engine, queue, log, clock }: JudgeOptions): Judge {
  return async (target, github, delivery) => {
    const ports: Ports = {
      gather: ({ commit }) =>
        gather(openRemote(github, target), { commit, now: clock().toISOString(), engine }),
      publish: ({ owner, repo }, run) =>
        publish(github, { owner, repo, appId, now: clock().toISOString() }, run),
    }
    const correlation = randomUUID()
    log.info({ delivery, correlation, ...target }, 'delivery taken')
    await queue.run(keyOf(target), () => handle(target, ports, log, correlation))
  }
}
