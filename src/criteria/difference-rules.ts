import { levelOf } from '../checks/attestation-lacks.ts'
import type { Criterion } from '../checks/index.ts'
import { isAtLeast } from '../checks/version.ts'
import { SEVERITIES } from '../core/scan.ts'
import { demanded, headings, incomparable, number, type Rule, scale, set } from './effects.ts'

type Rules = { readonly [key: string]: Rule }

/** How a key of a check goes from one version to the next; what no rule knows can't be compared. */
export function ruleFor(check: Criterion['check'], key: string): Rule {
  const own: Rules = Object.hasOwn(OF_CHECKS, check) ? (OF_CHECKS[check] ?? {}) : {}
  const rules = Object.hasOwn(own, key) ? own : RULES
  return (Object.hasOwn(rules, key) ? rules[key] : undefined) ?? incomparable
}

const flag: Rule = (_, after) => (after === true ? 'tightened' : 'loosened')

/** A list of some of all: without it every one counts. */
const someOfAll: Rule = (before, after) =>
  before === undefined ? 'loosened' : after === undefined ? 'tightened' : set('tightened')(before, after)

/** Every key that is not here can't be compared: a member more of `count` is other evidence, not more of it. */
const RULES: Rules = {
  blocking: flag,
  min_samples: number('tightened'),
  confidence: number('tightened'),
  max_age: number('loosened'),
  of: set('tightened'),
  sections: headings,
  words: number('tightened'),
  fields: set('tightened'),
  observed: flag,
  controls: set('tightened'),
  across: set('tightened'),
  tests: set('tightened'),
  groups: someOfAll,
  trust: scale([undefined, 'produced', 'signed']),
}

/** More who may approve is less that is asked; without any it is somebody else who may. */
const approving: Rule = (before, after) =>
  before === undefined || after === undefined ? 'changed' : set('loosened')(before, after)

const APPROVAL_RULES: Rules = {
  count: number('tightened'),
  teams: approving,
  people: approving,
}

/** What is not given is another list: the floor's, or all that the criteria measure. */
const listed =
  (more: 'tightened' | 'loosened'): Rule =>
  (before, after) =>
    before === undefined || after === undefined ? 'changed' : set(more)(before, after)

const LINEAGE_RULES: Rules = {
  publishers: listed('loosened'),
  licences: listed('loosened'),
  metrics: listed('tightened'),
  across: listed('tightened'),
  at_most_worse: number('loosened'),
}

const ATTESTATION_RULES: Rules = {
  builder: demanded,
  runner: demanded,
  policy: demanded,
  configuration: set('tightened'),
  verifier: demanded,
  resource: demanded,
  level: (before, after) => {
    const [old, young] = [before, after].map((one) => levelOf(String(one)))
    return old && young && old.track === young.track
      ? number('tightened')(old.level, young.level)
      : demanded(before, after)
  },
  // A signer of the floor by its name is one of those that any would be.
  signer: (before, after) =>
    typeof before === 'object' || typeof after === 'object' ? 'changed' : demanded(before, after),
}

/** What a scanner has to be is an ask more; less of what it may say is one too. */
const SCAN_RULES: Rules = {
  severity: scale([...SEVERITIES].toReversed()),
  // Without a list any format may be; one more in it is one more that may.
  formats: (before, after) =>
    before === undefined ? 'tightened' : after === undefined ? 'loosened' : set('loosened')(before, after),
  named: (_, after) => (after === undefined ? 'tightened' : 'loosened'),
  suppressed: (_, after) => (after === undefined ? 'tightened' : 'loosened'),
  version_at_least: (before, after) => {
    if (typeof after !== 'string') return 'loosened'
    if (typeof before !== 'string' || !isAtLeast(before, after)) return 'tightened'
    return isAtLeast(after, before) ? 'reworded' : 'loosened'
  },
}

/** A check that goes without a key asks for less: `datasets` names a few of all that a model was made with. */
const INTEGRITY_RULES: Rules = {
  datasets: someOfAll,
  strong: flag,
  hashed: flag,
}

/** A report that covers what is rested on is asked more of than one that signs for anything. */
const RECORD_RULES: Rules = {
  covers: demanded,
  // Of a CAIQ the whole is asked without them, and what that is differs by its version.
  controls: listed('tightened'),
}

const OF_CHECKS: { readonly [C in Criterion['check']]?: Rules } = {
  approval: APPROVAL_RULES,
  record: RECORD_RULES,
  lineage: LINEAGE_RULES,
  attestation: ATTESTATION_RULES,
  scan: SCAN_RULES,
  integrity: INTEGRITY_RULES,
}
