import { z } from 'zod'
import { BOUNDS, COMMON, oneBound, SELECTION } from './common.ts'

/** A gap between groups. Its file is parsed whole; judging it comes with the statistics. */
export const DisparityCheck = z
  .strictObject({
    ...COMMON,
    check: z.literal('disparity'),
    ...SELECTION,
    ...BOUNDS,
    across: z.array(z.union([z.string().min(1), z.array(z.string().min(1)).min(1)])).min(1),
    groups: z.array(z.string().min(1)).min(2).optional(),
    as: z.enum(['ratio', 'difference']),
    reference: z.string().min(1).optional(),
    min_samples: z.int().min(1).optional(),
    confidence: z.number().gt(0.5).lt(1).optional(),
  })
  .superRefine(oneBound)
export type DisparityCheck = z.infer<typeof DisparityCheck>

export const LATER = ['scan', 'integrity', 'attestation', 'lineage'] as const

/** A check that a later version brings, with keys that only that version knows. */
export const LaterCheck = z.looseObject({ ...COMMON, check: z.enum(LATER) })
export type LaterCheck = z.infer<typeof LaterCheck>
