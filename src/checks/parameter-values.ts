import Big from 'big.js'
import type { Scalar } from '../core/training-evidence.ts'

/** Whether a setting says something. */
export function isGiven(value: Scalar | undefined): boolean {
  return (
    value !== undefined &&
    value !== null &&
    !/^(?:|none|null|nan|-?inf(?:inity)?|\[\]|\{\})$/i.test(String(value).trim())
  )
}

/** Whether a seed is one: `null`, -1 and `random` let chance choose. */
export function isFixed(seed: Scalar | undefined): boolean {
  return isGiven(seed) && !/^(?:-.*|random|auto|time|true|false)$/is.test(String(seed).trim())
}

/** As decimals where both are numbers, however they are written; else as they are, in any case of a truth value. */
export function isEqual(one: Scalar, other: Scalar): boolean {
  const [a, b] = [numberIn(one), numberIn(other)]
  if (a !== undefined && b !== undefined) return a.eq(b)
  return textOf(one) === textOf(other)
}

function numberIn(value: Scalar): Big | undefined {
  const text = String(value).trim()
  const isDecimal = /^[+-]?(?:\d{1,400}\.?\d{0,400}|\.\d{1,400})(?:[eE][+-]?\d{1,4})?$/.test(text)
  return isDecimal && typeof value !== 'boolean' ? new Big(text.replace(/^\+/, '')) : undefined
}

/** Tools that keep texts write what Python prints. */
function textOf(value: Scalar): string {
  const text = String(value)
  return /^(?:true|false|none|null)$/i.test(text) ? text.toLowerCase().replace('none', 'null') : text
}
