/** The mean; NaN of nothing. */
export function meanOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, value) => sum + value, 0) / numbers.length
}

/** The variance with n − 1; NaN of fewer than two. */
export function varianceOf(numbers: readonly number[]): number {
  const mean = meanOf(numbers)
  return numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (numbers.length - 1)
}
