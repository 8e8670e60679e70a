/** The clock that every time of the stand-in's own comes from. Emulate has its own for what it keeps itself. */
export type Clock = {
  /** As GitHub tells times: UTC in whole seconds. */
  readonly now: () => string
  /** Stands still at this time, ISO 8601, from now on; null follows the machine's clock again. */
  readonly set: (time: string | null) => void
}

export function startClock(): Clock {
  let fixed: number | undefined
  return {
    now: () => told(fixed ?? Date.now()),
    set: (time) => {
      const at = time === null ? undefined : Date.parse(time)
      if (Number.isNaN(at)) throw new Error(`${time} is no time`)
      fixed = at
    },
  }
}

export const later = (time: string, seconds: number): string => told(Date.parse(time) + seconds * 1000)

const told = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`
