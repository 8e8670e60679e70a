import type { Doubt, Loose, TrainingEvidence } from '../core/training-evidence.ts'
import { isSeed } from '../core/training-evidence.ts'
import { clean } from './clean.ts'
import { count, counted } from './numbers.ts'

/** Why a package is not pinned. */
export const LOOSE_WORDS: { readonly [L in Loose]: string } = {
  no_version: 'no version',
  range: 'a range of versions',
  no_build: 'no build',
  movable: 'a place that can change',
  local: 'a path of one machine',
}

/** What hinders to load a model, or to make it again. */
export const DOUBT_WORDS: { readonly [D in Doubt['what']]: string } = {
  pickled: 'the model file that it packages is pickled',
  local_path: 'a path of one machine',
  no_signature: 'no signature of inputs and outputs',
}

/** A record of a training as one line for a terminal. */
export function trainingEvidenceLine(record: TrainingEvidence): string {
  switch (record.kind) {
    case 'data': {
      const { datasets, licence, live, open = [] } = record
      const known = datasets.filter(({ digests }) => digests.length > 0).length
      const strong = datasets.filter(({ digests }) =>
        digests.some((one) => /^sha(?:256|512):/.test(one)),
      ).length
      const placeholders = datasets.flatMap(({ placeholder }) => placeholder ?? [])
      return [
        `data: ${counted(datasets.length, 'name')}, ${count(known)} with a digest${known > strong ? `, ${count(known - strong)} of them weak` : ''}`,
        ...(placeholders[0] === undefined ? [] : [`no digest: ${clean(placeholders[0], 80)}`]),
        ...(open.length > 0
          ? [
              `from nowhere: ${open
                .slice(0, 3)
                .map((path) => clean(path, 80))
                .join(', ')}`,
            ]
          : []),
        ...(live ? ['the data change'] : []),
        licence === undefined
          ? 'no licence'
          : `licence ${clean(licence.written, 80)}${licence.plain ? '' : ' (no SPDX expression)'}`,
      ].join('; ')
    }
    case 'parameters': {
      const keys = Object.keys(record.values)
      const seeds = keys.filter(isSeed).slice(0, 5)
      const unresolved = record.unresolved.length
      return [
        `parameters: ${counted(keys.length, 'key')}`,
        seeds.length === 0 ? 'no seed' : `seeds ${seeds.map((key) => clean(key, 60)).join(', ')}`,
        ...(unresolved > 0 ? [`${count(unresolved)} not resolved`] : []),
      ].join('; ')
    }
    case 'environment': {
      const loose = record.packages.filter((one) => one.loose !== undefined)
      const hashed = record.packages.filter((one) => one.hashed).length
      const named = loose
        .slice(0, 5)
        .map((one) => `${clean(one.written, 60)} (${LOOSE_WORDS[one.loose ?? 'range']})`)
      return [
        `environment: ${counted(record.packages.length, 'package')}, ${count(hashed)} hashed`,
        loose.length === 0 ? 'all pinned' : `${count(loose.length)} not pinned: ${named.join(', ')}`,
      ].join('; ')
    }
    case 'run': {
      const { commit, remote, dirty, started, hardware, frameworks, doubts } = record
      const versions = Object.entries(frameworks).map(
        ([name, version]) => `${clean(name, 40)} ${clean(version, 40)}`,
      )
      return [
        `run: ${commit === undefined ? 'no commit' : `commit ${clean(commit, 64)}${dirty ? ' with changes beside it' : ''}`}`,
        ...(remote === undefined ? [] : [`of ${clean(remote, 120)}`]),
        ...(started === undefined ? [] : [`from ${started}`]),
        ...(hardware === undefined ? [] : [`on ${clean(hardware, 80)}`]),
        ...versions.slice(0, 8),
        ...doubts.map(
          ({ what, found }) => `${DOUBT_WORDS[what]}${found === undefined ? '' : ` (${clean(found, 60)})`}`,
        ),
      ].join('; ')
    }
  }
}
