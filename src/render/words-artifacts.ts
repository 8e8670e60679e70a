import type { Fault } from '../core/problem.ts'
import { count, counted } from './numbers.ts'
import { names, quoted, type Sentence, sentence } from './sentence.ts'
import { shortened } from './words-limits.ts'
import type { FaultWords } from './words-table.ts'

type Code =
  | 'artifact_awaited'
  | 'artifact_no_run'
  | 'artifact_run_pending'
  | 'artifact_run_failed'
  | 'artifact_from_fork'
  | 'artifact_foreign_event'
  | 'artifact_missing'
  | 'artifact_other_code'
  | 'artifact_gone'
  | 'artifact_other_workflow'
  | 'artifact_workflow'
  | 'artifact_too_many'
  | 'artifact_contradiction'

/** The words for why an artifact of a workflow run is no evidence. */
export const ARTIFACT_WORDS: FaultWords<Extract<Fault, { code: Code }>> = {
  artifact_awaited: ({ artifact, awaited }) => ({
    says:
      awaited === 'read'
        ? sentence`artifact ${quoted(artifact)} was read from a folder, which shows nothing of the run that produced it`
        : sentence`artifact ${quoted(artifact)} is not in a clone: only GitHub can show it`,
    next:
      awaited === 'read'
        ? sentence`push the commit, and let the app read the artifact of the run`
        : sentence`push the commit and let the app judge it; to see the numbers now, name the artifact's folder with ${quoted(`--artifact ${artifact}=DIR`)}`,
  }),
  artifact_no_run: ({ artifact, workflow, commit, elsewhere }) => ({
    says: sentence`no run of ${quoted(workflow)} is of commit ${shortened(commit)}${elsewhere === undefined ? [] : sentence`; artifact ${quoted(artifact)} is there of commit ${shortened(elsewhere)}, which is another release`}`,
    next: sentence`run ${quoted(workflow)} on this commit; when it ends, the commit is judged again`,
  }),
  artifact_run_pending: ({ artifact, run }) => ({
    says: sentence`artifact ${quoted(artifact)} is awaited: run ${id(run)} has not ended yet`,
    next: sentence`wait for the run; when it ends, the commit is judged again`,
  }),
  artifact_run_failed: ({ artifact, workflow, run }) => ({
    says: sentence`run ${id(run)} of ${quoted(workflow)} did not succeed, and what it left in artifact ${quoted(artifact)} does not count`,
    next: sentence`find out from its log why, mend that, and run ${quoted(workflow)} again`,
  }),
  artifact_from_fork: ({ artifact, workflow, run }) => ({
    says: sentence`artifact ${quoted(artifact)} is of run ${id(run)} for a fork, which anybody can let upload anything`,
    next: sentence`push the commit to a branch of this repository, and run ${quoted(workflow)} there`,
  }),
  artifact_foreign_event: ({ artifact, workflow, run, event }) => ({
    says: sentence`artifact ${quoted(artifact)} is of run ${id(run)} for the event ${quoted(event)}, which takes ${quoted(workflow)} not from this commit but from a merge or a base, which may be any branch`,
    next: sentence`let ${quoted(workflow)} run on ${quoted('push')} or ${quoted('workflow_dispatch')}, and run it on this commit`,
  }),
  artifact_other_code: ({ artifact, workflow, run, commit, other }) => ({
    says: sentence`artifact ${quoted(artifact)} is of run ${id(run)} on commit ${shortened(commit)}, where ${quoted(other)} was another file than here`,
    next: sentence`run ${quoted(workflow)} on this commit`,
  }),
  artifact_missing: ({ artifact, workflow, run }) => ({
    says: sentence`run ${id(run)} succeeded, and has no artifact ${quoted(artifact)}`,
    next: sentence`let ${quoted(workflow)} upload it under this name, or correct the name in the manifest`,
  }),
  artifact_gone: ({ artifact, run }) => ({
    says: sentence`artifact ${quoted(artifact)} of run ${id(run)} expired or was deleted before it was read`,
    next: sentence`run the workflow again, so that it uploads the artifact anew`,
  }),
  artifact_other_workflow: ({ artifact, found, wanted, run }) => ({
    says: sentence`artifact ${quoted(artifact)} is of run ${id(run)} of ${quoted(found)}, and the manifest names ${quoted(wanted)}`,
    next: sentence`run ${quoted(wanted)} on this commit, or correct the workflow in the manifest`,
  }),
  artifact_workflow: ({ workflow, why }) => ({
    says:
      why === 'edited'
        ? sentence`${quoted(workflow)} in this commit is not the one that is on the default branch`
        : sentence`${quoted(workflow)} is not on the default branch, so nobody agreed to how it evaluates`,
    next:
      why === 'edited'
        ? sentence`bring the branch up to date, or merge the change of ${quoted(workflow)} first`
        : sentence`merge ${quoted(workflow)} first, and then run it on this commit`,
  }),
  artifact_too_many: ({ artifact, found, limit }) => ({
    says: sentence`${[counted(found, 'artifact')]} ${quoted(artifact)} of this release were not read yet, and at most ${[count(limit)]} are compared`,
    next: sentence`evaluate the release once, in a commit of its own`,
  }),
  artifact_contradiction: ({ file, runs, what }) => ({
    says: sentence`runs ${names(runs.map(String))} evaluated the same release and disagree on ${quoted(what)} in ${quoted(file)}; none of them is chosen`,
    next: sentence`find out why the evaluation does not repeat itself, and merge a workflow that does; its results are compared with nothing before it`,
  }),
}

function id(run: number): Sentence {
  return [quoted(String(run))]
}
