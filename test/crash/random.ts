/** A stream of numbers that is the same for the same seed. */
export type Random = {
  /** At least 0 and less than `end`. */
  readonly below: (end: number) => number
  readonly chance: (probability: number) => boolean
  readonly pick: <T>(items: readonly [T, ...T[]]) => T
}

/** Mulberry32 by Tommy Ettinger: small, and good enough to choose moments and faults. */
export function seeded(seed: number): Random {
  let state = seed >>> 0
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (end: number) => Math.floor(next() * end)
  return {
    below,
    chance: (probability) => next() < probability,
    pick: (items) => items[below(items.length)] ?? items[0],
  }
}

/** CRASH_SEED, or one that nobody has tried yet. */
export function chooseSeed(): number {
  const given = process.env.CRASH_SEED
  return given === undefined ? Date.now() % 2 ** 31 : Number(given)
}
