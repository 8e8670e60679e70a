import type { ArchiveFlaw, Fault } from '../core/problem.ts'
import { count, counted } from './numbers.ts'
import { quoted, type Sentence, sentence } from './sentence.ts'
import type { FaultWords } from './words-table.ts'

type Code = 'bad_archive' | 'unpacks_beyond' | 'archive_too_large' | 'archive_differs' | 'not_in_archive'

/** The words for what can be wrong with an artifact of a workflow run. */
export const ARCHIVE_WORDS: FaultWords<Extract<Fault, { code: Code }>> = {
  bad_archive: ({ flaw, entry }) => ({
    says: sentence`the artifact cannot be read as a ZIP: ${[FLAWS[flaw]]}${entry === undefined ? [] : sentence` (${quoted(entry)})`}`,
    next: NEXT[flaw],
  }),
  unpacks_beyond: ({ entry, limit }) => ({
    says: sentence`${quoted(entry)} in the artifact unpacks to more than ${[counted(limit, 'byte')]}, and no more are read`,
    next: sentence`upload the summary that the evaluation tool writes, rather than every sample`,
  }),
  archive_too_large: ({ limit }) => ({
    says: sentence`the artifact has more than ${[count(limit)]} bytes, and no more are downloaded`,
    next: sentence`upload the reports as an artifact of their own`,
  }),
  archive_differs: ({ declared, seen }) => ({
    says: sentence`the artifact that GitHub sent is ${quoted(seen)}, and it says ${quoted(declared)}`,
    next: sentence`check again, and run the workflow again if it stays so`,
  }),
  not_in_archive: ({ file }) => ({
    says: sentence`${quoted(file)} is not in the artifact`,
    next: sentence`let the workflow upload it, or correct the file where the manifest names it`,
  }),
}

const FLAWS: { readonly [F in ArchiveFlaw]: string } = {
  no_zip: 'it is none, was cut off, or has something after its end',
  structure: 'what it says of its own parts does not fit together',
  headers_differ: 'an entry says two different things of itself',
  overlap: 'two entries share the same bytes',
  stray_bytes: 'it has bytes that belong to no entry',
  name: 'the name of an entry is not a plain path inside the artifact',
  name_twice: 'two entries have the same name',
  link: 'an entry is a link or a device, and a file is wanted',
  encrypted: 'an entry is encrypted',
  method: 'an entry is compressed in a way other than deflate',
  size: 'an entry does not have the size that it says',
  data: 'the compressed data of an entry is damaged',
  checksum: 'an entry does not have the checksum that it says',
}

const UPLOAD = sentence`upload it with ${quoted('actions/upload-artifact')}, which writes a ZIP that can be read`
const PLAIN = sentence`upload only plain files under plain, different names`
const AGAIN = sentence`run the workflow again, so that the artifact is written anew`

const NEXT: { readonly [F in ArchiveFlaw]: Sentence } = {
  no_zip: sentence`upload it with ${quoted('actions/upload-artifact')}, and without ${quoted('archive: false')}`,
  structure: UPLOAD,
  headers_differ: UPLOAD,
  overlap: UPLOAD,
  stray_bytes: UPLOAD,
  name: PLAIN,
  name_twice: PLAIN,
  link: PLAIN,
  encrypted: UPLOAD,
  method: UPLOAD,
  size: AGAIN,
  data: AGAIN,
  checksum: AGAIN,
}
