import type { Unclear } from './command.ts'
import type { Meant, Target } from './command-target.ts'
import type { WaiveRefusal } from './giving.ts'
import type { Waiver } from './waiver.ts'

/** What came of one command. */
export type CommandAnswer =
  | { readonly code: 'rechecking'; readonly commit: string }
  | ({ readonly code: 'explained'; readonly commit: string } & Target)
  | ({ readonly code: 'waived'; readonly waiver: Waiver } & Target)
  /** `refused`: nothing was changed. */
  | ({ readonly code: 'refused'; readonly why: WaiveRefusal } & Target)
  /** `count`: so many waivers of the criterion of this release, named as a command names it, hold no more. */
  | { readonly code: 'withdrawn'; readonly name: string; readonly count: number }
  /** Nobody could have seen a verdict on the commit when the command was given. */
  | { readonly code: 'not_judged'; readonly commit: string }
  | { readonly code: 'not_meant'; readonly meant: Exclude<Meant, { kind: 'one' }> }
  | { readonly code: 'unclear'; readonly fault: Unclear }
  /** For who may write, or is in the teams that the floor names. */
  | { readonly code: 'may_not' }
  | { readonly code: 'failed'; readonly correlation: string }
