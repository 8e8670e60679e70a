// Reads a report of as many attempts as asked in a process of its own, and says what that took.
import { readEvidence } from '../../src/readers/index.ts'
import { garakReport } from './garak-report.ts'

const MEGABYTE = 1024 * 1024
const peak = (): number => Math.round(process.resourceUsage().maxRSS / 1024)

readEvidence(garakReport(100), 'warm.jsonl', 'f00d')
const report = garakReport(Number(process.argv[2]))
const before = peak()
const started = performance.now()
const { reading } = readEvidence(report, 'big.report.jsonl', 'f00d')
const told = {
  megabytes: Math.round(report.size / MEGABYTE),
  seconds: Math.round(performance.now() - started) / 1000,
  before,
  peak: peak(),
  successes: reading.measurements.reduce((all, { successes = 0 }) => all + successes, 0),
  fails: report.fails,
  clusters: reading.measurements.reduce((all, { clusters = 0 }) => all + clusters, 0),
  measurements: reading.measurements.length,
  problems: reading.problems.length,
}
process.stdout.write(JSON.stringify(told))
