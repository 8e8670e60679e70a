import { ACTIONS, type AttestationSigner, type Says } from '../../core/attestation.ts'
import { isFields, partOf } from '../../core/fields.ts'

type Identity = Extract<AttestationSigner, { by: 'identity' }>
type Extension = { readonly oid?: { readonly id: readonly number[] } | undefined; readonly value: Uint8Array }

/** Fulcio's extensions from `.8` on, 1.3.6.1.4.1.57264.1.N (sigstore/fulcio, docs/oid-info.md). */
const FULCIO = '1.3.6.1.4.1.57264.1.'
const UTF8_STRING = 0x0c
const GITHUB = 'https://github.com/'

/** Whose certificate it is, with all that its authority saw; undefined for one that names nobody. */
export function identityOf(
  subject: string | undefined,
  issuer: string | undefined,
  extensions: readonly Extension[],
): Identity | undefined {
  const at = (number: number): string | undefined => {
    const found = extensions.filter(({ oid }) => oid?.id.join('.') === `${FULCIO}${number}`)
    const [only] = found
    return only !== undefined && found.length === 1 ? utf8Of(only.value) : undefined
  }
  const by = at(8) ?? issuer
  if (subject === undefined || subject === '' || by === undefined || by === '') return undefined
  const run = runOf(at(21))
  const all = {
    repository: under(at(12)),
    repositoryId: at(15),
    ownerId: at(17),
    commit: at(13),
    ref: at(14),
    trigger: at(20),
    runner: at(11),
    workflow: at(18),
  }
  const known = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
  return { by: 'identity', issuer: by, subject, ...known, ...(run !== undefined && { run }) }
}

/** A DER UTF8String (X.690), whole; undefined for anything else. */
function utf8Of(der: Uint8Array): string | undefined {
  const [tag, first = 0, second = 0, third = 0] = der
  if (tag !== UTF8_STRING) return undefined
  const [head, length] =
    first < 0x80
      ? [2, first]
      : first === 0x81
        ? [3, second]
        : first === 0x82
          ? [4, second * 256 + third]
          : [0, 0]
  if (head === 0 || der.byteLength !== head + length) return undefined
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(der.subarray(head))
  } catch {
    return undefined
  }
}

function under(url: string | undefined): string | undefined {
  return url?.startsWith(GITHUB) === true ? url.slice(GITHUB.length) : undefined
}

function runOf(url: string | undefined): number | undefined {
  const found = /^https:\/\/github\.com\/[^/]+\/[^/]+\/actions\/runs\/(\d{1,15})\/attempts\/\d+$/.exec(
    url ?? '',
  )
  return found?.[1] === undefined ? undefined : Number(found[1])
}

/**
 * Whether provenance says something else than the certificate under it. What the certificate has not, only the signer
 * says; a certificate of GitHub's runs has all of it. Provenance by `actions/attest` (buildtypes workflow v1), by
 * slsa-github-generator, and any other that names its source as they do.
 */
export function contradicts(signer: AttestationSigner, says: Says, predicate: unknown): boolean {
  if (says.predicate !== 'provenance' || signer.by !== 'identity' || signer.issuer !== ACTIONS) return false
  const told = toldBy(predicate)
  const { repository, repositoryId, ownerId, commit, ref, trigger, workflow } = signer
  const pairs: readonly (readonly [string | undefined, string | undefined])[] = [
    ...told.repositories.map((one) => [one, repository] as const),
    ...told.commits.map((one) => [one, commit] as const),
    [told.ref, ref],
    [told.repositoryId, repositoryId],
    [told.ownerId, ownerId],
    [told.trigger, trigger],
    [told.path, workflowPath(workflow, repository)],
    [
      told.run === undefined ? undefined : String(told.run),
      signer.run === undefined ? undefined : String(signer.run),
    ],
  ]
  return pairs.some(([said, seen]) => said !== undefined && said !== seen)
}

/** `.github/workflows/x.yml` of `https://github.com/owner/name/.github/workflows/x.yml@ref`. */
function workflowPath(workflow: string | undefined, repository: string | undefined): string | undefined {
  const start = `${GITHUB}${repository}/`
  if (workflow?.startsWith(start) !== true) return undefined
  return workflow.slice(start.length).replace(/@[^@]*$/, '')
}

type Told = {
  readonly repositories: readonly string[]
  readonly commits: readonly string[]
  readonly ref?: string | undefined
  readonly path?: string | undefined
  readonly repositoryId?: string | undefined
  readonly ownerId?: string | undefined
  readonly trigger?: string | undefined
  readonly run?: number | undefined
}

function toldBy(predicate: unknown): Told {
  const [definition, details] = [partOf(predicate, 'buildDefinition'), partOf(predicate, 'runDetails')]
  const parameters = partOf(definition, 'externalParameters')
  const [workflow, github] = [
    partOf(parameters, 'workflow'),
    partOf(partOf(definition, 'internalParameters'), 'github'),
  ]
  const repository = textAt(workflow, 'repository')
  // Of what went into it the source is the one by its place; everything else may lie anywhere.
  const sources = [
    partOf(parameters, 'source'),
    partOf(partOf(predicate, 'invocation'), 'configSource'),
  ].filter(isFields)
  const own = repository === undefined ? [] : [repository]
  const built = listAt(definition, 'resolvedDependencies').filter((one) =>
    own.some((url) => textAt(one, 'uri')?.startsWith(`git+${url}@`)),
  )
  const named = [
    ...own,
    ...sources.map((one) =>
      textAt(one, 'uri')
        ?.replace(/^git\+/, '')
        .replace(/@.*$/, ''),
    ),
  ]
  return {
    repositories: named.flatMap((url) => (url === undefined ? [] : [under(url) ?? url])),
    commits: [...sources, ...built].flatMap((one) => commitAt(one)),
    ref: textAt(workflow, 'ref'),
    path: textAt(workflow, 'path'),
    repositoryId: textAt(github, 'repository_id'),
    ownerId: textAt(github, 'repository_owner_id'),
    trigger: textAt(github, 'event_name'),
    run: runOf(textAt(partOf(details, 'metadata'), 'invocationId')),
  }
}

/** The commits of the source that provenance says it was built from. */
export function sourceCommits(predicate: unknown): readonly string[] {
  return toldBy(predicate).commits.filter((one) => /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i.test(one))
}

function commitAt(resource: unknown): readonly string[] {
  const digest = partOf(resource, 'digest')
  return [textAt(digest, 'gitCommit'), textAt(digest, 'sha1')].flatMap((one) => one ?? [])
}

function textAt(value: unknown, key: string): string | undefined {
  const found = partOf(value, key)
  return typeof found === 'string' && found !== '' ? found : undefined
}

function listAt(value: unknown, key: string): readonly unknown[] {
  const found = partOf(value, key)
  return Array.isArray(found) ? found : []
}
