import { styleText } from 'node:util'
import type { World } from './world.ts'

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan'
export type Colour = (style: Style, text: string) => string

/** Colour for a terminal whose owner wants it; plain text for everything else. */
export function colourFor({ stdout, environment }: World): Colour {
  const wanted =
    environment.FORCE_COLOR !== undefined ||
    (stdout.isTTY === true && environment.NO_COLOR === undefined && environment.TERM !== 'dumb')
  return wanted ? (style, text) => styleText(style, text, { validateStream: false }) : (_, text) => text
}

export function widthFor({ stdout }: World): number {
  return Math.max(60, Math.min(stdout.columns ?? 100, 160))
}
