import type { Evidence } from '../core/evidence.ts'
import type { IntegrityFact } from '../core/integrity-answer.ts'
import { isVersion, pinOf, plainName } from '../core/package-pin.ts'
import type { TrainingEvidence } from '../core/training-evidence.ts'

type Run = Extract<TrainingEvidence, { kind: 'run' }>
type Environment = Extract<TrainingEvidence, { kind: 'environment' }>

/**
 * Whether a packaged model was made by a run that is among the evidence. A run that began when the model was there already
 * has measured it, and a run of another tool has other names.
 */
export function packagedRunFacts(evidence: readonly Evidence[]): readonly IntegrityFact[] {
  const runs = recordsIn(evidence).filter((one) => one.packaged === undefined && one.run !== undefined)
  return packagedIn(evidence).flatMap(({ run: found, finished, tool, source }): readonly IntegrityFact[] => {
    if (found === undefined) return []
    const own = runs.filter((one) => one.tool === tool && !isLater(one.started, finished))
    const [other] = own
    if (other?.run === undefined || own.some(({ run }) => run === found)) return []
    return [{ what: 'run_differs', path: source.path, found, wanted: other.run, against: other.source.path }]
  })
}

/**
 * Whether a packaged model takes the versions of the frameworks, and of Python, that a list of packages has. Where lists
 * differ, as of training and of serving, one that has the version is enough.
 */
export function packagedVersionFacts(evidence: readonly Evidence[]): readonly IntegrityFact[] {
  const lists = evidence.flatMap(({ records }) => records.filter((one) => one.kind === 'environment'))
  return packagedIn(evidence).flatMap(({ frameworks, source }) =>
    Object.entries(frameworks).flatMap(([framework, found]): readonly IntegrityFact[] => {
      const name = PACKAGES[framework] ?? framework
      const listed = lists.flatMap((list) => versionsIn(list, name))
      const [other] = listed
      if (other === undefined || listed.some(({ version }) => isVersion(found, version))) return []
      const { written: wanted, against } = other
      return [{ what: 'version_differs', path: source.path, package: name, found, wanted, against }]
    }),
  )
}

/** Whether a training record has the Python of a list of packages, or of a packaged model, as far as these name one. */
export function pythonFacts(evidence: readonly Evidence[]): readonly IntegrityFact[] {
  const lists = evidence.flatMap(({ records }) => records.filter((one) => one.kind === 'environment'))
  const known = [
    ...lists.flatMap((list) => versionsIn(list, 'python')),
    ...packagedIn(evidence).flatMap(({ frameworks: { python }, source }): readonly Listed[] =>
      python === undefined ? [] : [{ written: `python ${python}`, version: python, against: source.path }],
    ),
  ]
  const [other] = known
  return evidence.flatMap(({ records }) =>
    records.flatMap((record): readonly IntegrityFact[] => {
      if (record.kind !== 'training' || record.python === undefined || other === undefined) return []
      const { python: found, source } = record
      if (known.some(({ version }) => isVersion(found, version))) return []
      const { written: wanted, against } = other
      return [{ what: 'version_differs', path: source.path, package: 'python', found, wanted, against }]
    }),
  )
}

/** Where the name that MLflow gives the version of a framework is not the package's. */
const PACKAGES: Readonly<Record<string, string>> = {
  ...{ sklearn: 'scikit-learn', pytorch: 'torch', xgb: 'xgboost', lgb: 'lightgbm', spark: 'pyspark' },
  ...{ cb: 'catboost', paddle: 'paddlepaddle' },
}

function recordsIn(evidence: readonly Evidence[]): readonly Run[] {
  return evidence.flatMap(({ records }) => records.filter((one) => one.kind === 'run'))
}

function packagedIn(evidence: readonly Evidence[]): readonly Run[] {
  return recordsIn(evidence).filter(({ packaged }) => packaged)
}

function isLater(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && Date.parse(one) > Date.parse(other)
}

type Listed = { readonly written: string; readonly version: string; readonly against: string }

function versionsIn({ packages, source }: Environment, name: string): readonly Listed[] {
  return packages.flatMap(({ written }): readonly Listed[] => {
    const pin = pinOf(written)
    return pin?.name === plainName(name) ? [{ written, version: pin.version, against: source.path }] : []
  })
}
