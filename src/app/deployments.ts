import type { Delivery } from '../ledger/taking.ts'
import type { GitHub } from '../sources/github/client.ts'
import { type JudgingOptions, openJudging } from './judging.ts'
import type { TaskWorker } from './task.ts'

export type DeploymentsOptions = JudgingOptions & {
  readonly appId: number
  /** GitHub as an installation sees it. */
  readonly as: (installation: number) => Promise<GitHub>
  readonly take: (deliveries: readonly Delivery[]) => Promise<void>
}

export function createDeployments(options: DeploymentsOptions): TaskWorker<'protection' | 'deployment'> {
  openJudging(options)
  return {
    work: async () => {
      throw new Error('not built')
    },
    giveUp: async () => undefined,
  }
}
