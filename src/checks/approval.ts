import { z } from 'zod'
import type { Answer } from '../core/answer.ts'
import { judgeApprovals, type Right } from '../core/approval.ts'
import { COMMON } from './common.ts'
import type { Context } from './context.ts'

/** Approving reviews of the release by people who had no hand in it. */
export const ApprovalCheck = z.strictObject({
  ...COMMON,
  check: z.literal('approval'),
  teams: z
    .array(
      z.string().regex(/^[a-z0-9][a-z0-9_-]{0,99}$/, 'the slug of a team of the owner, such as model-risk'),
    )
    .min(1)
    .max(10)
    .optional()
    .describe('teams whose active members may approve; without it and people, another writer'),
  people: z
    .array(z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/, 'a login'))
    .min(1)
    .max(50)
    .optional()
    .describe('logins of people who may approve, as long as they may write to the repository'),
  count: z.int().min(1).max(10).optional().describe('how many of them must approve; 1 without it'),
})
export type ApprovalCheck = z.infer<typeof ApprovalCheck>

/** Whether enough of the right people approved this identity on this evidence. */
export function answerApproval(criterion: ApprovalCheck, { approvals }: Context): Answer {
  if (approvals === 'none') return { code: 'nothing_to_approve', outcome: 'undecided' }
  return judgeApprovals(rightOf(criterion), criterion.count ?? 1, approvals ?? { kind: 'awaiting' })
}

/** Whose approval a criterion asks for. */
export function rightOf({ teams = [], people = [] }: ApprovalCheck): Right {
  return { teams, people }
}
