import type { AttestationSigner, ClaimedWhy, InvalidWhy, TrustedSigner } from '../core/attestation.ts'
import type { AttestationAnswer, AttestationLack } from '../core/attestation-answer.ts'
import { count, counted } from './numbers.ts'
import { bare, joined, listed, names, quoted, type Sentence, sentence } from './sentence.ts'
import type { AnswerWords } from './words-table.ts'

/** The words for attestations. */
export const ATTESTATION_WORDS: AnswerWords<AttestationAnswer> = {
  attestation_verified: ({ predicate, signers, weights }) => ({
    says: sentence`${quoted(predicate)} of ${[counted(weights, 'weights file')]} verified: signed by ${listed(signers.map(signerInWords))}`,
  }),
  attestation_lacking: ({ predicate, path, lacks }) => ({
    says: sentence`${quoted(predicate)} in ${quoted(path)} is signed by a trusted signer and ${joined(lacks.map(lackInWords), '; ')}`,
    next: lacks.some(({ lack }) => lack === 'runner')
      ? sentence`let a job on a runner of GitHub's own attest the weights without a key, so that its certificate says so; where they are trained elsewhere, ask for the ${quoted('builder')}, or for a record, before the next training`
      : sentence`let the signer attest exactly what is released, and name that attestation in the evidence`,
  }),
  attestation_untrusted: ({ predicate, path, why, signer, wanted }) => ({
    says:
      why === 'signer'
        ? sentence`${quoted(predicate)} in ${quoted(path)} is signed by ${signerInWords(signer)}, and must be by ${listed(wanted.map(wantedInWords))}`
        : why === 'trigger'
          ? sentence`${quoted(predicate)} in ${quoted(path)} is signed in a run for a pull request, in which anybody's code may run`
          : sentence`the certificates under ${quoted(predicate)} in ${quoted(path)} have expired, or are not valid yet, and no clock saw it signed`,
    next:
      why === 'signer'
        ? sentence`have the weights attested by the signer that is trusted; a signer more is for the floor, or for criteria before the next training`
        : why === 'trigger'
          ? sentence`attest the weights in a run that the default branch began`
          : sentence`have it signed again with certificates that are valid`,
  }),
  attestation_wrong: ({ predicate, path, why }) => ({
    says: sentence`an attestation in ${quoted(path)} is invalid, which blocks ${quoted(predicate)} whatever else verifies: ${[INVALID_WORDS[why]]}`,
    next: INVALID_ADVICE[why],
  }),
  attestation_placeholder: ({ predicate, path, found }) => ({
    says: sentence`${quoted(predicate)} in ${quoted(path)} has a placeholder in it: ${quoted(found)}`,
    next: sentence`attest the weights themselves, by their sha256`,
  }),
  attestation_claimed: ({ predicate, path, why }) => ({
    says: sentence`${quoted(predicate)} in ${quoted(path)} is claimed: ${[CLAIMED_WORDS[why]]}`,
    next: sentence`have it signed by a signer that is trusted, as ${quoted('gh attestation')}, ${quoted('cosign attest')} or ${quoted('model_signing')} do, and name the signed file in the evidence`,
  }),
  attestation_missing: ({ predicate, others, unseen }) => ({
    says: sentence`the evidence has no attestation of ${quoted(predicate)}${others.length > 0 ? sentence`; there is ${names(others)}` : []}${[unseen ? ', and the app may not look at those that GitHub keeps' : '']}`,
    next: unseen
      ? sentence`give the app the permission ${quoted('Attestations: read')}, or add the signed attestation to the evidence`
      : sentence`add the signed attestation to the evidence, as the tool that signed it writes it`,
  }),
  no_signer: ({ predicate, named }) => ({
    says:
      named === undefined
        ? sentence`nobody says whose signature of ${quoted(predicate)} counts`
        : sentence`the floor has no signer of the name ${quoted(named)}`,
    next: sentence`name the signer under ${quoted('trusted: signers:')} in the floor, or for the next training in the criteria`,
  }),
  nothing_to_cover: ({ predicate, names: files }) => ({
    says:
      files.length === 0
        ? sentence`the release has no weights that ${quoted(predicate)} could be about`
        : sentence`${names(files)} ${[files.length === 1 ? 'has' : 'have']} no sha256 that ${quoted(predicate)} could be about`,
    next: sentence`give every weights file its sha256 in the manifest`,
  }),
}

/** Why an attestation is invalid. */
export const INVALID_WORDS: { readonly [W in InvalidWhy]: string } = {
  malformed: 'it is no whole bundle or envelope',
  other_file: 'it signs a file itself, and that is none of the weights and components that are released',
  signature: 'the signature is not over these bytes by this key',
  certificate: 'the certificate was not valid when it was signed, or is not for signing',
  root: 'the certificate leads to no root that is trusted',
  log: 'the transparency log does not show this very signature exactly once',
  time: 'no trusted clock says when it was signed',
  statement: 'what is signed is no in-toto statement as its kind has it',
  subjects: 'one name stands for two contents',
  contradicts_certificate: 'it says another repository, commit, workflow or run than its certificate',
  file_list:
    "its list of the model's files is not what its digest says, hides files, or has names that stand for others",
  files_differ: 'a file of the model is not the one that was signed',
}

/** Why an attestation is only claimed. */
const CLAIMED_WORDS: { readonly [W in ClaimedWhy]: string } = {
  unsigned: 'nobody signed it',
  unknown_key: 'it is signed by a key that the floor does not have',
  unsupported:
    'it is signed in a way that is not verified here, such as over a file that was not to be had, over no in-toto statement, over shards, or by OpenSSF Model Signing before 1.0',
}

const CHANGED: Sentence = [
  'find out who changed what after it was signed; have the released files signed anew, or take the attestation out of the evidence',
]
const AS_WRITTEN: Sentence = [
  'add the attestation as the tool that signed it writes it, or take it out of the evidence',
]

/** What to do about an attestation that is invalid: only where something differs did anybody change it. */
export const INVALID_ADVICE: { readonly [W in InvalidWhy]: Sentence } = {
  malformed: AS_WRITTEN,
  statement: AS_WRITTEN,
  other_file: [
    'name the file among the weights or components of the manifest, or take the signature out of the evidence',
  ],
  root: sentence`nobody need have changed it: name the root of an own Sigstore, as GitHub has for private repositories, or the authority in the floor under ${quoted('trusted:')} where it is to be trusted; else take the attestation out of the evidence`,
  time: [
    'have it signed anew with a timestamp or in a transparency log, or take the attestation out of the evidence',
  ],
  certificate: [
    'have it signed anew with a certificate that is valid, or take the attestation out of the evidence',
  ],
  signature: CHANGED,
  log: CHANGED,
  subjects: CHANGED,
  contradicts_certificate: CHANGED,
  file_list: CHANGED,
  files_differ: CHANGED,
}

/** A signer in words. */
export function signerInWords(signer: AttestationSigner): Sentence {
  switch (signer.by) {
    case 'identity':
      return sentence`${quoted(signer.subject)} (by ${quoted(signer.issuer)})`
    case 'key':
      return sentence`the key ${quoted(signer.name)}`
    case 'authority':
      return sentence`${quoted(signer.subject)} (by the authority ${quoted(signer.name)})`
  }
}

/** Who signed for evidence, and in which attestations. */
export function signersInWords(
  attested: readonly { readonly by: string; readonly signer: AttestationSigner }[],
): Sentence {
  const each = Map.groupBy(attested, ({ signer }) => bare(signerInWords(signer)))
  return listed(
    [...each.values()].flatMap((group) => {
      const [first] = group
      return first === undefined
        ? []
        : [sentence`${signerInWords(first.signer)} in ${names(group.map(({ by }) => by))}`]
    }),
  )
}

function wantedInWords(wanted: TrustedSigner): Sentence {
  return 'name' in wanted
    ? sentence`${quoted(wanted.name)} of the floor`
    : sentence`${quoted(wanted.subject)} (by ${quoted(wanted.issuer)})`
}

function lackInWords(lack: AttestationLack): Sentence {
  switch (lack.lack) {
    case 'weights':
      return sentence`does not cover ${names(lack.files)}`
    case 'unsigned':
      return sentence`leaves out ${names(lack.files)}`
    case 'absent':
      return sentence`lists ${names(lack.files)}, which the release does not have`
    case 'result':
      return sentence`says ${quoted(lack.found)}`
    case 'level':
      return sentence`reaches ${lack.found.length === 0 ? ['no level'] : names(lack.found)}, not ${quoted(lack.wanted)}`
    case 'policy':
      return lack.found.length === 0
        ? sentence`names no digest of a policy, and ${quoted(lack.wanted)} is asked`
        : sentence`was made by the policy ${names(lack.found)}, not ${quoted(lack.wanted)}`
    case 'configuration':
      return sentence`does not name ${names(lack.missing)} among what the tests were set up with`
    case 'runner':
      return lack.found === undefined
        ? sentence`has no certificate that says which runner signed it, and ${quoted(lack.wanted)} is asked`
        : sentence`was signed on a runner that is ${quoted(lack.found)} by its certificate, not ${quoted(lack.wanted)}`
    case 'tests':
      return sentence`does not say that ${names(lack.missing)} passed`
    case 'builder':
    case 'verifier':
    case 'resource':
      return sentence`has the ${[lack.lack]} ${quoted(lack.found)}, not ${quoted(lack.wanted)}`
    case 'age':
      return sentence`is ${[counted(lack.days, 'day')]} old, and ${[count(lack.limit)]} are allowed`
    case 'time':
      return ['has no moment by a trusted clock, so that its age is not known']
    case 'future':
      return sentence`was made at ${quoted(lack.at)}, which is still to come`
  }
}
