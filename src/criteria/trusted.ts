import { z } from 'zod'
import { TrustedBases } from '../checks/lineage.ts'

const Text = z.string().min(1).max(500)
/** `owner/name/.github/workflows/file.yml`: what lies elsewhere is no workflow of GitHub. */
const WorkflowPath = z
  .string()
  .max(400)
  .regex(
    /^[A-Za-z0-9-]+\/[A-Za-z0-9._-]+\/\.github\/workflows\/[^/]+\.ya?ml$/,
    'owner/name/.github/workflows/file.yml',
  )
const SignerName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'a name of a-z, 0-9 and -, at most 64 long')
  .describe('name by which criteria ask for it')
/** One block and nothing else: of two, only the first would be read. */
const pem = (label: string) =>
  z
    .string()
    .max(20_000)
    .regex(
      new RegExp(`^\\s*-----BEGIN ${label}-----[A-Za-z0-9+/=\\s]+-----END ${label}-----\\s*$`),
      `a block that begins with -----BEGIN ${label}-----`,
    )

/** Names are unique: what was verified is remembered by them. */
function uniqueNames(
  named: readonly { readonly name?: string | undefined }[],
  context: z.core.$RefinementCtx<unknown>,
): void {
  const names = named.map(({ name }) => name)
  const again = names.findIndex((name, index) => name !== undefined && names.indexOf(name) < index)
  if (again >= 0)
    context.addIssue({
      code: 'custom',
      path: [again, 'name'],
      message: 'a name that nothing else has',
      input: names[again],
    })
}

/** Whose signatures count: an identity that is compared as a whole, a public key, or a certificate authority. */
const Signers = z
  .array(
    z.union([
      z.strictObject({
        name: SignerName.optional(),
        issuer: Text.describe(
          'who vouches for the identity, such as https://token.actions.githubusercontent.com',
        ),
        subject: Text.describe('the identity, such as a workflow with its ref; never a pattern'),
        repository_id: z
          .int()
          .min(1)
          .optional()
          .describe('id of the repository that was built, which no renaming changes'),
        owner_id: z.int().min(1).optional().describe('id of its owner'),
      }),
      z.strictObject({
        name: SignerName,
        key: pem('PUBLIC KEY').describe('public key in PEM: ECDSA, Ed25519, or RSA of 2048 bits and more'),
      }),
      z.strictObject({
        name: SignerName,
        ca: pem('CERTIFICATE').describe('certificate of an authority in PEM, for signatures of models'),
      }),
    ]),
  )
  .min(1)
  .max(100)
  .superRefine(uniqueNames)

/** Instances of Sigstore beside the public one; GitHub's own, for private repositories, has no log. */
const Roots = z
  .array(
    z.strictObject({
      name: SignerName,
      root: z
        .string()
        .min(2)
        .max(200_000)
        .describe('its trusted_root.json, as `gh attestation trusted-root` writes it'),
      seen_by: z
        .enum(['log', 'timestamp'])
        .optional()
        .describe("who must have seen a signature made; a log without it. GitHub's own instance has no log"),
    }),
  )
  .min(1)
  .max(10)
  .superRefine(uniqueNames)

/** Whom the organisation trusts: workflows, signers, and publishers of base models. */
export const Trusted = z.strictObject({
  workflows: z
    .array(WorkflowPath)
    .min(1)
    .max(1000)
    .optional()
    .describe('where given, only runs of these witness work and produce evidence'),
  signers: Signers.optional().describe('whose attestations count'),
  roots: Roots.optional().describe('instances of Sigstore beside the public one'),
  base_models: TrustedBases.optional(),
  pickle: z
    .array(
      z
        .string()
        .max(500)
        .regex(
          /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+$/,
          'a whole name such as sklearn.tree._classes.DecisionTreeClassifier',
        ),
    )
    .min(1)
    .max(1000)
    .optional()
    .describe('what pickles in weights may name beside plain containers, numbers and arrays; whole names'),
})
