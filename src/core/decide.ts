import { BUILT_IN, PREREGISTRATION } from './controls.ts'
import { type Finding, outcomeOf } from './finding.ts'
import type { Problem } from './problem.ts'

export type Decision = 'go' | 'no-go' | 'undecided'

const PROVED: readonly string[] = ['met', 'waived']

/** Go must be proved: something blocking was asked, all of it is met or waived, and every file was understood. */
export function decide(findings: readonly Finding[], problems: readonly Problem[]): Decision {
  const blocking = findings.filter((finding) => finding.blocking)
  if (blocking.some((finding) => outcomeOf(finding) === 'unmet')) return 'no-go'
  // A release of which nothing is asked but what is built in has proved nothing.
  const asked = blocking.some((finding) => !BUILT_IN.includes(finding.control))
  const registered = blocking.some((finding) => finding.control === PREREGISTRATION)
  const proved = blocking.every((finding) => PROVED.includes(outcomeOf(finding)))
  return asked && registered && proved && problems.length === 0 ? 'go' : 'undecided'
}
