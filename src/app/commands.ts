import { z } from 'zod'
import { type Command, readCommands } from '../core/command.ts'
import type { CommandAnswer } from '../core/command-answer.ts'
import { meant, nameOf } from '../core/command-target.ts'
import type { Verdict } from '../core/verdict.ts'
import { answersTo } from '../ledger/replies.ts'
import type { Delivery } from '../ledger/taking.ts'
import { newestVerdict } from '../ledger/verdicts.ts'
import { heardOfComment } from '../ledger/waivers.ts'
import { RECHECK } from '../render/check-run.ts'
import { renderReply } from '../render/reply.ts'
import { type GitHub, isNotFound } from '../sources/github/client.ts'
import { mayWrite, membership } from '../sources/github/people.ts'
import { waiverRulesIn } from '../sources/waivers.ts'
import type { CommitAsked } from './asked.ts'
import { deliveryOf } from './delivery.ts'
import { headsOf, tipOf } from './heads.ts'
import { type JudgingOptions, openJudging } from './judging.ts'
import { type Replying, reply, wasAnswered } from './replies.ts'
import type { Asks, TaskWorker, Trying } from './task.ts'
import { type Commanding, type Obeyed, repositoryOf, unwaive, waive } from './waive.ts'

export type CommandsOptions = JudgingOptions & {
  readonly appId: number
  /** GitHub as an installation sees it. */
  readonly as: (installation: number) => Promise<GitHub>
  readonly take: (deliveries: readonly Delivery[]) => Promise<void>
}

/** Whoever may not write is answered so often in an hour, and no more. */
const MOST_ANSWERS = 10
const HOUR_MS = 60 * 60 * 1000
/** GitHub's clock and this one differ by no more, and GitHub tells times to the second. */
const CLOCKS_MS = 60_000

/** What is in the ledger was written by this app. */
const Judged = z
  .custom<Verdict>((value) => z.looseObject({ models: z.array(z.unknown()) }).safeParse(value).success)
  .optional()

/** Does what people ask for by comments and buttons, if they may ask for it, and answers each comment once. */
export function createCommands(options: CommandsOptions): TaskWorker<'command' | 'button'> {
  const { appId, as, take, store, clock, floors } = options
  const judging = openJudging(options)

  async function verdictOn(head: CommitAsked, before?: number): Promise<Verdict | undefined> {
    return Judged.parse(
      (await newestVerdict(store.db, repositoryOf(head), head.target.commit, before))?.verdict,
    )
  }

  /** The verdict that stood when somebody wrote: what they could not have seen they do not accept. */
  async function seenBy({ head, comment, at }: Commanding): Promise<Verdict | undefined> {
    const heard = await heardOfComment(store.db, repositoryOf(head), comment)
    const verdict = heard === undefined ? undefined : await verdictOn(head, heard)
    // A comment may be heard of long after it was written.
    const isLater = verdict !== undefined && Date.parse(verdict.now) > Date.parse(at) + CLOCKS_MS
    return isLater ? undefined : verdict
  }

  async function judgeAgain(head: CommitAsked, id: string, commits: readonly string[]): Promise<void> {
    await take(
      [...new Set(commits)].map((commit) =>
        deliveryOf(
          { id: `${id}:${commit}`, event: 'command', at: clock() },
          { asked: { ...head, target: { ...head.target, commit } } },
        ),
      ),
    )
  }

  /** Who somebody is here, and what the floor says of waivers, where a command is about them. */
  async function standingOf(
    github: GitHub,
    { at, task, installation, repositoryId }: Asks<'command'>,
    commands: readonly Command[],
  ): Promise<Pick<Commanding, 'teams' | 'writes' | 'rules'>> {
    const writes = await mayWrite(github, at, task.by)
    if (!commands.some(({ kind }) => kind === 'waive' || kind === 'unwaive'))
      return { writes, teams: {}, rules: undefined }
    const own = repositoryId === undefined ? {} : { repositoryId }
    const { floor } = await floors.of(github, { installation, ...at, ...own }).facts()
    const rules = waiverRulesIn(floor)
    const teams = await Promise.all(
      (rules?.teams ?? []).map(async (team) => [team, await membership(github, at, team, task.by)] as const),
    )
    return { writes, teams: Object.fromEntries(teams), rules }
  }

  async function obey(commanding: Commanding, command: Command, place: number): Promise<Obeyed> {
    const { head, writes, teams } = commanding
    const { commit } = head.target
    if (command.kind === 'unclear') return { answer: { code: 'unclear', fault: command.fault } }
    if (command.kind === 'recheck') return { answer: { code: 'rechecking', commit } }
    const isOfTeam = Object.values(teams).includes('active')
    if (command.kind === 'unwaive' && !writes && !isOfTeam) return { answer: { code: 'may_not' } }
    const verdict = command.kind === 'waive' ? await seenBy(commanding) : await verdictOn(head)
    if (verdict === undefined) return { answer: { code: 'not_judged', commit } }
    const found = meant(command.on, verdict.models)
    if (found.kind !== 'one') return { answer: { code: 'not_meant', meant: found } }
    const { model, finding } = found
    switch (command.kind) {
      case 'explain':
        return { answer: { code: 'explained', model, finding, commit } }
      case 'waive':
        return await waive(commanding, command, { model, finding, place, tip: verdict.tip })
      case 'unwaive': {
        const name = nameOf({ model, finding })
        const answer = await unwaive(commanding, { model, finding, place, name })
        if (answer.count === 0) return { answer }
        const { target } = head
        const tip = await tipOf(commanding.github, target)
        const heads = await headsOf(commanding.github, target)
        return { answer, again: [...(tip === undefined ? [] : [tip]), ...heads] }
      }
    }
  }

  function replyingTo({ at: { owner, repo }, task }: Asks<'command'>): Replying {
    const { by, pull, comment, at } = task
    return { appId, store, clock, owner, repo, pull, comment, by, at }
  }

  /** Whoever may neither write nor made the pull request hears nothing: no stranger makes the app talk. */
  async function isHeard(
    { at, task }: Asks<'command'>,
    { writes, teams }: Pick<Commanding, 'writes' | 'teams'>,
    author: string | undefined,
  ): Promise<boolean> {
    if (writes || Object.values(teams).includes('active')) return true
    if (author !== task.by) return false
    const about = { repository: `${at.owner}/${at.repo}`, by: task.by }
    const since = new Date(clock().getTime() - HOUR_MS)
    return (await answersTo(store.db, about, since)) < MOST_ANSWERS
  }

  async function answer(asked: Asks<'command'>, { current }: Trying) {
    const { at, task, ...where } = asked
    const replying = replyingTo(asked)
    if (await wasAnswered(replying)) return { answers: 'before' }
    const github = await as(where.installation)
    const pull = await pullOf(github, asked)
    if (pull === undefined) return { answers: 'gone' }
    const commands = readCommands(task.text)
    const standing = await standingOf(github, asked, commands)
    if (!(await isHeard(asked, standing, pull.user?.login))) return { answers: 'unheard' }

    const { installation, repositoryId } = where
    const head: CommitAsked = {
      installation,
      ...(repositoryId !== undefined && { repositoryId }),
      target: { ...at, commit: pull.head.sha },
    }
    const { by, comment } = task
    const commanding: Commanding = {
      ...{ github, store, judging, clock, current, head, by, comment, at: task.at, ...standing },
      pull: { number: task.pull, isOpen: pull.state === 'open' },
    }
    const obeyed: Obeyed[] = []
    for (const [place, command] of commands.entries()) obeyed.push(await obey(commanding, command, place))
    const answers = obeyed.map((one) => one.answer)
    const changed = answers.some(changes)
    const commits = [...(changed ? [head.target.commit] : []), ...obeyed.flatMap(({ again = [] }) => again)]
    await current()
    if (commits.length > 0) await judgeAgain(head, `command:${repositoryOf(head)}:${comment}`, commits)
    const told = await reply(github, replying, renderReply(answers, comment))
    return { answers: answers.map(({ code }) => code), ...(!told && { untold: true }) }
  }

  async function press({ at, task, ...where }: Asks<'button'>, { correlation, current }: Trying) {
    const github = await as(where.installation)
    if (task.button !== RECHECK.identifier || !(await mayWrite(github, at, task.by)))
      return { answers: 'unheard' }
    await current()
    const head = { ...where, target: { ...at, commit: task.commit } }
    await judgeAgain(head, `button:${correlation}`, [task.commit])
    return { answers: ['rechecking'] }
  }

  return {
    work: async ({ task, ...where }, trying) =>
      task.kind === 'button'
        ? await press({ ...where, task }, trying)
        : await answer({ ...where, task }, trying),
    giveUp: async ({ task, ...where }, correlation) => {
      if (task.kind === 'button') return
      const github = await as(where.installation)
      if (!(await mayWrite(github, where.at, task.by))) return
      const failed: CommandAnswer = { code: 'failed', correlation }
      await reply(github, replyingTo({ ...where, task }), renderReply([failed], task.comment))
    },
  }
}

/** Whether the next verdict must show what was done. */
function changes(answer: CommandAnswer): boolean {
  if (answer.code === 'withdrawn') return answer.count > 0
  return answer.code === 'rechecking' || answer.code === 'waived'
}

async function pullOf({ rest }: GitHub, { at: { owner, repo }, task }: Asks<'command'>) {
  try {
    return (await rest.pulls.get({ owner, repo, pull_number: task.pull })).data
  } catch (error) {
    if (isNotFound(error)) return undefined
    throw error
  }
}
