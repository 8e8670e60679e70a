import { isAttackControl } from '../core/attack-controls.ts'
import { isNamedAttackLabel, isNoStrength, isUnattacked } from '../core/attacks.ts'
import type { Control } from '../core/controls.ts'
import { type Meaning, meaningOf } from '../core/meanings.ts'
import type { Measurement } from '../core/measurement.ts'

/** What is asked of a number, and for which control. */
type Asking = {
  readonly control: Control
  readonly metric: string
  readonly where: Readonly<Record<string, string>>
}

/** Controls that attacks and triggers answer too. */
const OF_ATTACKS: readonly Control[] = ['poisoning-prevention', 'base-model-vulnerabilities']
/** Metrics that are of an attack by what they mean. */
const BY_MEANING: readonly Meaning[] = ['attack', 'robust', 'membership']

/**
 * Of what fits, what no attack spoiled: who asks how right a model is, and names no label of attacks, doesn't ask how
 * right it is under one. Where everything that fits is measured under attack, and of a control or a metric that is about
 * attacks, all of it: there nothing says which is meant.
 */
export function leavingAttacked(asking: Asking, found: readonly Measurement[]): readonly Measurement[] {
  const { control, metric, where } = asking
  if (isAttackControl(control) || OF_ATTACKS.includes(control)) return found
  if (BY_MEANING.includes(meaningOf(metric)) || Object.keys(where).some(isNamedAttackLabel)) return found
  const clean = found.filter((one) => !isUnderAttack(one))
  return clean.length > 0 ? clean : found
}

/** Whether a label says what attacked a measurement, by its whole name: words of attacks are in many others. */
function isUnderAttack({ labels }: Measurement): boolean {
  const all = Object.entries(labels)
  if (all.some(([label, value]) => isNoStrength(label, value))) return false
  return all.some(([label, value]) => isNamedAttackLabel(label) && !isUnattacked(value))
}
