import { z } from 'zod'
import { commandLines } from '../core/command.ts'
import { Sha } from './commit-events.ts'

/** What a person asked the app to do, by a comment on a pull request or a button on a check run. */
export type CommandTask = z.infer<typeof CommandTask>
export const CommandTask = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('command'),
    /** GitHub's login of who asks. */
    by: z.string(),
    pull: z.int(),
    /** GitHub's id of the comment. */
    comment: z.int(),
    /** When it was created, by GitHub's clock; ISO 8601. */
    at: z.iso.datetime(),
    /** The comment's commands as it was created: what it becomes later commands nothing. */
    text: z.string(),
  }),
  z.object({
    kind: z.literal('button'),
    by: z.string(),
    commit: z.string(),
    /** GitHub's id of the check run. */
    run: z.int(),
    button: z.string(),
  }),
])

const Login = z.string().min(1).max(200)
const Commented = z.object({
  comment: z.object({
    id: z.int().positive(),
    body: z.string(),
    created_at: z.iso.datetime(),
    user: z.object({ login: Login, type: z.string() }),
    performed_via_github_app: z.looseObject({}).nullish(),
  }),
  issue: z.object({ number: z.int().positive(), pull_request: z.looseObject({}) }),
  sender: z.object({ login: Login, type: z.string() }),
})
const Issue = z.object({ issue: z.looseObject({}) })
const Clicked = z.object({
  check_run: z.object({ id: z.int().positive(), head_sha: Sha }),
  requested_action: z.object({ identifier: z.string().max(20) }),
  sender: z.object({ login: Login, type: z.string() }),
})

/** Events by which people command. */
export const COMMANDS: Readonly<Record<string, (payload: unknown) => CommandTask | undefined>> = {
  'issue_comment.created': (payload) => {
    // Whatever is said on an issue is not for us.
    if (!('pull_request' in Issue.parse(payload).issue)) return undefined
    const { comment, issue, sender } = Commented.parse(payload)
    const { id, body, user, created_at: at, performed_via_github_app: app } = comment
    if (sender.login !== user.login) return undefined
    // Whatever writes in somebody's name is not that person.
    if (user.type !== 'User' || sender.type !== 'User' || (app ?? null) !== null) return undefined
    const lines = commandLines(body)
    if (lines.length === 0) return undefined
    return {
      kind: 'command',
      by: user.login,
      pull: issue.number,
      comment: id,
      at: new Date(at).toISOString(),
      text: lines.join('\n\n'),
    }
  },
  'check_run.requested_action': (payload) => {
    const { check_run, requested_action, sender } = Clicked.parse(payload)
    if (sender.type !== 'User') return undefined
    return {
      kind: 'button',
      by: sender.login,
      commit: check_run.head_sha,
      run: check_run.id,
      button: requested_action.identifier,
    }
  },
}
