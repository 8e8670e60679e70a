import type { Context } from '../checks/context.ts'
import { dataFacts } from '../checks/integrity-data.ts'
import { environmentFacts } from '../checks/integrity-environment.ts'
import { packagedRunFacts, packagedVersionFacts } from '../checks/integrity-packaged.ts'
import { parameterFacts } from '../checks/integrity-parameters.ts'
import { recordedSeeds } from '../checks/integrity-seeds.ts'
import type { Evidence } from '../core/evidence.ts'
import type { Finding } from '../core/finding.ts'
import type { Disagreement, IntegrityFact } from '../core/integrity-answer.ts'
import type { Problem } from '../core/problem.ts'
import type { EvidenceRecord } from '../core/record.ts'
import type { Scalar } from '../core/training-evidence.ts'
import { canonicalJson, once } from '../text/canonical.ts'

/**
 * What files of a release say of its training that can't both be so, whoever asks: a training record and a bill of
 * materials against the manifest's digests, and each other's; the record against the committed parameters, the runs and
 * the locks; a packaged model against the runs and the locks. What a blocking criterion already says is not said again.
 */
export function trainingDisagrees(
  context: Context | undefined,
  findings: readonly Finding[],
): readonly Problem[] {
  if (context === undefined) return []
  const said = new Set(
    findings.flatMap(({ blocking, answer }) =>
      blocking && answer.code === 'integrity_broken' ? answer.facts.map(canonicalJson) : [],
    ),
  )
  return once(disagreements(ofThisTraining(context)))
    .filter((fact) => !said.has(canonicalJson(fact)))
    .map((fact): Problem => ({ path: fact.path, code: 'training_contradicts', fact }))
}

/** Records of another training or model answer for nothing, and contradict nothing. */
function ofThisTraining(context: Context): Context {
  const foreign = new Set(context.foreign?.records.map(({ record }) => record.source.path))
  const evidence = context.evidence.filter(({ about, path }) => about === 'candidate' && !foreign.has(path))
  return { ...context, evidence }
}

function disagreements(context: Context): readonly Disagreement[] {
  const { evidence, claims } = context
  const records = evidence.filter(({ records: all }) => all.some(({ kind }) => kind === 'training'))
  const paths = new Set(records.map(({ path }) => path))
  const datasets = claims?.datasets.map(({ name }) => name) ?? []
  const naming = evidence.filter(({ records: all }) =>
    all.some(({ kind }) => kind === 'training' || kind === 'bom'),
  )
  const unpinned = { ...context, evidence: naming, exams: { ...context.exams, pinned: new Map() } }
  const committed = differing(context, paths)
  const told = new Set(committed.flatMap((one) => (one.what === 'parameter_differs' ? one.key : [])))
  const ran = records.flatMap((record) =>
    runsOf(record, evidence).flatMap((run) =>
      differing({ ...context, evidence: [record, run] }, paths).filter(
        (one) => one.what !== 'parameter_differs' || !told.has(one.key),
      ),
    ),
  )
  return [
    ...dataFacts({ datasets }, unpinned),
    ...committed,
    ...ran,
    ...environmentFacts({}, context),
    ...packagedRunFacts(evidence),
    ...packagedVersionFacts(evidence),
  ].filter(isDisagreement)
}

function isDisagreement(fact: IntegrityFact): fact is Disagreement {
  return ['data_differs', 'parameter_differs', 'other_lock', 'run_differs', 'version_differs'].includes(
    fact.what,
  )
}

/** Parameters that a training record has otherwise than a file has them that they are held to. */
function differing(context: Context, records: ReadonlySet<string>): readonly IntegrityFact[] {
  return [...parameterFacts(context), ...recordedSeeds(context)].filter(
    (one) => one.what === 'parameter_differs' && records.has(one.path) && !areOneWord(one.found, one.wanted),
  )
}

/** People write `AdamW` where a tool has `adamw_torch`: what is in one another may be one thing. */
function areOneWord(one: Scalar, other: Scalar): boolean {
  if (typeof one !== 'string' || typeof other !== 'string' || /^[\d.+-]/.test(one + other)) return false
  const [a, b] = [one, other].map((text) => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, ''))
  return a !== undefined && b !== undefined && (a.includes(b) || b.includes(a))
}

/**
 * Each file of a run beside a record, as if it were what the record is held to: a run that began when the training was over
 * has measured it.
 */
function runsOf(record: Evidence, evidence: readonly Evidence[]): readonly Evidence[] {
  const ended = record.records.flatMap((one) => (one.kind === 'training' ? (one.times?.finished ?? []) : []))
  const isOver = (one: EvidenceRecord) =>
    one.kind === 'run' &&
    ended.some((end) => one.started !== undefined && Date.parse(one.started) > Date.parse(end))
  return evidence
    .filter(({ path, records }) => path !== record.path && !records.some(isOver))
    .map((file) => ({
      ...file,
      records: file.records.flatMap((one): readonly EvidenceRecord[] =>
        one.kind === 'parameters' && one.of === 'run' ? [{ ...one, of: 'committed' }] : [],
      ),
    }))
    .filter(({ records }) => records.length > 0)
}
