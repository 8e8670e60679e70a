import { z } from 'zod'

/** That the standing reviews of a commit's pull requests say what its newest verdict says. */
export type ReviewTask = z.infer<typeof ReviewTask>
export const ReviewTask = z.object({ kind: z.literal('review'), commit: z.string() })
