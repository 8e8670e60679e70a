/** A longer line of a log holds no result. */
const MAX_LINE = 500

/** One line of a log, from 1. */
export type LogLine = { readonly line: number; readonly text: string }

/** The lines of a log without colours, prompts (`>>> `) and the space around them; blank and endless ones are left out. */
export function logLines(text: string): readonly LogLine[] {
  return text.split('\n').flatMap((written, index) => {
    if (written.length > MAX_LINE) return []
    const plain = written.replaceAll(/\p{Cc}\[[0-9;]{0,20}m/gu, '').trim()
    const shown = plain.startsWith('>>> ') ? plain.slice(4).trim() : plain
    return shown === '' ? [] : [{ line: index + 1, text: shown }]
  })
}

/** A count that an accuracy in percent, printed with two decimals, and its numerator leave as the only one. */
export function countFrom(successes: number, percent: number): number | undefined {
  const half = 0.005 + 1e-9
  if (!(percent - half > 0)) return undefined
  const [least, most] = [(successes * 100) / (percent + half), (successes * 100) / (percent - half)]
  const count = Math.ceil(least)
  return count >= successes && count >= 1 && count <= most && count + 1 > most ? count : undefined
}

/** True where a percentage as printed, with at most two decimals, is this ratio. */
export function isRatio(percent: number, successes: number, samples: number): boolean {
  return samples > 0 && Math.abs(percent - (100 * successes) / samples) <= 0.00501
}
