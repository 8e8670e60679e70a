import { z } from 'zod'
import type { GitHub } from './client.ts'
import { read } from './questions.ts'

/** The alias of what rides along with a query. */
export const RIDER = 'rider'

type Answered = {
  readonly data: Readonly<Record<string, unknown>>
  /** Why what rides along was not answered. */
  readonly error?: unknown
}

/** Answers by alias. */
export const Data = z.record(z.string(), z.unknown())
/** GraphQL answers what it can, and says of the rest where it stands and of what kind the error is. */
const Half = z.object({
  data: Data,
  errors: z.array(z.object({ type: z.string().optional(), path: z.tuple([z.literal(RIDER)], z.unknown()) })),
})

/** What GitHub answers to a query. Throws where it does not, but for what rides along: that error is given beside the rest. */
export async function answered(
  graphql: GitHub['graphql'],
  query: string,
  variables: Readonly<Record<string, unknown>>,
): Promise<Answered> {
  try {
    return { data: read(Data, await graphql(query, variables)) }
  } catch (error) {
    const half = Half.safeParse(error)
    if (!half.success) throw error
    return { data: half.data.data, error }
  }
}

/** The kinds of an error of what rides along, as GitHub names them; undefined where it names none. */
export function kindsOf(error: unknown): readonly (string | undefined)[] {
  const half = Half.safeParse(error)
  return half.success ? half.data.errors.map(({ type }) => type) : [undefined]
}
