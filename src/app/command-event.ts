import { z } from 'zod'

/** What a person asked the app to do, by a comment on a pull request or a button on a check run. */
export type CommandTask = z.infer<typeof CommandTask>
export const CommandTask = z.object({
  kind: z.literal('command'),
  /** GitHub's login of who asks. */
  by: z.string(),
  pull: z.int(),
  /** GitHub's id of the comment. */
  comment: z.int(),
  /** The comment's first lines as it was created: what it becomes later commands nothing. */
  text: z.string(),
})

const Commented = z.object({
  comment: z.object({
    id: z.int().positive(),
    body: z.string(),
    user: z.object({ login: z.string().min(1).max(200), type: z.string() }),
  }),
  issue: z.object({ number: z.int().positive(), pull_request: z.looseObject({}).optional() }),
  sender: z.object({ login: z.string() }),
})

const LONGEST = 2000

/** Events by which people command. */
export const COMMANDS: Readonly<Record<string, (payload: unknown) => CommandTask | undefined>> = {
  'issue_comment.created': (payload) => {
    const { comment, issue, sender } = Commented.parse(payload)
    const { id, body, user } = comment
    if (issue.pull_request === undefined || user.type !== 'User' || sender.login !== user.login)
      return undefined
    if (!/^\s*\/gonogo\b/.test(body)) return undefined
    return { kind: 'command', by: user.login, pull: issue.number, comment: id, text: body.slice(0, LONGEST) }
  },
}
