import { createHash } from 'node:crypto'
import type { EnteredFrom } from '../../src/core/entered-from.ts'
import { criteriaPath } from '../../src/core/paths.ts'
import { readArtifact } from '../../src/sources/artifact/download.ts'
import type {
  ArtifactWitness,
  ListedArtifact,
  ReadFiles,
  Wanted,
} from '../../src/sources/artifact-witness.ts'
import { heldFrom } from '../../src/sources/held.ts'
import type { Witness } from '../../src/sources/witness.ts'
import { filled, reviewed } from './case.ts'
import { below, type Files, type Story, ticketText } from './example-folder.ts'
import type { Memory } from './memory.ts'
import { zip } from './zip.ts'

/** An example as it was told: its folder, its commits, and the files of the judged one. */
export type ToldExample = {
  readonly files: Files
  readonly story: Story
  readonly ids: ReadonlyMap<string, string>
  readonly head: Files
  readonly judged: string
  readonly repository: Memory
}

/** What GitHub and the app's ledger would show of an example. */
export function exampleWitness(told: ToldExample): Witness {
  const { files, story, ids, judged, repository } = told
  const { run, ticket, reviews = [], made = [], attempts = 0 } = story
  const idOf = (name: string): string => {
    const id = ids.get(name)
    if (id === undefined) throw new Error(`the example has no commit ${name}`)
    return id
  }
  return {
    ...reviewed(reviews, made),
    artifacts: artifactsOf(told),
    attempts: async (_, exams) => Object.fromEntries(exams.map((exam) => [exam, attempts])),
    ...(run && {
      run: async (_, id) =>
        id !== run.id
          ? undefined
          : {
              ...{ began: run.began, commit: idOf(run.commit), workflow: run.workflow },
              ...{ fork: false, success: true },
            },
      tipAt: async () => ({ kind: 'known', commit: idOf(run.tip), since: run.began, source: 'receipt' }),
      workflow: async () => 'trusted',
      produced: async (_, __, artifact, weights) => {
        const sums = files.get(`artifact/${artifact}/SHA256SUMS`)
        if (artifact !== (run.artifact ?? 'weights') || sums === undefined)
          return { kind: 'no_artifact', artifact }
        const missing = weights.filter((one) => !sums.includes(one.sha256)).map(({ name }) => name)
        return missing.length === 0
          ? { kind: 'listed', artifact, digest: `sha256:${sha256(sums)}` }
          : { kind: 'lacking', artifact, missing }
      },
    }),
    ...(story.github && shownOf(story.github)),
    ...(ticket && {
      ticket: async (text) => {
        const tip = idOf(ticket.tip)
        // Whatever else stands there was signed by no key of the app.
        if (text.trim() !== ticketText({ ...ticket, tip })) return undefined
        const criteria = repository.tree(tip).get(criteriaPath(ticket.model))?.oid ?? judged
        return { ...ticket, tip, criteria, repository: story.repository }
      },
    }),
  }
}

/** What GitHub shows of who may write, and of environments. */
function shownOf({
  writers,
  teams,
  owners_review: review,
  environments,
}: NonNullable<Story['github']>): Pick<Witness, 'environments' | 'access'> {
  return {
    environments: async (entered) =>
      environments === 'unseen'
        ? { unseen: { needs: 'Actions: read' } }
        : {
            seen: environments
              .filter(({ name }) => entered.includes(name))
              .map(({ others_review: othersReview, branches, ...one }) => ({
                ...{ ...one, othersReview, branches: enteredFrom(branches) },
              })),
          },
    access: async (asked) => ({
      review: { seen: review },
      writers: { seen: { count: writers.length, accounts: writers } },
      teams: Object.fromEntries(
        [...asked.teams, ...asked.owning].flatMap((team) => (teams[team] ? [[team, teams[team]]] : [])),
      ),
    }),
  }
}

function enteredFrom(
  branches: Exclude<NonNullable<Story['github']>['environments'], string>[number]['branches'],
): EnteredFrom {
  switch (branches) {
    case 'any':
      return { from: 'any' }
    case 'protected':
      return { from: 'protected', some: { seen: true } }
    case 'unguarded':
      return { from: 'protected', some: { seen: false } }
    case 'unseen':
      return { from: 'listed', patterns: { unseen: { needs: 'Actions: read' } } }
    default:
      return { from: 'listed', patterns: { seen: branches.map((name) => ({ name, of: 'branch' })) } }
  }
}

/** Artifacts as the app reads them: an archive of the folder's files, by a run on the judged commit. */
function artifactsOf({ files, story, ids, head, judged }: ToldExample): ArtifactWitness {
  const { artifacts = [] } = story
  const listed = artifacts.map(
    ({ name, run }, index): ListedArtifact => ({
      ...{ id: index + 1, name, run, commit: judged, fork: false, expired: false, digest: null },
    }),
  )
  return {
    kept: async () => [],
    heard: async () => [],
    listed: async (name) => listed.filter((one) => one.name === name),
    runs: async () =>
      artifacts.map(({ run, workflow }) => ({
        ...{ id: run, commit: judged, workflow, fork: false, state: 'succeeded' as const },
      })),
    read: async (artifact, wanted) => {
      const parts = [...below(files, `artifact/${artifact.name}`)].map(([name, text]) => ({
        name,
        content: filled(text, head, ids),
      }))
      return await readOnce(parts, artifact, wanted)
    },
  }
}

const READ = new Map<string, Promise<ReadFiles>>()

/** Each file is read once for all mutations that leave it alone, as rows take their time to be counted. */
async function readOnce(
  parts: readonly { readonly name: string; readonly content: string }[],
  artifact: ListedArtifact,
  { files, pairs = [], ...wanted }: Wanted,
): Promise<ReadFiles> {
  const packed = (some: typeof parts) => zip(some.map((part) => ({ ...part, stored: true })))
  const digest = `sha256:${sha256(packed(parts))}`
  const { commit: _, about: __, blob, ...asked } = wanted
  const read = await Promise.all(
    files.map((file) => {
      const own = pairs.filter(([one]) => one.file === file)
      const names = new Set([file, ...own.map(([, other]) => other.file)])
      const archive = packed(parts.filter(({ name }) => names.has(name)))
      const key = sha256(archive) + JSON.stringify([file, own, asked])
      const before = READ.get(key) ?? heldOf(archive, artifact, { ...wanted, files: [...names], pairs: own })
      READ.set(key, before)
      return before.then(({ held, faults }) => ({
        held: held.filter((one) => one.file === file),
        faults: [...faults].filter(([name]) => name === file),
      }))
    }),
  )
  const { commit, run } = artifact
  return {
    held: read
      .flatMap(({ held }) => held)
      .map((one) => ({ ...one, producer: { ...one.producer, commit, run, digest, blob } })),
    faults: new Map(read.flatMap(({ faults }) => faults)),
  }
}

async function heldOf(archive: Buffer, artifact: ListedArtifact, wanted: Wanted): Promise<ReadFiles> {
  const chunks = (async function* () {
    yield archive
  })()
  const asked = new Map(wanted.files.map((file) => [file, 'content'] as const))
  return await heldFrom(
    await readArtifact({ path: artifact.name, chunks, digest: null }, asked),
    artifact,
    wanted,
  )
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}
