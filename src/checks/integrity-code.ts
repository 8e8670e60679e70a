import { bindingOf, type Identifiers } from '../core/binding.ts'
import type { IntegrityFact } from '../core/integrity-answer.ts'
import type { EvidenceRecord } from '../core/record.ts'
import type { Context } from './context.ts'
import { scriptFacts } from './integrity-bytes.ts'
import { madeOf } from './integrity-provenance.ts'

type Ran = {
  readonly path: string
  readonly commit?: string
  readonly remote?: string
  readonly dirty?: true
  /** Nobody signed it: it shows nothing, and may contradict. */
  readonly claimed?: true
}

/** Whether what ran is the commit of the training, of this repository, with nothing changed beside it. */
export function codeFacts(context: Context): readonly IntegrityFact[] {
  const { evidence, claims, weights } = context
  const ran = evidence.flatMap(({ records }) => records.flatMap((record) => ranIn(record, weights)))
  const wanted = claims?.commits ?? []
  const remotes = ran.flatMap(({ path, remote }) =>
    remote === undefined ? [] : remoteFacts(remote, path, claims?.repositories ?? []),
  )
  if (wanted.length === 0) return [{ what: 'no_training_commit' }, ...remotes]
  const commits = ran.flatMap(({ path, commit, dirty, claimed }): readonly IntegrityFact[] => {
    if (commit === undefined) return []
    const compared = commitFact(commit, path, wanted)
    if (claimed && compared.what !== 'commit_differs') return []
    return dirty ? [compared, { what: 'dirty', path, commit }] : [compared]
  })
  const scripts = scriptFacts(context)
  const isTold = commits.length > 0 || scripts.some(({ what }) => what === 'scripts_are_training')
  return [...commits, ...(isTold ? [] : [{ what: 'no_commit' } as const]), ...scripts, ...remotes]
}

function ranIn(record: EvidenceRecord, weights: Context['weights']): readonly Ran[] {
  const { path } = record.source
  switch (record.kind) {
    case 'training':
      return record.commit === undefined ? [] : [{ path, commit: record.commit }]
    case 'run': {
      const { commit, remote, dirty } = record
      return [{ path, ...(commit && { commit }), ...(remote && { remote }), ...(dirty && { dirty }) }]
    }
    case 'attestation': {
      const { commits = [], signed } = madeOf(record, weights) ?? {}
      return commits.map((commit) => ({ path, commit, ...(!signed && { claimed: true as const }) }))
    }
    default:
      return []
  }
}

const NAMELESS: Omit<Identifiers, 'commits'> = { names: [], knownAs: [], revisions: [], digests: [] }

function commitFact(found: string, path: string, wanted: readonly string[]): IntegrityFact {
  const binding = bindingOf({ commit: found }, { ...NAMELESS, commits: wanted })
  if (binding.kind === 'other') return { what: 'commit_differs', path, found, wanted }
  return binding.by === 'commit'
    ? { what: 'commit_is_training', path, commit: found }
    : { what: 'commit_not_comparable', path, found, wanted }
}

/** Of a clone without a remote nobody knows which repository it is. */
function remoteFacts(
  remote: string,
  path: string,
  repositories: readonly string[],
): readonly IntegrityFact[] {
  const known = repositories.filter((one) => one.includes('/'))
  const own = remote.split('/').slice(-2).join('/').toLowerCase()
  if (known.length === 0 || known.some((one) => one.toLowerCase() === own)) return []
  return [{ what: 'remote_differs', path, found: remote, wanted: known }]
}
