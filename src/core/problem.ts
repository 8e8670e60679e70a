import type { ApprovalAnswer, Consent } from './approval.ts'
import type { InvalidWhy } from './attestation.ts'
import type { BomFault } from './bom.ts'
import type { Contradiction } from './contradiction.ts'
import type { Missing } from './coverage.ts'
import type { Counter } from './note.ts'
import type { Place } from './place.ts'
import type { RecordFault } from './record-problem.ts'
import type { RowsFault } from './rows-fault.ts'
import type { WeightFault } from './weight-format.ts'

/** What is wrong with a file; each variant carries exactly what its sentence needs (`render/words.ts`). */
export type Fault =
  // any file
  /** `file` is what was named; the problem's own place is where it was named. */
  | { readonly code: 'not_found'; readonly file: string }
  | { readonly code: 'not_a_file'; readonly file: string; readonly found: 'link' | 'submodule' | 'folder' }
  | { readonly code: 'leaves_repository'; readonly written: string }
  | { readonly code: 'lfs_pointer'; readonly oid: string; readonly bytes: number }
  | { readonly code: 'lfs_malformed'; readonly flaw: PointerFlaw }
  /** The clone does not have it. */
  | { readonly code: 'lfs_absent'; readonly oid: string }
  /** GitHub does not have it. */
  | { readonly code: 'lfs_not_there'; readonly oid: string }
  | { readonly code: 'lfs_refused'; readonly status: number }
  | { readonly code: 'lfs_quota' }
  /** It is said to be where nothing is fetched from. */
  | { readonly code: 'lfs_elsewhere'; readonly host: string }
  /** Without `seen` it was longer, or shorter, and not looked at. */
  | { readonly code: 'lfs_differs'; readonly declared: LargeFile; readonly seen?: LargeFile }
  /** All of a release together. */
  | { readonly code: 'lfs_too_much'; readonly limit: number }
  | { readonly code: 'too_large'; readonly bytes: number; readonly limit: number }
  | { readonly code: 'empty_file' }
  /** `binary`: no text at all. */
  | { readonly code: 'not_utf8'; readonly binary?: true }
  | { readonly code: 'syntax'; readonly detail: string }
  | { readonly code: 'too_deep'; readonly limit: number }
  | { readonly code: 'alias' }
  | { readonly code: 'second_document' }
  | { readonly code: 'duplicate_key'; readonly key: string }
  | { readonly code: 'forbidden_key'; readonly key: string }
  | { readonly code: 'not_finite'; readonly at: string; readonly found: string }
  // files that people write
  | { readonly code: 'unknown_key'; readonly key: string; readonly suggestion?: string }
  | { readonly code: 'missing_key'; readonly key: string }
  /** Without `found` it is a rule of several keys together. */
  | {
      readonly code: 'wrong_value'
      readonly at: string
      readonly found?: string
      readonly wanted: string
      readonly suggestion?: string
    }
  | { readonly code: 'reserved_id'; readonly id: string }
  | { readonly code: 'duplicate_id'; readonly id: string }
  | { readonly code: 'wrong_model'; readonly found: string; readonly wanted: string }
  /** `readAs`: the name under which it would be read. */
  | { readonly code: 'unknown_file'; readonly readAs?: string }
  | { readonly code: 'movable_snapshot'; readonly snapshot: string }
  /** `bought`: of the base of a service, which may have no commits. */
  | { readonly code: 'movable_revision'; readonly revision: string; readonly bought?: boolean }
  | { readonly code: 'named_twice'; readonly written: string }
  | { readonly code: 'not_pinned'; readonly dataset: string; readonly suggestion?: string }
  | { readonly code: 'exam_unused'; readonly dataset: string }
  /** At high risk nothing counts that was not measured on data that the criteria pin, and they pin none. */
  | { readonly code: 'exam_unpinned' }
  | { readonly code: 'attempts_of_nothing' }
  | ({
      readonly code: 'unapproved'
      readonly answer: Exclude<ApprovalAnswer, { code: 'approved' }>
    } & Omit<Consent, 'approvals'>)
  | { readonly code: 'nothing_asks'; readonly missing: readonly Missing[] }
  // the floor
  | { readonly code: 'floor_absent'; readonly repository: string }
  | { readonly code: 'floor_unreadable'; readonly repository: string; readonly file: string }
  | {
      readonly code: 'floor_faulty'
      readonly repository: string
      readonly file: string
      readonly commit: string
      readonly problems: number
      /** The line of the first of them. */
      readonly first?: number
    }
  | { readonly code: 'floor_elsewhere'; readonly wanted?: string }
  /** Whatever is measured holds the bound. */
  | {
      readonly code: 'cannot_fail'
      readonly criterion: string
      readonly low?: number
      readonly high?: number
    }
  /** Nothing that could be measured holds the bound. */
  | { readonly code: 'cannot_be_met'; readonly criterion: string }
  /** Not even all successes show it: of so few samples, or of however many. */
  | {
      readonly code: 'cannot_be_shown'
      readonly criterion: string
      readonly confidence: number
      readonly samples?: number
      readonly needed?: number
    }
  /** Our fault: the gate took evidence that it must refuse. */
  | { readonly code: 'not_refused'; readonly criterion: string; readonly counter: Counter }
  | RecordFault
  // evidence
  | { readonly code: 'unknown_format' }
  | { readonly code: 'several_formats'; readonly formats: readonly string[] }
  | { readonly code: 'other_format'; readonly found: string; readonly wanted: string }
  | { readonly code: 'other_dataset'; readonly found: string; readonly wanted: string }
  | { readonly code: 'malformed'; readonly format: string; readonly at: string; readonly wanted: string }
  | { readonly code: 'contradiction'; readonly at: string; readonly one: string; readonly other: string }
  | {
      readonly code: 'more_than_rows'
      readonly metric: string
      readonly dataset: string
      readonly samples: number
      readonly rows: number
    }
  | {
      readonly code: 'test_in_training'
      readonly dataset: string
      readonly under: string
      readonly digest: string
    }
  | RowsFault
  | BomFault
  /** A file of another kind, by our own name for it; `own`: gonogo itself reads it elsewhere. */
  | { readonly code: 'measures_nothing'; readonly what: string; readonly own?: true }
  /** A signature that is wrong blocks, whatever else verifies and whoever asks. */
  | { readonly code: 'attestation_invalid'; readonly why: InvalidWhy; readonly predicate: string }
  /** The run did not come to its end, as the file itself says. */
  | { readonly code: 'not_finished'; readonly found: string }
  /** The file says that it ran and has no result of anything. */
  | { readonly code: 'nothing_evaluated'; readonly at: string }
  | { readonly code: 'limited_run'; readonly done: string; readonly all: string }
  /** `text`: what stands for a number and is none. */
  | {
      readonly code: 'no_measurements'
      readonly format: string
      readonly text?: { readonly at: string; readonly found: string }
    }
  | { readonly code: 'too_many'; readonly limit: number }
  | Contradiction
  // artifacts
  | { readonly code: 'bad_archive'; readonly flaw: ArchiveFlaw; readonly entry?: string }
  | { readonly code: 'unpacks_beyond'; readonly entry: string; readonly limit: number }
  | { readonly code: 'archive_too_large'; readonly limit: number }
  | { readonly code: 'archive_differs'; readonly declared: string; readonly seen: string }
  | { readonly code: 'not_in_archive'; readonly file: string }
  /** Only GitHub can show that a run produced it; `read` from a folder, or not at all. */
  | { readonly code: 'artifact_awaited'; readonly artifact: string; readonly awaited: 'read' | 'unread' }
  /** No run of the workflow is of this commit; one that has such an artifact is of another commit. */
  | {
      readonly code: 'artifact_no_run'
      readonly artifact: string
      readonly workflow: string
      readonly commit: string
      readonly elsewhere?: string
    }
  | ({ readonly code: 'artifact_run_pending' } & OfRun)
  | ({ readonly code: 'artifact_run_failed' } & OfRun)
  | ({ readonly code: 'artifact_from_fork' } & OfRun)
  | ({ readonly code: 'artifact_foreign_event'; readonly event: string } & OfRun)
  | ({ readonly code: 'artifact_missing' } & OfRun)
  /** `other` is a file that the earlier commit had otherwise. */
  | ({ readonly code: 'artifact_other_code'; readonly commit: string; readonly other: string } & OfRun)
  | { readonly code: 'artifact_gone'; readonly artifact: string; readonly run: number }
  | {
      readonly code: 'artifact_other_workflow'
      readonly artifact: string
      readonly found: string
      readonly wanted: string
      readonly run: number
    }
  | {
      readonly code: 'artifact_workflow'
      readonly workflow: string
      readonly why: 'edited' | 'unmerged'
    }
  | {
      readonly code: 'artifact_too_many'
      readonly artifact: string
      readonly found: number
      readonly limit: number
    }
  | {
      readonly code: 'artifact_contradiction'
      readonly file: string
      readonly runs: readonly number[]
      readonly what: string
    }
  // the release
  /** `manifest`: one that is there by a name that none has. */
  | { readonly code: 'uncovered'; readonly manifest?: string }
  | { readonly code: 'weights_differ'; readonly declared: string; readonly seen: string }
  | WeightFault
  // the repository
  | { readonly code: 'shallow_clone' }
  | { readonly code: 'no_shared_history'; readonly commit: string; readonly branch: string }

/** Why what begins as a Git LFS pointer is none that can be followed. */
export type PointerFlaw = 'version' | 'extension' | 'keys' | 'oid' | 'size'

/** A content by its sha256 and its size. */
type LargeFile = { readonly oid: string; readonly bytes: number }

/** A run of the workflow that the manifest names, by its id. */
type OfRun = { readonly artifact: string; readonly workflow: string; readonly run: number }

/** Why a ZIP is not read: two readers could see two archives in it, or it reaches out of itself. */
export type ArchiveFlaw =
  | 'no_zip'
  | 'structure'
  | 'headers_differ'
  | 'overlap'
  | 'stray_bytes'
  | 'name'
  | 'name_twice'
  | 'link'
  | 'encrypted'
  | 'method'
  | 'size'
  | 'data'
  | 'checksum'

/** A fault in somebody's file, with its place; data, never thrown. */
export type Problem = Place & Fault
