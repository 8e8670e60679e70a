/** `tfx.components.evaluator.constants`: the file has no byte, its name is the outcome. */
export const BLESSED = 'BLESSED'
const NOT_BLESSED = 'NOT_BLESSED'

/** Whether TFX gives a file this name. */
export function isBlessing(name: string): boolean {
  return name === BLESSED || name === NOT_BLESSED
}
