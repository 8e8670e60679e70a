/**
 * The most that rounding can have taken from a number: half of the last digit that it was written with, and at most half
 * of the second decimal. Of several that one writer rounded alike the digits are those of the longest, since a number
 * loses the zeros at its end.
 */
export function roomOf(values: readonly number[]): number {
  return 0.5 * 10 ** -Math.max(2, ...values.map(decimalsOf))
}

function decimalsOf(value: number): number {
  const [, part = '', power = '0'] = /^-?\d+(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value)) ?? []
  return Math.max(0, part.length - Number(power))
}
