import type { Trust } from '../attest/proof/trust.ts'
import type { Reading } from '../core/evidence.ts'
import type { Near, Why } from '../core/near.ts'
import type { Problem } from '../core/problem.ts'
import type { Content } from '../text/content.ts'
import { type Bytes, sizeOf } from '../text/source.ts'
import { adapterConfig } from './adapter-config.ts'
import { aequitas } from './aequitas.ts'
import { aif360 } from './aif360.ts'
import { amlbResults } from './amlb-results.ts'
import { withClasses } from './area-classes.ts'
import { attestation } from './attestation.ts'
import { autoattack } from './autoattack.ts'
import { autogluonLeaderboard } from './autogluon-leaderboard.ts'
import { avid } from './avid.ts'
import { caiq } from './caiq.ts'
import { clarify } from './clarify.ts'
import { commitId } from './commit-id.ts'
import { conda } from './conda.ts'
import { condaExplicit } from './conda-explicit.ts'
import { croissant } from './croissant.ts'
import { cyberseceval } from './cyberseceval.ts'
import { cyclonedx } from './cyclonedx.ts'
import { dataProvenance } from './data-provenance.ts'
import { deepchecks } from './deepchecks.ts'
import { deepeval } from './deepeval.ts'
import { document } from './document.ts'
import { dpSgd } from './dp-sgd.ts'
import { dvc } from './dvc.ts'
import { evidently } from './evidently.ts'
import { fairlearn } from './fairlearn.ts'
import { fickling } from './fickling.ts'
import { contentOf, SMALL_BYTES } from './file-content.ts'
import { garak } from './garak.ts'
import { garakDigest } from './garak-digest.ts'
import { greatExpectations } from './great-expectations.ts'
import { helm } from './helm.ts'
import { hfDatasetCard } from './hf-dataset-card.ts'
import { hfModelIndex } from './hf-model-index.ts'
import { hfSecurity } from './hf-security.ts'
import { hfTrainer } from './hf-trainer.ts'
import { hydra } from './hydra.ts'
import { inspectAi } from './inspect-ai.ts'
import { jailbreakbench } from './jailbreakbench.ts'
import { junit } from './junit.ts'
import { lightningCsv } from './lightning-csv.ts'
import { lmEval } from './lm-eval.ts'
import { mlflow } from './mlflow.ts'
import { mlflowTracked } from './mlflow-tracked.ts'
import { mlmodel } from './mlmodel.ts'
import { mlperf } from './mlperf.ts'
import { modelCardToolkit } from './model-card-toolkit.ts'
import { modelscan } from './modelscan.ts'
import { nearTo, seenIn } from './near.ts'
import { openaiEvals } from './openai-evals.ts'
import { oscal } from './oscal.ts'
import { isXmlBom, otherKind } from './other-kinds.ts'
import { parameters } from './parameters.ts'
import { pdmLock } from './pdm-lock.ts'
import { pipRequirements } from './pip-requirements.ts'
import { pipfileLock } from './pipfile-lock.ts'
import { plainData } from './plain-data.ts'
import { plainTable } from './plain-table.ts'
import { poetryLock } from './poetry-lock.ts'
import { privacyMeter } from './privacy-meter.ts'
import { promptfoo } from './promptfoo.ts'
import { pylock } from './pylock.ts'
import { pyproject } from './pyproject.ts'
import { ragas } from './ragas.ts'
import type { Reader } from './reader.ts'
import { robustbench } from './robustbench.ts'
import { sagemakerModelCard } from './sagemaker-model-card.ts'
import { sagemakerModelQuality } from './sagemaker-model-quality.ts'
import { sarif } from './sarif.ts'
import { simpleEvals } from './simple-evals.ts'
import { sklearnReport } from './sklearn-report.ts'
import { spdx3 } from './spdx3.ts'
import { textattack } from './textattack.ts'
import { tfPrivacy } from './tf-privacy.ts'
import { tfxBlessing } from './tfx-blessing.ts'
import { timm } from './timm.ts'
import { trainingRecord } from './training-record.ts'
import { uvLock } from './uv-lock.ts'
import { vertexEvaluation } from './vertex-evaluation.ts'
import { wandbConfig } from './wandb-config.ts'
import { wandbMetadata } from './wandb-metadata.ts'
import { wandbSummary } from './wandb-summary.ts'
import { writtenRecord } from './written-record.ts'

/** Readers of one tool's format: exactly one of them may claim a file. */
export const SPECIFIC: readonly Reader[] = [
  lmEval,
  hfTrainer,
  hfModelIndex,
  sklearnReport,
  fairlearn,
  aequitas,
  aif360,
  clarify,
  modelCardToolkit,
  robustbench,
  textattack,
  autoattack,
  timm,
  mlperf,
  tfPrivacy,
  privacyMeter,
  dpSgd,
  garak,
  garakDigest,
  promptfoo,
  avid,
  jailbreakbench,
  deepeval,
  ragas,
  cyberseceval,
  trainingRecord,
  writtenRecord,
  caiq,
  oscal,
  adapterConfig,
  attestation,
  cyclonedx,
  spdx3,
  junit,
  greatExpectations,
  evidently,
  deepchecks,
  document,
  helm,
  inspectAi,
  openaiEvals,
  simpleEvals,
  mlflow,
  wandbSummary,
  lightningCsv,
  autogluonLeaderboard,
  amlbResults,
  sagemakerModelQuality,
  sagemakerModelCard,
  vertexEvaluation,
  tfxBlessing,
  modelscan,
  sarif,
  fickling,
  hfSecurity,
  dvc,
  mlmodel,
  mlflowTracked,
  commitId,
  wandbConfig,
  wandbMetadata,
  pipRequirements,
  uvLock,
  poetryLock,
  pdmLock,
  pylock,
  pipfileLock,
  pyproject,
  conda,
  condaExplicit,
  croissant,
  hfDatasetCard,
  dataProvenance,
]

/** Readers of numbers in no tool's format, for files that no specific reader claims. */
export const PLAIN: readonly Reader[] = [plainData, plainTable]

/** Readers of files that are like any other map of values: only where the manifest says which of them a file is. */
export const NAMED: readonly Reader[] = [parameters, hydra]

/** Every evidence format that is read. */
export const READERS: readonly Reader[] = [...SPECIFIC, ...NAMED, ...PLAIN]

/**
 * One evidence file as facts. `format` is absent where no reader, or more than one, claims the content; faults
 * of the text stand beside what could still be read of it. `named`: the format that the manifest says, which chooses
 * only among what no tool's reader claims. Signatures are verified with nothing but `trust`, which is the public
 * instance of Sigstore where absent. Never throws for bad input.
 */
export function readEvidence(
  source: Bytes,
  path: string,
  sha: string,
  { trust, named }: { readonly trust?: Trust | undefined; readonly named?: string | undefined } = {},
): { readonly format?: string; readonly reading: Reading } {
  const { content, problems } = contentOf(source, path)
  if (!content) return { reading: onlyProblems(problems) }
  const claims = claimsOf(content, named)
  const isPlain = claims.every((reader) => PLAIN.includes(reader) || NAMED.includes(reader))
  const other = isPlain ? otherKind(content) : undefined
  if (other !== undefined)
    return { reading: onlyProblems([...problems, { path, code: 'measures_nothing', ...other }]) }
  const [reader] = claims
  if (isXmlBom(content)) return { reading: onlyProblems([...problems, { path, code: 'bom_as_xml' }]) }
  if (!reader) return { reading: onlyProblems([...problems, { path, code: 'unknown_format' }]) }
  if (claims.length > 1) {
    const formats = claims.map(({ format }) => format)
    return { reading: onlyProblems([...problems, { path, code: 'several_formats', formats }]) }
  }
  const {
    measurements,
    records,
    problems: found,
  } = reader.read({ path, sha, content, ...(trust && { trust }) })
  const all = [...problems, ...found]
  const nothing = measurements.length === 0 && records.length === 0 && all.length === 0
  const empty: readonly Problem[] = nothing ? [{ path, code: 'no_measurements', format: reader.format }] : []
  const known = withClasses(measurements)
  return { format: reader.format, reading: { measurements: known, records, problems: [...all, ...empty] } }
}

/** Endings under which the same bytes may be read otherwise. */
const ENDINGS = ['jsonl', 'json', 'yml', 'toml', 'csv', 'md', 'xml'] as const

/**
 * Why no tool's reader claims a file, for a person who debugs it: what stands at its top, and the formats that come
 * near. What a reader of plain numbers took is near only by several keys.
 */
export function whyUnknown(source: Bytes, path: string): Why {
  const { content } = contentOf(source, path)
  const known = content && claimsOf(content).length > 0
  if (content && SPECIFIC.some((reader) => reader.recognises(content))) return { near: [] }
  const near = content ? nearTo(content, SPECIFIC, known ? 2 : 1) : []
  const seen = content && { seen: seenIn(content) }
  if (near.length > 0 || known || sizeOf(source) > SMALL_BYTES) return { ...seen, near }
  const named = ENDINGS.flatMap((extension): readonly Near[] => {
    const other = contentOf(source, `file.${extension}`).content
    // Any text is a document by its ending.
    const [only, second] = other && other.kind !== 'markdown' ? claimsOf(other) : []
    const path = `file.${extension}`
    const found = only && !second && other ? only.read({ path, sha: '', content: other }) : undefined
    const holds = found && found.measurements.length + found.records.length > 0
    return only && holds ? [{ how: 'named', format: only.format, extension }] : []
  })
  return { ...seen, near: named.slice(0, 1) }
}

function claimsOf(content: Content, named?: string): readonly Reader[] {
  const specific = SPECIFIC.filter((reader) => reader.recognises(content))
  if (specific.length > 0) return specific
  const said = NAMED.filter((reader) => reader.format === named && reader.recognises(content))
  return said.length > 0 ? said : PLAIN.filter((reader) => reader.recognises(content))
}

function onlyProblems(problems: readonly Problem[]): Reading {
  return { measurements: [], records: [], problems }
}
