import type { Problem } from '../core/problem.ts'
import type { NamedArtifact } from '../criteria/manifest.ts'
import { canonicalJson } from '../text/canonical.ts'
import type { HeldFile } from './artifact-witness.ts'
import type { Shown } from './produced.ts'

/** One file of the evidence out of what runs produced; where they disagree none of them is chosen. */
export function chosenFrom(
  shown: Shown,
  { artifact, file }: Pick<NamedArtifact, 'artifact' | 'file'>,
  commit: string,
  place: { readonly path: string; readonly line: number },
): { readonly problem: Problem } | { readonly chosen: HeldFile; readonly problems: readonly Problem[] } {
  if (shown.kind === 'fault') return { problem: { ...shown.fault, ...place } }
  const fault = shown.faults.get(file)
  if (fault !== undefined) return { problem: { ...fault, ...place } }
  const held = shown.held
    .filter((one) => one.file === file)
    .toSorted((a, b) => a.producer.artifact - b.producer.artifact)
  const last = held.at(-1)
  if (last === undefined) return { problem: { ...place, code: 'not_in_archive', file } }
  const newest =
    held.findLast(({ producer }) => producer.commit === commit) ??
    held.findLast(({ producer }) => !shown.others.has(producer.commit))
  if (newest === undefined) {
    const { run, commit: earlier, workflow } = last.producer
    const path = shown.others.get(earlier) ?? ''
    return {
      problem: {
        ...place,
        code: 'artifact_other_code',
        artifact,
        workflow,
        run,
        commit: earlier,
        other: path,
      },
    }
  }
  const other = held.find((one) => resultsOf(one) !== resultsOf(newest))
  if (other === undefined) return { chosen: newest, problems: [] }
  const runs = [...new Set([other.producer.run, newest.producer.run])]
  const what = differs(other, newest)
  return { chosen: newest, problems: [{ ...place, code: 'artifact_contradiction', file, runs, what }] }
}

/** What was found, without when and where it was written. */
function resultsOf({ reading }: HeldFile): string {
  const measurements = reading.measurements.map(({ metric, value, unit, samples, successes, labels }) => ({
    metric,
    value,
    unit,
    samples,
    successes,
    labels: Object.fromEntries(Object.entries(labels).filter(([label]) => label !== 'timestamp')),
  }))
  return canonicalJson({
    measurements: measurements.map((one) => canonicalJson(one)).toSorted(),
    // Two models may come to the same rates on other samples.
    pairs: (reading.pairs ?? []).map(({ figures }) => canonicalJson(figures)).toSorted(),
    suites: suitesOf(reading).map(canonicalJson).toSorted(),
    scans: scansOf(reading).map(canonicalJson).toSorted(),
    problems: reading.problems.map(({ code }) => code).toSorted(),
  })
}

/** What became of each test: a run that is repeated until its tests pass has come to two results. */
function suitesOf({
  records,
}: HeldFile['reading']): readonly (readonly [suite: string, ...tests: unknown[]])[] {
  return records.flatMap((record) =>
    record.kind === 'suite'
      ? [
          [
            record.suite ?? '',
            record.dataset ?? null,
            record.tests.map(({ name, outcome }) => [name, outcome]),
          ] as const,
        ]
      : [],
  )
}

/** What each scan looked into and found, without when. */
function scansOf({ records }: HeldFile['reading']): readonly unknown[] {
  return records.flatMap((record) => {
    if (record.kind !== 'scan') return []
    const { tool, proof, files, skipped, errors, issues } = record
    return [{ tool, proof, files, skipped, errors, issues }]
  })
}

function differs(one: HeldFile, other: HeldFile): string {
  const values = ({ reading }: HeldFile): readonly string[] =>
    reading.measurements.map(({ metric, value, samples }) => canonicalJson([metric, value, samples ?? null]))
  const known = values(other)
  const index = values(one).findIndex((value) => !known.includes(value))
  const measured = one.reading.measurements[index]?.metric
  if (measured !== undefined) return measured
  const suites = new Set(suitesOf(other.reading).map(canonicalJson))
  const suite = suitesOf(one.reading).find((tested) => !suites.has(canonicalJson(tested)))
  if (suite !== undefined) return suite[0] === '' ? 'the suite of tests' : suite[0]
  const scans = new Set(scansOf(other.reading).map(canonicalJson))
  if (scansOf(one.reading).some((scan) => !scans.has(canonicalJson(scan)))) return 'the scan'
  return other.reading.measurements[0]?.metric ?? 'what it holds'
}
