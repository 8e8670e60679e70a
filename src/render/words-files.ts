import type { Fault } from '../core/problem.ts'
import { count, counted } from './numbers.ts'
import { quoted, type Sentence, sentence } from './sentence.ts'
import type { FaultWords } from './words-table.ts'

type Code =
  | 'not_found'
  | 'not_a_file'
  | 'leaves_repository'
  | Extract<Fault['code'], `lfs_${string}`>
  | 'too_large'
  | 'empty_file'
  | 'not_utf8'
  | 'syntax'
  | 'too_deep'
  | 'alias'
  | 'second_document'
  | 'duplicate_key'
  | 'forbidden_key'
  | 'not_finite'

/** A digest or commit id that YAML takes for a number. */
const DIGITS_OF_AN_ID = /^(?=.{32,64}$)\d+e\d+$/i

const FLAWS = {
  version: 'it is of another version than v1',
  extension: 'it asks for an extension, so that what is stored is not the file',
  keys: 'it has other lines than version, oid and size',
  oid: 'its oid is no sha256 of 64 small hex digits',
  size: 'its size is no number of bytes',
} as const

function digest(oid: string): Sentence {
  return [quoted(`sha256:${oid.slice(0, 12)}…`)]
}

const FOUND = { link: 'a symbolic link', submodule: 'a submodule', folder: 'a folder' } as const

/** The words for what can be wrong with any file. */
export const FILE_WORDS: FaultWords<Extract<Fault, { code: Code }>> = {
  not_found: ({ file }) => ({
    says: sentence`${quoted(file)} is named here and is not in the commit`,
    next: sentence`commit the file, or correct the path where it is named`,
  }),
  not_a_file: ({ file, found }) => ({
    says: sentence`${quoted(file)} is ${[FOUND[found]]}, and a file is wanted`,
    next: sentence`commit the file itself, or correct the path where it is named`,
  }),
  leaves_repository: ({ written }) => ({
    says: sentence`${quoted(written)} points outside the repository`,
    next: sentence`commit what it points to, and name it by a path inside the repository`,
  }),
  lfs_pointer: ({ bytes }) => ({
    says: sentence`this is a Git LFS pointer to a file of ${[counted(bytes, 'byte')]}, and the content itself is wanted`,
    next: sentence`exempt the file from LFS in ${quoted('.gitattributes')}, and commit its content`,
  }),
  lfs_malformed: ({ flaw }) => ({
    says: sentence`this begins as a Git LFS pointer and is none that can be followed: ${[FLAWS[flaw]]}`,
    next: sentence`add the file itself again, so that git-lfs writes the pointer`,
  }),
  lfs_absent: ({ oid }) => ({
    says: sentence`this is a Git LFS pointer, and the clone does not have what it stands for, ${digest(oid)}`,
    next: sentence`run ${quoted('git lfs pull')}`,
  }),
  lfs_not_there: ({ oid }) => ({
    says: sentence`this is a Git LFS pointer, and GitHub does not have what it stands for, ${digest(oid)}`,
    next: sentence`run ${quoted('git lfs push --all origin')} where the file is`,
  }),
  lfs_refused: ({ status }) => ({
    says: sentence`this is a Git LFS pointer, and GitHub does not give the app what it stands for (${[`${status}`]})`,
    next: sentence`see that the app may read the repository's contents and that Git LFS is turned on, or commit the content itself`,
  }),
  lfs_quota: () => ({
    says: sentence`this is a Git LFS pointer, and the owner's bandwidth or storage for Git LFS is used up`,
    next: sentence`have the owner buy more, or commit the content itself`,
  }),
  lfs_elsewhere: ({ host }) => ({
    says: sentence`this is a Git LFS pointer, and what it stands for is said to be at ${quoted(host)}, where nothing is fetched from`,
    next: sentence`have whoever runs GitHub serve Git LFS over https from a public address or its own, or commit the content itself`,
  }),
  lfs_differs: ({ declared, seen }) => ({
    says: sentence`this is a Git LFS pointer to ${digest(declared.oid)} of ${[counted(declared.bytes, 'byte')]}, and what was found in its place is ${seen === undefined ? ['of another size'] : sentence`${digest(seen.oid)} of ${[counted(seen.bytes, 'byte')]}`}`,
    next: sentence`push the file with git-lfs again`,
  }),
  lfs_too_much: ({ limit }) => ({
    says: sentence`the release's files in Git LFS have more than ${[counted(limit, 'byte')]} together, and no more are fetched`,
    next: sentence`commit the summaries that the evaluation tools write, rather than every sample`,
  }),
  too_large: ({ bytes, limit }) => ({
    says: sentence`the file has ${[counted(bytes, 'byte')]}, and at most ${[count(limit)]} are read`,
    next: sentence`commit the summary that the evaluation tool writes, rather than every sample`,
  }),
  empty_file: () => ({
    says: sentence`the file is empty`,
    next: sentence`commit its content, or take it out where it is named`,
  }),
  not_utf8: ({ binary }) =>
    binary
      ? {
          says: sentence`the file is binary, and no text that could be read`,
          next: sentence`commit what a tool wrote as text: a binary file is no evidence`,
        }
      : { says: sentence`the file is not text in UTF-8`, next: sentence`save it as UTF-8` },
  syntax: ({ detail }) => ({
    says: sentence`the file cannot be parsed: ${quoted(detail)}`,
    next: sentence`correct the syntax`,
  }),
  too_deep: ({ limit }) => ({
    says: sentence`the file is nested deeper than ${[counted(limit, 'level')]}`,
    next: sentence`write it flatter`,
  }),
  alias: () => ({
    says: sentence`this is a YAML alias, and values must be written out`,
    next: sentence`write the value out`,
  }),
  second_document: () => ({
    says: sentence`a second YAML document begins here, and a file holds one`,
    next: sentence`keep one document in the file`,
  }),
  duplicate_key: ({ key }) => ({
    says: sentence`the key ${quoted(key)} stands here twice`,
    next: sentence`keep the one that holds`,
  }),
  forbidden_key: ({ key }) => ({
    says: sentence`the key ${quoted(key)} is not allowed in any file`,
    next: sentence`rename or remove the key`,
  }),
  not_finite: ({ at, found }) => ({
    says: sentence`${quoted(at)} is ${quoted(found)}, and a finite number is wanted`,
    next: DIGITS_OF_AN_ID.test(found)
      ? sentence`put it in quotes, since YAML takes digits around an ${quoted('e')} for a number`
      : sentence`find out why the evaluation came to no number, and run it again`,
  }),
}
