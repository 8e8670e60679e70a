import type { Limit, ProvenanceLack } from '../core/registration.ts'
import { type Advice, names, quoted, type Sentence, sentence } from './sentence.ts'

const NAME_A_CLOCK = sentence`train in an Actions run, or take a start ticket with ${quoted('gonogo start')} when the work begins, and name it in the manifest`
const ON_GITHUB = sentence`push, and read the check run`

/** Why the tier is not higher, and what would raise it. */
export function limitWords(limit: Limit): Advice {
  switch (limit.code) {
    case 'no_clock':
      return { says: ['the manifest names no run and no start ticket'], next: NAME_A_CLOCK }
    case 'awaiting_github':
      return {
        says: sentence`only GitHub can show ${[limit.what === 'run' ? 'run' : 'start ticket']} ${quoted(limit.name)}`,
        next: ON_GITHUB,
      }
    case 'run_not_found':
      return {
        says: sentence`run ${quoted(limit.name)} can't be seen`,
        next: sentence`install the app on the repository of the run, with the permissions that it asks for, keep the run, and correct its id in the manifest`,
      }
    case 'ticket_not_there':
      return {
        says: sentence`the start ticket ${quoted(limit.name)} is not in the commit`,
        next: sentence`commit the ticket as ${quoted('gonogo start')} wrote it`,
      }
    case 'run_from_fork':
      return {
        says: sentence`run ${quoted(limit.name)} ran for a fork`,
        next: sentence`train in a run of this repository's own branches`,
      }
    case 'run_not_successful':
      return {
        says: sentence`run ${quoted(limit.name)} has not succeeded`,
        next: sentence`name a run that ended well and produced these weights`,
      }
    case 'run_again':
      return {
        says: sentence`run ${quoted(limit.name)} was run again, and its ${quoted('created_at')} tells only when its first attempt began`,
        next: sentence`train in a new run, and name that one`,
      }
    case 'before_watch':
      return {
        says: sentence`the work began at ${quoted(limit.began)}, and gonogo watches this repository since ${quoted(limit.watched)}`,
        next: sentence`begin the next work with the app installed`,
      }
    case 'tip_unknown':
      return {
        says: ['no receipt and no activity shows where the default branch was when the work began'],
        next: sentence`take a start ticket with ${quoted('gonogo start')} when the work begins`,
      }
    case 'ticket_names_no_run':
      return {
        says: ['a start ticket shows when the work began, and not what it produced'],
        next: sentence`train in an Actions run whose artifact lists the weights, and name that run`,
      }
    case 'workflow_not_trusted':
      return {
        says: untrusted(limit),
        next:
          limit.why === 'unseen'
            ? sentence`train again, now that gonogo watches the repository of the run`
            : limit.why === 'foreign'
              ? sentence`train in a run of ${quoted('push')} or ${quoted('workflow_dispatch')}`
              : limit.why === 'unlisted'
                ? sentence`train with a workflow that the floor lists under ${quoted('trusted: { workflows: … }')}, or have the organisation list this one`
                : sentence`merge the workflow first, and train with it after that`,
      }
    case 'no_artifact':
      return {
        says: sentence`the run has no artifact ${quoted(limit.artifact)} that lists its weights`,
        next: sentence`upload an artifact ${quoted(limit.artifact)} with a ${quoted('SHA256SUMS')} of the weights, or with the weights; or attest them in the run, and commit the attestation`,
      }
    case 'artifact_expired':
      return {
        says: sentence`the artifact ${quoted(limit.artifact)} of the run has expired and was never seen`,
        next: sentence`open the release pull request before the artifact expires`,
      }
    case 'artifact_unreadable':
      return {
        says: sentence`the artifact ${quoted(limit.artifact)} of the run can't be read`,
        next: sentence`upload a ${quoted('SHA256SUMS')} of the weights as an artifact of its own`,
      }
    case 'attestations_not_seen':
      return {
        says: sentence`the app may not look at the attestations that GitHub keeps: it lacks the permission ${quoted('Attestations: read')}`,
        next: sentence`give it the permission, or commit the attestation of the weights and name it in the evidence`,
      }
    case 'provenance_lacks':
      return {
        says: sentence`the provenance in ${quoted(limit.path)} ${provenanceInWords(limit.lack)}`,
        next: sentence`attest the weights with ${quoted('actions/attest')} in the run that the manifest names, and commit that attestation`,
      }
    case 'weights_not_listed':
      return {
        says: sentence`the artifact ${quoted(limit.artifact)} of the run does not list ${names(limit.missing)}`,
        next: sentence`release the weights that the run produced, or name the run that produced these`,
      }
    case 'no_digests':
      return {
        says: ['the manifest gives no sha256 of the weights that a run could have produced'],
        next: sentence`name the weights with their sha256`,
      }
  }
}

/** What provenance of the weights says, or does not, of the run that the manifest names. */
function provenanceInWords(lack: ProvenanceLack): Sentence {
  switch (lack.why) {
    case 'not_verified':
      return ['is signed by nobody whose signature verifies']
    case 'weights':
      return sentence`leaves out ${names(lack.missing)}`
    case 'issuer':
      return sentence`is not signed by GitHub's issuer but by ${quoted(lack.found)}, which saw no run`
    case 'trigger':
      return lack.found === ''
        ? ['does not say what began its run']
        : sentence`is of a run for ${quoted(lack.found)}, in which anybody's code may run`
    case 'run':
      return sentence`is of ${otherThan(lack.found, 'run')}, and the manifest names run ${quoted(lack.wanted)}`
    case 'repository':
      return sentence`is of a run in ${otherThan(lack.found, 'repository')}${lack.wanted === '' ? [", and the id of the run's own is not known"] : sentence`, and the run is in repository ${quoted(lack.wanted)}, by GitHub's ids`}`
    case 'commit':
      return sentence`is of ${otherThan(lack.found, 'commit')}, and the run was on ${shortened(lack.wanted)}`
    case 'workflow':
      return sentence`is of ${otherThan(lack.found, 'workflow')}, and the run was of ${quoted(lack.wanted)}`
    case 'signer':
      return sentence`is signed by ${quoted(lack.found)}, which is neither ${quoted(lack.wanted)} nor a workflow that it called in its repository, nor one that the floor trusts`
  }
}

function otherThan(found: string, what: string): Sentence {
  return found === '' ? [`a ${what} that it does not name`] : sentence`${[what]} ${shortened(found)}`
}

function untrusted({ workflow, why }: Extract<Limit, { code: 'workflow_not_trusted' }>): Sentence {
  switch (why) {
    case 'edited':
      return sentence`the workflow ${quoted(workflow)} of the run is not the one that the default branch had then`
    case 'absent':
      return sentence`the workflow ${quoted(workflow)} of the run was not on the default branch then`
    case 'unlisted':
      return sentence`the workflow ${quoted(workflow)} of the run is not one that the floor trusts`
    case 'foreign':
      return sentence`the run's event takes the workflow ${quoted(workflow)} not from its own commit but from a merge or a base, which may be any branch`
    case 'calls':
      return sentence`the workflow ${quoted(workflow)} of the run called another one that the default branch had not then`
    case 'unseen':
      return sentence`nothing shows which workflow ${quoted(workflow)} the default branch of the run's repository had then`
  }
}

/** A commit or blob id, short enough to read; other text stays as it is. */
export function shortened(id: string): { readonly quote: string } {
  return quoted(/^[0-9a-f]{40,64}$/i.test(id) ? id.slice(0, 10) : id)
}
