import type { Context } from '../checks/context.ts'
import type { Evidence } from '../core/evidence.ts'
import { type About, heldTo } from './binding.ts'

const [OWN, OTHER] = ['1'.repeat(40), '2'.repeat(40)]
const NOTHING = { knownAs: [], revisions: [], digests: [] }
const MADE: About = {
  candidate: { ...NOTHING, names: ['made'], commits: [OWN] },
  base: { ...NOTHING, names: ['base'], commits: [] },
  released: { ...NOTHING, names: [], commits: [] },
}

/** The same evidence, of which the last piece names another model and another training. */
export function aboutAnother(context: Context): Context {
  const renamed = context.evidence.map((file, index) =>
    index === context.evidence.length - 1 ? ofAnother(file) : file,
  )
  return { ...context, ...heldTo(MADE, renamed) }
}

function ofAnother(file: Evidence): Evidence {
  return {
    ...file,
    measurements: file.measurements.map((one) => ({ ...one, model: 'another' })),
    records: file.records.map((one) => {
      if (one.kind === 'training') return { ...one, commit: OTHER }
      return one.kind === 'written' ? { ...one, model: 'another' } : one
    }),
  }
}
