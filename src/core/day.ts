/** A day in milliseconds. */
export const DAY_MS = 24 * 60 * 60 * 1000

/** Clocks of two machines differ, and people write minutes. */
export const SLACK_MS = 10 * 60_000
