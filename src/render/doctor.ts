import type { DoctorFacts } from '../core/doctor-facts.ts'
import { type DoctorFinding, healthOf, type Severity } from '../core/doctor-finding.ts'
import { clean } from './clean.ts'
import { bullet, type Style, type Terminal } from './columns.ts'
import { counted } from './numbers.ts'
import { plain } from './sentence.ts'
import { type ApiCall, ghCommand } from './shell.ts'
import { doctorWords } from './words-doctor.ts'

/** What was found, with whom it was found of; `host` where GitHub is not github.com. */
export type Report = {
  readonly facts: DoctorFacts
  readonly findings: readonly DoctorFinding[]
  readonly host?: string
}

const ORDER: readonly Severity[] = ['gap', 'unknown', 'warning', 'fine']
const LOOKS: {
  readonly [S in Severity]: { readonly sign: string; readonly style: Style; readonly word: string }
} = {
  gap: { sign: '✗', style: 'red', word: 'gap' },
  unknown: { sign: '?', style: 'yellow', word: 'unknown' },
  warning: { sign: '!', style: 'yellow', word: 'warning' },
  fine: { sign: '✓', style: 'green', word: 'fine' },
}

/** The report for a terminal, the worst first; a command stands on a line of its own, to be copied whole. */
export function renderDoctorText({ facts, findings, host }: Report, terminal: Terminal): string {
  const { repository, branch, appId } = facts
  const of = (severity: Severity) => findings.filter((finding) => finding.severity === severity)
  const counts = ORDER.flatMap((severity) => {
    const count = of(severity).length
    if (count === 0) return []
    return severity === 'gap' || severity === 'warning'
      ? [counted(count, LOOKS[severity].word)]
      : [`${count} ${LOOKS[severity].word}`]
  })
  const whose = appId === undefined ? 'app not known' : `app ${appId}`
  const head = `${clean(repository)}, ${clean(branch)}, ${whose}: ${VERDICTS[healthOf(findings)]} (${counts.join(', ')})`
  const told = new Set<string>()
  const commandsOf = (calls: readonly ApiCall[]): readonly string[] => {
    const fresh = calls.map((call) => ghCommand(call, host)).filter((command) => !told.has(command))
    for (const command of fresh) told.add(command)
    return fresh
  }
  const lines = ORDER.flatMap((severity) =>
    of(severity).flatMap((finding) => {
      const { says, next, calls = [] } = doctorWords(finding, facts)
      const { sign, style } = LOOKS[severity]
      const [first = '', ...rest] = bullet(plain(says), terminal)
      return [
        first.replace('-', terminal.colour(style, sign)),
        ...rest,
        ...(next ? bullet(plain(next), terminal).map((line) => `  ${line.replace('-', '→')}`) : []),
        ...commandsOf(calls).map((command) => `      ${command}`),
      ]
    }),
  )
  return `${[terminal.colour('bold', head), '', ...lines].join('\n')}\n`
}

const VERDICTS = {
  whole: 'the gate holds',
  gaps: 'the gate has gaps',
  undecided: 'whether the gate holds could not be told',
} as const

/** The report as JSON: a public interface. */
export function renderDoctorJson({ facts, findings, host }: Report): object {
  const { repository, branch, appId } = facts
  return {
    repository,
    branch,
    ...(appId !== undefined && { app: appId }),
    gate: healthOf(findings),
    findings: findings.map((finding) => {
      const { says, next, calls = [] } = doctorWords(finding, facts)
      return {
        ...finding,
        says: plain(says),
        ...(next && { next: plain(next) }),
        ...(calls.length > 0 && { commands: calls.map((call) => ghCommand(call, host)) }),
      }
    }),
  }
}
