import { readFileSync } from 'node:fs'
import { z } from 'zod'

// The same depth from src/ in a clone and from dist/ in the package.
const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8')

/** This program's version, which stands in every verdict. */
export const ENGINE: string = z.object({ version: z.string() }).parse(JSON.parse(manifest)).version
