/**
 * p-values of several claims, raised so that the chance of even one wrong claim stays below the level: the i-th
 * smallest of m times m − i + 1, never less than one before it, at most 1. Holm (1979), Scandinavian Journal of
 * Statistics 6:65-70. In the order given; one that is no probability is taken as 1, for it shows nothing.
 */
export function holm(values: readonly number[]): readonly number[] {
  const valid = values.map((value) => (value >= 0 && value <= 1 ? value : 1))
  const order = valid.map((value, index) => ({ value, index })).sort((a, b) => a.value - b.value)
  const adjusted = new Array<number>(values.length).fill(1)
  let most = 0
  for (const [rank, { value, index }] of order.entries()) {
    most = Math.max(most, Math.min(1, value * (values.length - rank)))
    adjusted[index] = most
  }
  return adjusted
}
