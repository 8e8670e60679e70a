import { z } from 'zod'
import { COMMON } from './common.ts'

export const LATER = ['scan', 'attestation', 'lineage'] as const

/** A check that a later version brings, with keys that only that version knows. */
export const LaterCheck = z.looseObject({ ...COMMON, check: z.enum(LATER) })
export type LaterCheck = z.infer<typeof LaterCheck>
