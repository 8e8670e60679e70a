import {
  ACTIONS,
  type AttestationRecord,
  type AttestationSigner,
  isForeignRun,
  isSignedBy,
} from './attestation.ts'
import type { Evidence } from './evidence.ts'
import type { ProvenanceLack } from './registration.ts'
import { type FloorSigner, trustedSigners } from './signers.ts'
import { sameWorkflow } from './workflow-name.ts'

const GITHUB = 'https://github.com/'

type Identity = Extract<AttestationSigner, { by: 'identity' }>

/** Whether provenance among the evidence shows that a run produced every weights file; of several the nearest. */
export type Provenance =
  | { readonly kind: 'names_run'; readonly paths: readonly string[] }
  | { readonly kind: 'lacking'; readonly path: string; readonly lack: ProvenanceLack }
  /** Nothing is committed, and the app may not look at what GitHub keeps. */
  | { readonly kind: 'hidden' }

/** A run as GitHub told of it. */
export type ToldOf = {
  readonly run: number
  readonly commit: string
  readonly workflow: string
  /** GitHub's id of its repository; of what nobody told nothing can be shown. */
  readonly repositoryId?: number | undefined
  /** Workflows of its own repository that it called. */
  readonly calls?: readonly { readonly workflow: string }[] | undefined
}

/** Whose workflows may attest for a run beside its own, as the floor has them. */
export type MayAttest = {
  readonly workflows?: readonly string[] | undefined
  readonly signers?: readonly FloorSigner[] | undefined
}

/**
 * What provenance shows of a run: that GitHub's issuer saw that very run sign for every weights file, each as
 * `sha256:…`. Undefined where nothing is attested of any of them. What counts is what the certificate says.
 */
export function provenanceOf(
  weights: readonly { readonly name: string; readonly digest: string }[],
  evidence: readonly Pick<Evidence, 'records' | 'kept'>[],
  run: ToldOf,
  floor: MayAttest = {},
): Provenance | undefined {
  if (weights.length === 0) return undefined
  const about = evidence
    .flatMap(({ records }) => records.flatMap((record) => (record.kind === 'attestation' ? record : [])))
    .filter((one) => one.says.predicate === 'provenance' && weights.some(({ digest }) => covers(one, digest)))
    .map((one) => ({ one, lack: lackOf(one, run, floor) }))
  const good = about.flatMap(({ one, lack }) => (lack === undefined ? [one] : []))
  const missing = weights.filter(({ digest }) => !good.some((one) => covers(one, digest)))
  const [first] = good
  if (missing.length === 0)
    return { kind: 'names_run', paths: [...new Set(good.map(({ source }) => source.path))].toSorted() }
  if (first !== undefined)
    return {
      ...{ kind: 'lacking', path: first.source.path },
      lack: { why: 'weights', missing: missing.map(({ name }) => name) },
    }
  if (about.length === 0)
    return evidence.some(({ kept }) => kept === 'hidden') ? { kind: 'hidden' } : undefined
  const [nearest] = about.toSorted((one, other) => nearness(other.lack) - nearness(one.lack))
  return nearest?.lack && { kind: 'lacking', path: nearest.one.source.path, lack: nearest.lack }
}

function covers({ subjects }: AttestationRecord, digest: string): boolean {
  return subjects.some(({ digests }) => digests.includes(digest))
}

/** In the order in which they are asked: who comes further is nearer to showing it. */
const ORDER = [
  'not_verified',
  'issuer',
  'run',
  'repository',
  'commit',
  'workflow',
  'signer',
  'trigger',
] as const

function nearness(lack: ProvenanceLack | undefined): number {
  return lack === undefined || lack.why === 'weights' ? ORDER.length : ORDER.indexOf(lack.why)
}

/** Why a certificate does not name the very run; what it does not say is not taken to be right. */
function lackOf({ shown }: AttestationRecord, run: ToldOf, floor: MayAttest): ProvenanceLack | undefined {
  if (shown.state !== 'verified') return { why: 'not_verified' }
  const { signer } = shown
  if (signer.by !== 'identity') return { why: 'issuer', found: signer.name }
  if (signer.issuer !== ACTIONS) return { why: 'issuer', found: signer.issuer }
  const pairs = [
    ['run', signer.run, run.run],
    ['repository', signer.repositoryId, run.repositoryId],
    ['commit', signer.commit, run.commit],
  ] as const
  for (const [why, found, wanted] of pairs)
    if (found === undefined || wanted === undefined || String(found) !== String(wanted))
      return { why, found: String(found ?? ''), wanted: String(wanted ?? '') }
  const started = workflowIn(signer.workflow)
  if (started === undefined || !sameWorkflow(started, `${signer.repository}/${run.workflow}`))
    return { why: 'workflow', found: started ?? '', wanted: run.workflow }
  if (!mayAttest(signer, started, run, floor))
    return { why: 'signer', found: signer.subject, wanted: run.workflow }
  if (signer.trigger === undefined || isForeignRun(signer))
    return { why: 'trigger', found: signer.trigger ?? '' }
  return undefined
}

/** Own workflows are held to the default branch with the run; whose others may sign for it the floor says. */
function mayAttest(
  signer: Identity,
  started: string,
  { calls = [] }: ToldOf,
  { workflows = [], signers = [] }: MayAttest,
): boolean {
  const signed = workflowIn(signer.subject)
  if (signed === undefined) return false
  const called = calls.map(({ workflow }) => `${signer.repository}/${workflow}`)
  return (
    [started, ...called, ...workflows].some((one) => sameWorkflow(one, signed)) ||
    isSignedBy(signer, trustedSigners(signers))
  )
}

/** `owner/name/path` of `https://github.com/owner/name/path@ref`; a ref with an `@` in it leaves no file's name. */
function workflowIn(url: string = ''): string | undefined {
  const path = url.startsWith(GITHUB) ? url.slice(GITHUB.length, Math.max(url.lastIndexOf('@'), 0)) : ''
  return /\.ya?ml$/.test(path) ? path : undefined
}
