import { z } from 'zod'
import type { Says } from '../../core/attestation.ts'
import { withoutPlaceholders } from '../../text/placeholders.ts'
import { builtBy } from './build.ts'
import { contentDigests } from './digests.ts'
import { sourceCommits } from './identity.ts'

const Uri = z.string().min(1).max(4096)
const Name = z.string().min(1).max(1000)
const MANY = 10_000
const MOST_INPUTS = 500
const MOST_COMMITS = 20
const Digests = z.record(z.string().max(100), z.string().max(1000))
const Resource = z.object({
  name: z.string().max(4096).nullish(),
  uri: z.string().max(4096).nullish(),
  digest: Digests.nullish(),
})
const Resources = z.array(Resource).max(MANY)
/** RFC 3339, whose seconds have as many decimals as they like. */
const Moment = z
  .string()
  .max(64)
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/)
  .refine((text) => !Number.isNaN(Date.parse(text)))
  .nullish()

/** slsa.dev/spec/v1.0/provenance: what must be there, and digests of what went in. */
const Provenance1 = z.object({
  buildDefinition: z.object({
    buildType: Uri,
    externalParameters: z.unknown().optional(),
    resolvedDependencies: Resources.nullish(),
  }),
  runDetails: z.object({ builder: z.object({ id: Uri }) }),
})
/** slsa.dev/spec/v0.2/provenance. */
const Provenance02 = z.object({
  builder: z.object({ id: Uri }),
  buildType: Uri,
  materials: Resources.nullish(),
})
/** slsa.dev/spec/v1.1/verification_summary. */
const Vsa = z.object({
  verifier: z.object({ id: Uri }),
  timeVerified: Moment,
  resourceUri: Uri,
  policy: z.object({ uri: Uri, digest: Digests.nullish() }),
  verificationResult: z.enum(['PASSED', 'FAILED']),
  verifiedLevels: z.array(Name).max(100),
})
const Tests = z.array(Name).max(MANY).nullish()
/** in-toto attestation, predicates/test-result.md. */
const TestResult = z.object({
  result: z.enum(['PASSED', 'WARNED', 'FAILED']),
  configuration: Resources.min(1),
  passedTests: Tests,
  warnedTests: Tests,
  failedTests: Tests,
})
/** in-toto attestation, predicates/svr.md. */
const Svr = z.object({
  verifier: z.object({ id: Uri }),
  timeCreated: Moment,
  properties: z.array(Name).min(1).max(1000),
})
/** in-toto attestation, predicates/reference.md. */
const Reference = z.object({
  attester: z.object({ id: Uri }),
  references: Resources.min(1),
})
/** ossf/model-signing-spec v1.0; what its lists must hold is looked at where they are verified. */
export const ModelSigning = z.strictObject({
  resources: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(4096),
        digest: z.string().max(128),
        algorithm: z.string().max(20),
      }),
    )
    .min(1)
    .max(MANY),
  serialization: z.strictObject({
    method: z.string().max(20),
    hash_type: z.string().max(20),
    allow_symlinks: z.boolean(),
    ignore_paths: z.array(z.string().max(4096)).max(MANY).optional(),
    shard_size: z.int().optional(),
  }),
})

const MODEL_SIGNING = 'https://model_signing/signature/v1.0'

type Found = { readonly says: Says; readonly placeholder?: string }
type Read = (predicate: unknown) => Found | undefined

/** By the exact type: another version is another predicate, which answers nothing. */
const READ: Readonly<Record<string, Read>> = {
  'https://slsa.dev/provenance/v1': reading(Provenance1, ({ buildDefinition, runDetails }) =>
    found(
      {
        predicate: 'provenance',
        builder: runDetails.builder.id,
        buildType: buildDefinition.buildType,
        materials: digestsOf(buildDefinition.resolvedDependencies),
        ...inputsOf(buildDefinition.resolvedDependencies),
      },
      runDetails.builder.id,
    ),
  ),
  'https://slsa.dev/provenance/v0.2': reading(Provenance02, ({ builder, buildType, materials }) =>
    found(
      {
        ...{ predicate: 'provenance', builder: builder.id, buildType },
        ...{ materials: digestsOf(materials), ...inputsOf(materials) },
      },
      builder.id,
    ),
  ),
  'https://slsa.dev/verification_summary/v1': reading(Vsa, (vsa) =>
    found(
      {
        predicate: 'vsa',
        verifier: vsa.verifier.id,
        resource: vsa.resourceUri,
        result: vsa.verificationResult === 'PASSED' ? 'passed' : 'failed',
        levels: vsa.verifiedLevels,
        policy: { uri: vsa.policy.uri, digests: contentDigests(vsa.policy.digest ?? {}).digests },
        ...(typeof vsa.timeVerified === 'string' && { at: iso(vsa.timeVerified) }),
      },
      vsa.verifier.id,
    ),
  ),
  'https://in-toto.io/attestation/test-result/v0.1': reading(TestResult, (test) =>
    found(
      {
        predicate: 'test-result',
        result: RESULTS[test.result],
        passed: test.passedTests ?? [],
        warned: test.warnedTests ?? [],
        failed: test.failedTests ?? [],
        configuration: digestsOf(test.configuration),
      },
      '',
    ),
  ),
  'https://in-toto.io/attestation/svr/v0.2': reading(Svr, ({ verifier, properties, timeCreated }) =>
    found(
      {
        predicate: 'svr',
        verifier: verifier.id,
        properties,
        ...(typeof timeCreated === 'string' && { at: iso(timeCreated) }),
      },
      verifier.id,
    ),
  ),
  'https://in-toto.io/attestation/reference/v0.1': reading(Reference, ({ attester, references }) =>
    found({ predicate: 'reference', attester: attester.id, references: digestsOf(references) }, attester.id),
  ),
  [MODEL_SIGNING]: reading(ModelSigning, ({ resources }) =>
    found(
      {
        predicate: 'model-signing',
        files: resources.map(({ name, digest, algorithm }) => ({ name, digest: `${algorithm}:${digest}` })),
      },
      '',
    ),
  ),
}

const RESULTS = { PASSED: 'passed', WARNED: 'warned', FAILED: 'failed' } as const

/** What a predicate says; `other` where its type is none of ours, undefined where it lacks what its type must have. */
export function saysOf(predicateType: string, predicate: unknown): Found | undefined {
  const read = Object.hasOwn(READ, predicateType) ? READ[predicateType] : undefined
  if (read === undefined) return { says: { predicate: 'other' } }
  const found = read(predicate)
  if (found?.says.predicate !== 'provenance') return found
  const commits = [...new Set(sourceCommits(predicate))].slice(0, MOST_COMMITS)
  const says = { ...found.says, ...(commits.length > 0 && { commits }), ...builtBy(predicate) }
  return { ...found, says }
}

function reading<Z extends z.ZodType>(schema: Z, take: (read: z.infer<Z>) => Found): Read {
  return (predicate) => {
    const read = schema.safeParse(predicate)
    return read.success ? take(read.data) : undefined
  }
}

function found(says: Says, identity: string): Found {
  const { first } = withoutPlaceholders(identity, 'prose')
  return { says, ...(first !== undefined && { placeholder: first }) }
}

function digestsOf(resources: z.infer<typeof Resources> | null | undefined): readonly string[] {
  return (resources ?? []).flatMap(({ digest }) => contentDigests(digest ?? {}).digests)
}

/** What went in and has a name: nothing is made from more data sets. */
function inputsOf(
  resources: z.infer<typeof Resources> | null | undefined,
): Pick<Extract<Says, { predicate: 'provenance' }>, 'inputs'> {
  const inputs = (resources ?? []).flatMap(({ name, uri, digest }) => {
    const names = [name, uri].flatMap((one) => (typeof one === 'string' && one !== '' ? [one] : []))
    const { digests } = contentDigests(digest ?? {})
    return names.length === 0 || digests.length === 0 ? [] : [{ names, digests }]
  })
  return inputs.length === 0 ? {} : { inputs: inputs.slice(0, MOST_INPUTS) }
}

function iso(written: string): string {
  return new Date(Date.parse(written)).toISOString()
}
