/** Who gets room first where not all fits. */
export const RANKS = {
  verdict: 0,
  next: 1,
  problems: 2,
  criteria: 3,
  registration: 4,
  background: 5,
} as const
