import type { Severity } from '../core/scan.ts'
import { type Fields, fieldsAt, isFields } from './narrow.ts'

/** How bad a result is: by the rule's `security-severity` where there is one, else by its level, or the rule's. */
export function severityIn(result: Fields, driver: Fields, tool: Fields): Severity | 'unknown' {
  const rule = ruleOf(result, driver, tool)
  return (
    fromScore(fieldsAt(result, 'properties')['security-severity']) ??
    fromScore(fieldsAt(rule, 'properties')['security-severity']) ??
    fromLevel(result.level ?? fieldsAt(rule, 'defaultConfiguration').level ?? 'warning')
  )
}

/** SARIF 3.52.4: by index where there is one, else by id, in the driver or in the extension that is named. */
function ruleOf(result: Fields, driver: Fields, tool: Fields): Fields {
  const reference = fieldsAt(result, 'rule')
  const component = fieldsAt(reference, 'toolComponent').index
  const extensions = Array.isArray(tool.extensions) ? tool.extensions : []
  const holder = typeof component === 'number' ? extensions[component] : driver
  const rules: readonly unknown[] = isFields(holder) && Array.isArray(holder.rules) ? holder.rules : []
  const index = result.ruleIndex ?? reference.index
  const id = result.ruleId ?? reference.id
  // What is no rule keeps its place: else the index would be of another one.
  const indexed = typeof index === 'number' ? rules[index] : undefined
  if (isFields(indexed)) return indexed
  return rules.filter(isFields).find((rule) => id !== undefined && rule.id === id) ?? {}
}

/** GitHub, "SARIF support for code scanning": over 9 critical, 7 to 8.9 high, 4 to 6.9 medium, below low. */
function fromScore(written: unknown): Severity | undefined {
  const score = typeof written === 'string' && written.trim() !== '' ? Number(written) : written
  if (typeof score !== 'number' || !(score > 0 && score <= 10)) return undefined
  return score >= 9 ? 'critical' : score >= 7 ? 'high' : score >= 4 ? 'medium' : 'low'
}

function fromLevel(level: unknown): Severity | 'unknown' {
  switch (level) {
    case 'error':
      return 'high'
    case 'warning':
      return 'medium'
    case 'note':
    case 'none':
      return 'low'
    default:
      return 'unknown'
  }
}
