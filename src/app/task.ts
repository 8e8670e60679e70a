import type { Task, TaskAsked } from './asked.ts'

/** What an attempt at a task knows beside what is asked. */
export type Trying = {
  /** Finds the attempt in the log. */
  readonly correlation: string
  /** Throws where another attempt has taken this work over: to be asked before anything is written. */
  readonly current: () => Promise<void>
}

/** A task of one kind, with where it is to be done. */
export type Asks<Kind extends Task['kind']> = Omit<TaskAsked, 'task'> & {
  readonly task: Extract<Task, { kind: Kind }>
}

/** How tasks of some kinds are done. */
export type TaskWorker<Kind extends Task['kind']> = {
  /** Gives what came of it, for the log. */
  readonly work: (asked: Asks<Kind>, trying: Trying) => Promise<Readonly<Record<string, unknown>>>
  /** After the last retry: tells those who wait that it could not be done, which lets nothing through. */
  readonly giveUp: (asked: Asks<Kind>, correlation: string) => Promise<void>
}

/** Who does what. */
export type TaskWorkers = {
  readonly command: TaskWorker<'command' | 'button'>
  readonly deployment: TaskWorker<'protection' | 'deployment'>
  readonly release: TaskWorker<'release'>
  readonly review: TaskWorker<'review'>
}

/** Does a task, or gives up on it, by its kind. */
export async function doTask(
  { command, deployment, release, review }: TaskWorkers,
  { task, ...where }: TaskAsked,
  trying: Trying,
): Promise<Readonly<Record<string, unknown>>> {
  switch (task.kind) {
    case 'command':
    case 'button':
      return await command.work({ ...where, task }, trying)
    case 'protection':
    case 'deployment':
      return await deployment.work({ ...where, task }, trying)
    case 'release':
      return await release.work({ ...where, task }, trying)
    case 'review':
      return await review.work({ ...where, task }, trying)
  }
}

/** The same after the last attempt. */
export async function giveUpTask(
  { command, deployment, release, review }: TaskWorkers,
  { task, ...where }: TaskAsked,
  correlation: string,
): Promise<void> {
  switch (task.kind) {
    case 'command':
    case 'button':
      return await command.giveUp({ ...where, task }, correlation)
    case 'protection':
    case 'deployment':
      return await deployment.giveUp({ ...where, task }, correlation)
    case 'release':
      return await release.giveUp({ ...where, task }, correlation)
    case 'review':
      return await review.giveUp({ ...where, task }, correlation)
  }
}
