import type { Workers } from '../ledger/queue.ts'

export type Attributes = Readonly<Record<string, string | number>>

export type Spanning = {
  readonly name: string
  readonly kind: 'server' | 'consumer' | 'client'
  readonly attributes: Attributes
  /** The W3C `traceparent` to go on from; without one, the span in hand. */
  readonly parent?: string | undefined
}

/**
 * Spans of the work. Attributes are names and numbers of ours, never an error's message, a payload, a file or
 * an address with what was asked: any of them may hold a secret.
 */
export type Traces = {
  /** Runs work in a span, which says by its error's name how it failed. */
  readonly span: <T>(spanning: Spanning, work: () => Promise<T>) => Promise<T>
  /** Adds to the span in hand. */
  readonly note: (attributes: Attributes) => void
  /** The `traceparent` of the span in hand. */
  readonly context: () => string | undefined
  /** Sends what is left, within a bound. */
  readonly close: () => Promise<void>
}

export const NO_TRACES: Traces = {
  span: (_, work) => work(),
  note: () => undefined,
  context: () => undefined,
  close: async () => undefined,
}

/** Workers whose attempts are spans of the trace that their delivery began. */
export function traced({ work, giveUp }: Workers, traces: Traces): Workers {
  return {
    work: (attempt) => {
      const { key, delivery, retries, trace } = attempt
      const [repository = '', commit = ''] = key.split('@')
      const attributes = { ...subject(delivery, repository, commit), 'gonogo.retries': retries }
      return traces.span({ name: 'attempt', kind: 'consumer', attributes, parent: trace }, () =>
        work(attempt),
      )
    },
    giveUp: (asked, delivery) =>
      traces.span({ name: 'give up', kind: 'consumer', attributes: { 'gonogo.delivery': delivery } }, () =>
        giveUp(asked, delivery),
      ),
  }
}

/** What a span of ours is about. */
export function subject(delivery: string, repository: string, commit: string): Attributes {
  return { 'gonogo.delivery': delivery, 'gonogo.repository': repository, 'gonogo.commit': commit }
}
