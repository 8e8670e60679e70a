import {
  ACTIONS,
  type AttestationRecord,
  type AttestationSigner,
  isForeignRun,
  isSignedBy,
} from '../core/attestation.ts'
import type { ProvenanceLack } from '../core/registration.ts'
import { trustedSigners } from '../core/signers.ts'
import { sameWorkflow } from '../core/workflow-name.ts'
import type { Floor } from '../criteria/floor.ts'
import type { Facts, ModelFacts, Provenance, SeenRun } from '../facts.ts'

const GITHUB = 'https://github.com/'

type Own = Pick<Facts, 'repository' | 'repositoryId'>
type Identity = Extract<AttestationSigner, { by: 'identity' }>

/**
 * A model's facts with what provenance among the evidence shows of the run that the manifest names: that GitHub's
 * issuer saw that very run sign for every weights file. What its artifact shows stands beside it.
 */
export function withProvenance(model: ModelFacts, floor: Floor | undefined, own: Own): ModelFacts {
  const { begun } = model
  if (begun?.clock !== 'run' || begun.kind !== 'seen') return model
  const provenance = provenanceOf(model, begun, floor, own)
  return provenance === undefined ? model : { ...model, begun: { ...begun, provenance } }
}

function provenanceOf(
  { manifest, evidence }: Pick<ModelFacts, 'manifest' | 'evidence'>,
  run: SeenRun,
  floor: Floor | undefined,
  own: Own,
): Provenance | undefined {
  const weights = (manifest.value?.weights ?? []).map((entry) =>
    'sha256' in entry
      ? { name: 'uri' in entry ? entry.uri : entry.path, digest: `sha256:${entry.sha256}` }
      : undefined,
  )
  const known = weights.flatMap((one) => one ?? [])
  if (known.length === 0 || known.length < weights.length) return undefined
  const about = evidence
    .flatMap(({ records }) => records.flatMap((record) => (record.kind === 'attestation' ? record : [])))
    .filter((one) => one.says.predicate === 'provenance' && known.some(({ digest }) => covers(one, digest)))
    .map((one) => ({ one, lack: lackOf(one, run, floor, own) }))
  const good = about.flatMap(({ one, lack }) => (lack === undefined ? [one] : []))
  const missing = known.filter(({ digest }) => !good.some((one) => covers(one, digest)))
  const [first] = good
  if (missing.length === 0)
    return { kind: 'names_run', paths: [...new Set(good.map(({ source }) => source.path))].toSorted() }
  if (first !== undefined)
    return {
      ...{ kind: 'lacking', path: first.source.path },
      lack: { why: 'weights', missing: missing.map(({ name }) => name) },
    }
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
function lackOf(
  { shown }: AttestationRecord,
  run: SeenRun,
  floor: Floor | undefined,
  own: Own,
): ProvenanceLack | undefined {
  if (shown.state !== 'verified') return { why: 'not_verified' }
  const { signer } = shown
  if (signer.by !== 'identity') return { why: 'issuer', found: signer.name }
  if (signer.issuer !== ACTIONS) return { why: 'issuer', found: signer.issuer }
  const id = run.repositoryId ?? (isOwn(run, own) ? own.repositoryId : undefined)
  const pairs = [
    ['run', signer.run, run.run],
    ['repository', signer.repositoryId, id],
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
function mayAttest(signer: Identity, started: string, run: SeenRun, floor: Floor | undefined): boolean {
  const signed = workflowIn(signer.subject)
  if (signed === undefined) return false
  const { workflows = [], signers = [] } = floor?.trusted ?? {}
  const calls = (run.calls ?? []).map(({ workflow }) => `${signer.repository}/${workflow}`)
  return (
    [started, ...calls, ...workflows].some((one) => sameWorkflow(one, signed)) ||
    isSignedBy(signer, trustedSigners(signers))
  )
}

function isOwn({ repository }: SeenRun, own: Own): boolean {
  return repository.toLowerCase() === own.repository.toLowerCase()
}

/** `owner/name/path` of `https://github.com/owner/name/path@ref`; a ref with an `@` in it leaves no file's name. */
function workflowIn(url: string = ''): string | undefined {
  const path = url.startsWith(GITHUB) ? url.slice(GITHUB.length, Math.max(url.lastIndexOf('@'), 0)) : ''
  return /\.ya?ml$/.test(path) ? path : undefined
}
