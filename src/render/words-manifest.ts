import type { Left, ManifestNote, ManifestPart } from '../core/manifest-note.ts'
import { clean } from './clean.ts'
import { counted } from './numbers.ts'
import { joined, plain, quoted, type Sentence, sentence } from './sentence.ts'
import { shownDigest } from './words-exams.ts'
import { shortened } from './words-limits.ts'

type Table = {
  readonly [C in ManifestNote['code']]: (note: Extract<ManifestNote, { code: C }>) => Sentence
}

/** How each note is headed in a report, in the order in which they are read. */
const HEADS: { readonly [C in ManifestNote['code']]: 'added' | 'replaced' | 'differs' | 'missing' | 'note' } =
  {
    added: 'added',
    replaced: 'replaced',
    differs: 'differs',
    sums_differ: 'differs',
    commits_differ: 'differs',
    missing_version: 'missing',
    missing_weights: 'missing',
    missing_training: 'missing',
    missing_evidence: 'missing',
    missing_document: 'missing',
    missing_digest: 'missing',
    weights_by_md5: 'missing',
    guessed_role: 'note',
    names_another: 'note',
    with_problems: 'note',
    kept: 'note',
    left: 'note',
    not_followed: 'note',
    cut: 'note',
  }

const LEFT: { readonly [W in Left]: Sentence } = {
  outside: ['it is not in the repository: copy it there'],
  name: ['a manifest can not write its name: rename it'],
  checkpoint: ['a checkpoint beside the final weights'],
  numbers: sentence`numbers in no tool's format: add it to ${quoted('evidence:')} if they are results, as ${quoted('rows:')} if they are predictions`,
  document: sentence`a document that no criterion asks for: add ${quoted('{ path: …, document: … }')} if it is one, or its bare path if a record names it as the report of a test`,
  too_large: ['it is larger than what is read'],
  unreadable: ['it can not be read'],
}

const WORDS: Table = {
  added: ({ what, name, detail }) =>
    sentence`${[PARTS[what]]} ${quoted(name)}${detail === undefined ? [] : sentence`: ${shown(detail)}`}`,
  replaced: ({ what, name, written, found }) =>
    sentence`${[PARTS[what]]} ${quoted(name)}: ${shown(written)} is now ${shown(found)}`,
  differs: ({ what, name, written, found }) =>
    sentence`${[PARTS[what]]} ${quoted(name)}: the manifest has ${shown(written)}, and here is ${shown(found)}; ${quoted('--replace')} takes what is here`,
  sums_differ: ({ path, listed, found }) =>
    sentence`weights ${quoted(path)}: the list of digests says ${shown(listed)}, and the file is ${shown(found)}: find out which of them is released`,
  commits_differ: ({ commits }) =>
    sentence`training: ${joined(
      commits.slice(0, 5).map(({ commit, from }) => sentence`${quoted(from)} says ${[shortened(commit)]}`),
    )}: give ${quoted('training: { commit: … }')} of the one that made these weights`,
  missing_version: () => sentence`${quoted('version:')}: say what is released, such as ${quoted('1.0.0')}`,
  missing_weights: () =>
    sentence`${quoted('weights:')}: no weights lie here; name them by address and digest, or a ${quoted('service:')}`,
  missing_training: () =>
    sentence`${quoted('training.commit')}: the commit, the run or the start ticket of the training, or ${quoted('evaluation:')} where nothing is trained here`,
  missing_evidence: () => sentence`${quoted('evidence:')}: nothing that gonogo reads as results lies here`,
  missing_document: ({ document }) =>
    sentence`the document ${quoted(document)}, which the criteria ask for: write ${quoted(`${document}.md`)}`,
  missing_digest: ({ dataset }) =>
    sentence`the digest of dataset ${quoted(dataset)}: without it no exam is shown to be that one`,
  weights_by_md5: ({ path }) =>
    sentence`the sha256 of ${quoted(path)}, of which DVC has an md5: get it with ${quoted('dvc pull')} and run this again`,
  guessed_role: ({ dataset, role }) =>
    sentence`the role ${quoted(role)} of dataset ${quoted(dataset)} is a guess from a name: see that it is so`,
  names_another: ({ path, found }) =>
    sentence`${quoted(path)} is about ${quoted(found)}, which is not what the manifest calls the model: if it is how a tool calls these weights, add it to ${quoted('known_as:')}; if it is the base, say ${quoted('about: base')}`,
  with_problems: ({ path, problems }) =>
    sentence`${quoted(path)} has ${[counted(problems, 'problem')]}, which ${[problems === 1 ? 'keeps' : 'keep']} a release from go: see ${quoted('gonogo read')}`,
  kept: ({ key }) => sentence`${quoted(key)} stands there in another form, and is left as it is`,
  left: ({ path, why }) => sentence`left out ${quoted(path)}: ${LEFT[why]}`,
  not_followed: ({ path }) => sentence`left out ${quoted(path)}: links are not followed`,
  cut: ({ what, limit }) =>
    what === 'depth'
      ? sentence`nothing was looked for below ${[String(limit)]} folders`
      : sentence`only the first ${[String(limit)]} ${[what]} were looked at`,
}

const PARTS: { readonly [P in ManifestPart]: string } = {
  weights: 'weights',
  training: 'training',
  dataset: 'dataset',
  evidence: 'evidence',
}

const STATES = {
  new: 'a new manifest',
  would: 'not written',
  wrote: 'written',
  same: 'nothing to add',
} as const
/** Nobody reads more of one kind. */
const MOST = 30

/** What was added to a manifest, what differs, and what a person still has to say. */
export function manifestReport(
  path: string,
  notes: readonly ManifestNote[],
  state: keyof typeof STATES,
): string {
  const heads = ['added', 'replaced', 'differs', 'missing', 'note'] as const
  const lines = heads.flatMap((head) => {
    const all = notes.filter(({ code }) => HEADS[code] === head).map((note) => plain(manifestSentence(note)))
    const more = all.length > MOST ? [`and ${counted(all.length - MOST, 'more', 'more')}`] : []
    return [...all.slice(0, MOST), ...more].map((line) => `  ${head.padEnd(8)}  ${line}`)
  })
  return `${[`${clean(path)}: ${STATES[state]}`, ...lines].join('\n')}\n`
}

/** What one note says, and what to do about it. */
export function manifestSentence(note: ManifestNote): Sentence {
  // The compiler cannot follow that the row and the note have the same code; `Table` guarantees it.
  const words = WORDS[note.code] as (note: ManifestNote) => Sentence
  return words(note)
}

function shown(text: string): Sentence {
  if (/^[0-9a-f]{64}$/.test(text)) return shownDigest(`sha256:${text}`)
  if (/^[0-9a-f]{40}$/.test(text)) return [shortened(text)]
  return shownDigest(text)
}
