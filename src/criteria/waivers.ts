import type { WaiverRules } from '../core/waiver.ts'
import type { Floor } from './floor.ts'

/** Where nobody says how long a waiver may last. */
const LONGEST_DAYS = 90

/** What the organisation allows of waivers. */
export function waiverRules(floor: Floor | undefined): WaiverRules {
  const { longest, never = [] } = floor?.waivers ?? {}
  return {
    teams: floor?.approvals?.waive ?? [],
    longest: longest === undefined ? LONGEST_DAYS : Number.parseInt(longest, 10),
    never,
  }
}
