import { z } from 'zod'
import type { Answer } from '../core/answer.ts'
import {
  type AttestationRecord,
  type AttestationSigner,
  coveredBy,
  isForeignRun,
  isSignedBy,
  isTrusted,
  PREDICATES,
  type TrustedSigner,
} from '../core/attestation.ts'
import type { AttestationLack, UntrustedWhy } from '../core/attestation-answer.ts'
import { trustedSigners } from '../core/signers.ts'
import { isContrary, lacksOf, lapses } from './attestation-lacks.ts'
import { COMMON, Days } from './common.ts'
import type { Context } from './context.ts'
import { firstAfter } from './record-age.ts'

const Text = z.string().min(1).max(500)
const ContentDigest = z
  .string()
  .regex(
    /^(?:sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128})$/,
    'a digest such as sha256:9f86…, in lower case',
  )

/** A verified attestation by a signer that is trusted, whose subjects are the released weights. */
export const AttestationCheck = z
  .strictObject({
    ...COMMON,
    check: z.literal('attestation'),
    predicate: z.enum(PREDICATES).describe('what is attested'),
    signer: z
      .union([Text, z.strictObject({ issuer: Text, subject: Text })])
      .optional()
      .describe("a signer of the floor by its name, or an identity; without it any of the floor's"),
    covers: z.enum(['weights']).optional().describe('what must be its subject; the weights without it'),
    max_age: Days.optional().describe('it expires so long after a trusted clock saw it signed'),
    builder: Text.optional().describe('provenance: the builder, by its id'),
    runner: z
      .literal('github-hosted')
      .optional()
      .describe("provenance: where the signer's job ran, as its verified certificate says"),
    verifier: Text.optional().describe('vsa, svr: who verified, by its id'),
    resource: Text.optional().describe('vsa: what was verified, by its URI'),
    level: z
      .string()
      .regex(/^[A-Z0-9_]{1,100}$/, 'a level such as SLSA_BUILD_LEVEL_2')
      .optional()
      .describe('vsa: least level, or a property of svr'),
    policy: ContentDigest.optional().describe('vsa: the policy that was verified, by its digest'),
    tests: z
      .array(z.string().min(1).max(300))
      .min(1)
      .max(200)
      .optional()
      .describe('test-result: tests that must have passed, by name'),
    configuration: z
      .array(ContentDigest)
      .min(1)
      .max(50)
      .optional()
      .describe('test-result: files that the tests were set up with, by their digests'),
  })
  .superRefine((criterion, context) => {
    for (const [key, of] of Object.entries(ONLY)) {
      const given = Object.entries(criterion).find(([name]) => name === key)?.[1]
      if (given !== undefined && !of.includes(criterion.predicate))
        context.addIssue({
          code: 'custom',
          path: [key],
          message: `only with predicate: ${of.join(', ')}`,
          input: given,
        })
    }
  })
export type AttestationCheck = z.infer<typeof AttestationCheck>

/** Keys that only some predicates can answer. */
const ONLY: Readonly<Record<string, readonly string[]>> = {
  builder: ['provenance'],
  runner: ['provenance'],
  verifier: ['vsa', 'svr'],
  resource: ['vsa'],
  level: ['vsa', 'svr'],
  policy: ['vsa'],
  tests: ['test-result'],
  configuration: ['test-result'],
}

type Verified = AttestationRecord & {
  readonly shown: Extract<AttestationRecord['shown'], { state: 'verified' }>
}

/** Whether what was asked is attested of every released weight, by whom it must be. */
export function answerAttestation(criterion: AttestationCheck, context: Context): Answer {
  const { predicate } = criterion
  const all = attestationsIn(context)
  const asked = all.filter(({ says }) => says.predicate === predicate)
  // What can't be read may well be what was asked for.
  const unread = all.filter(({ predicateType }) => predicateType === '')
  for (const { shown, source } of [...asked, ...unread])
    if (shown.state === 'invalid')
      return { code: 'attestation_wrong', outcome: 'unmet', predicate, path: source.path, why: shown.why }
  const weights = [...(context.weights ?? []), ...(context.loaded ?? [])]
  const bare = weights.filter(({ digest }) => !digest.startsWith('sha256:'))
  if (weights.length === 0 || bare.length > 0) {
    const names = bare.map(({ name }) => name)
    return { code: 'nothing_to_cover', outcome: 'undecided', predicate, names }
  }
  const wanted = signersWanted(criterion, context)
  const verified = asked.filter(isVerified)
  const [first] = verified
  if (first === undefined) return unverified(criterion, asked, all, context)
  if (wanted.length === 0) {
    const named = typeof criterion.signer === 'string' ? { named: criterion.signer } : {}
    return { code: 'no_signer', outcome: 'undecided', predicate, ...named }
  }
  const own = verified.filter(({ shown }) => isTrusted(shown.signer, wanted, context.now))
  if (own.length === 0) {
    // The nearest to being trusted says most.
    const near = verified.find(({ shown }) => isSignedBy(shown.signer, wanted)) ?? first
    const { signer } = near.shown
    return {
      ...{ code: 'attestation_untrusted', outcome: 'unmet', predicate, path: near.source.path },
      ...{ why: whyUntrusted(signer, wanted), signer, wanted },
    }
  }
  return answerTrusted(criterion, context, own, weights)
}

type Weight = NonNullable<Context['weights']>[number]

function answerTrusted(
  criterion: AttestationCheck,
  context: Context,
  own: readonly Verified[],
  weights: readonly Weight[],
): Answer {
  const { predicate } = criterion
  const about = own.filter((one) => weights.some(({ digest }) => coveredBy(one).includes(digest)))
  const each = about.map((one) => ({ one, lacks: lacksOf(one, criterion, context.now) }))
  // One who is trusted and says no is not outvoted.
  const contrary = each.find(({ lacks }) => lacks.some(isContrary))
  const good = each.filter(({ lacks }) => lacks.length === 0).map(({ one }) => one)
  const uncovered = weights.filter(({ digest }) => !good.some((one) => coveredBy(one).includes(digest)))
  if (contrary === undefined && uncovered.length === 0)
    return {
      ...{ code: 'attestation_verified', outcome: 'met', predicate },
      paths: [...new Set(good.map(({ source }) => source.path))].toSorted(),
      signers: [...new Map(good.map(({ shown }) => [JSON.stringify(shown.signer), shown.signer])).values()],
      weights: weights.length,
    }
  const worst = contrary ?? each.find(({ lacks }) => lacks.length > 0)
  const files = uncovered.map(({ name }) => name)
  const missing: readonly AttestationLack[] =
    worst === undefined || good.length > 0 ? [{ lack: 'weights', files }] : []
  return {
    ...{ code: 'attestation_lacking', outcome: 'unmet', predicate },
    path: (worst?.one ?? good[0] ?? own[0])?.source.path ?? '',
    lacks: [...(worst?.lacks ?? []), ...(files.length > 0 ? missing : [])],
  }
}

function unverified(
  { predicate }: AttestationCheck,
  asked: readonly AttestationRecord[],
  all: readonly AttestationRecord[],
  { evidence }: Pick<Context, 'evidence'>,
): Answer {
  for (const { shown, source } of asked)
    if (shown.state === 'placeholder')
      return {
        ...{ code: 'attestation_placeholder', outcome: 'unmet', predicate },
        ...{ path: source.path, found: shown.found },
      }
  // What is not verified here may well be what was asked for.
  const unread = all.filter(({ predicateType }) => predicateType === '')
  for (const { shown, source } of [...asked, ...unread])
    if (shown.state === 'claimed')
      return {
        ...{ code: 'attestation_claimed', outcome: 'undecided', predicate },
        ...{ path: source.path, why: shown.why },
      }
  const others = [...new Set(all.map(({ predicateType }) => predicateType))].toSorted().slice(0, 5)
  const hidden = evidence.some(({ kept }) => kept === 'hidden')
  return {
    ...{ code: 'attestation_missing', outcome: 'undecided', predicate, others },
    ...(hidden && { unseen: true }),
  }
}

function attestationsIn({ evidence }: Context): readonly AttestationRecord[] {
  return evidence.flatMap(({ records }) =>
    records.flatMap((record) => (record.kind === 'attestation' ? record : [])),
  )
}

function isVerified(record: AttestationRecord): record is Verified {
  return record.shown.state === 'verified'
}

/** Whose signature counts for a criterion: nobody's where neither it nor the floor says. */
function signersWanted(
  { signer }: AttestationCheck,
  { signers = [] }: Pick<Context, 'signers'>,
): readonly TrustedSigner[] {
  if (typeof signer === 'object') return [signer]
  const chosen = signer === undefined ? signers : signers.filter(({ name }) => name === signer)
  return trustedSigners(chosen)
}

function whyUntrusted(signer: AttestationSigner, wanted: readonly TrustedSigner[]): UntrustedWhy {
  if (!isSignedBy(signer, wanted)) return 'signer'
  return isForeignRun(signer) ? 'trigger' : 'expired'
}

/** The first moment at which an attestation that answers now no longer does, in ISO 8601. */
export function attestationExpiry(criterion: AttestationCheck, context: Context): string | undefined {
  if (answerAttestation(criterion, context).outcome !== 'met') return undefined
  const verified = attestationsIn(context).filter(isVerified)
  return firstAfter(
    context.now,
    verified.flatMap((one) => lapses(one, criterion)),
  )
}
