import { z } from 'zod'
import type { Chores } from '../ledger/chores.ts'
import { renameRepository } from '../ledger/renamed.ts'
import type { Store } from '../ledger/store.ts'
import type { Asking } from './asked.ts'

/** The chore that looks at everything an installation may see. */
export const SWEEP_INSTALLATION = 'sweep-installation'

/** An installation as a job of that chore has it. */
export const Installed = z.object({ installation: z.int() })

/** Does what a delivery of that moment tells and no job of a commit is for; it is stored when this resolves. */
export type Notice = (told: Extract<Asking, { kind: 'installation' | 'renamed' }>, at: Date) => Promise<void>

export function openNotice({
  store,
  chores,
}: {
  readonly store: Store
  readonly chores: Pick<Chores, 'ask'>
}): Notice {
  return async (told, at) => {
    if (told.kind === 'renamed') {
      const { id, from, to } = told
      return await renameRepository(store.db, { id, from, to, at: at.toISOString() })
    }
    // However often it is asked for, it waits once.
    const { installation } = told
    await chores.ask(SWEEP_INSTALLATION, [{ data: { installation }, key: String(installation) }])
  }
}
