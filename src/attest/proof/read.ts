import type { AttestationRecord, InvalidWhy, Shown } from '../../core/attestation.ts'
import { type Fields, isFields } from '../../core/fields.ts'
import { verifyByAuthority } from './authority.ts'
import { isInToto, MAX_PAYLOAD_BYTES, type Opened, open, preAuthEncoding } from './envelope.ts'
import { fileListFault } from './file-list.ts'
import { contradicts } from './identity.ts'
import { verifyKeyless } from './keyless.ts'
import { isSigned } from './signature.ts'
import { type Stated, stated, statementIn } from './statement.ts'
import { PUBLIC_TRUST, type Trust } from './trust.ts'

/** What an attestation says and how far that is shown, without its place. */
export type Attested = Omit<AttestationRecord, 'kind' | 'source'>

/** Well-formed, and of a kind that is not verified here: it never passes, and is no sign that anybody changed anything. */
const UNSUPPORTED: Shown = { state: 'claimed', why: 'unsupported' }
const NOTHING_SAID = { predicateType: '', says: { predicate: 'other' }, subjects: [] } as const

/** The forms in which an attestation is written. */
export type Form = 'bundle' | 'envelope' | 'statement'

/** Which form a JSON value has; undefined for one that is no attestation. About shape alone. */
export function formOf(value: unknown): Form | undefined {
  if (!isFields(value)) return undefined
  const { mediaType, payload, payloadType, signatures, _type } = value
  if (typeof mediaType === 'string' && mediaType.startsWith('application/vnd.dev.sigstore.bundle'))
    return 'bundle'
  if (typeof payload === 'string' && typeof payloadType === 'string' && Array.isArray(signatures))
    return 'envelope'
  return typeof _type === 'string' && _type.startsWith('https://in-toto.io/Statement/')
    ? 'statement'
    : undefined
}

/**
 * Reads and verifies one attestation with nothing but what is trusted; undefined where the value is none. Never
 * throws: what breaks a library is invalid. `value` has each of its keys once.
 */
export function attested(value: unknown, trust: Trust = PUBLIC_TRUST): Attested | undefined {
  switch (formOf(value)) {
    case 'bundle':
      return isFields(value) ? bundled(value, trust) : undefined
    case 'envelope':
      return enveloped(value, trust, undefined)
    case 'statement': {
      const read = stated(value)
      return read === undefined ? invalid('statement') : shown(read, { state: 'claimed', why: 'unsigned' })
    }
    case undefined:
      return undefined
  }
}

function bundled(bundle: Fields, trust: Trust): Attested {
  const { verificationMaterial: material, dsseEnvelope } = bundle
  if (!isFields(material)) return invalid('malformed', dsseEnvelope)
  const { publicKey, x509CertificateChain: chain } = material
  if (isFields(publicKey)) {
    const hint = typeof publicKey.hint === 'string' ? publicKey.hint.slice(0, 1000) : undefined
    if (dsseEnvelope === undefined) {
      if (bundle.messageSignature === undefined) return invalid('malformed')
      // Of a key that is known it is over another file; of any other it is over something of somebody's.
      const isKnown = hint !== undefined && trust.keys.some(({ hints }) => hints.includes(hint))
      return isKnown ? invalid('other_file') : { ...NOTHING_SAID, shown: UNSUPPORTED }
    }
    return enveloped(dsseEnvelope, trust, hint)
  }
  // What a log or a clock saw is a short-lived certificate's; OpenSSF's chains are of their own authority.
  if (isFields(chain) && !isSeen(material)) return chained(dsseEnvelope, chain, trust)
  const found = verifyKeyless(bundle, trust)
  if ('why' in found) return invalid(found.why, dsseEnvelope)
  const { payloadType, payload, signer, at } = found
  return judged(payloadType, payload, { state: 'verified', signer, at })
}

function isSeen({ tlogEntries, timestampVerificationData: stamps }: Fields): boolean {
  const some = (list: unknown): boolean => Array.isArray(list) && list.length > 0
  return some(tlogEntries) || (isFields(stamps) && some(stamps.rfc3161Timestamps))
}

function chained(envelope: unknown, { certificates }: Fields, { authorities }: Trust): Attested {
  const opened = open(envelope)
  if (opened === undefined || !Array.isArray(certificates)) return invalid('malformed', envelope)
  const written = certificates.map((one: unknown) =>
    isFields(one) && typeof one.rawBytes === 'string' ? one.rawBytes : '',
  )
  const found = verifyByAuthority(opened, written, authorities)
  return 'why' in found
    ? invalid(found.why, envelope)
    : judged(opened.payloadType, opened.payload, { state: 'verified', signer: found.signer })
}

function enveloped(value: unknown, { keys }: Trust, hint: string | undefined): Attested {
  const opened = open(value)
  if (opened === undefined) return invalid('malformed')
  return judged(opened.payloadType, opened.payload, shownByKeys(opened, keys, hint))
}

/** One signature by a key that is trusted is enough; one that names such a key and is not its own is a forgery. */
function shownByKeys(opened: Opened, keys: Trust['keys'], hint: string | undefined): Shown {
  const data = preAuthEncoding(opened)
  const tried = opened.signatures.map(({ sig, keyid }) => ({
    by: keys.find(({ key }) => isSigned(data, sig, key)),
    names: keys.some(({ hints }) => hints.includes(hint ?? keyid)),
  }))
  if (tried.some(({ by, names }) => names && by === undefined)) return { state: 'invalid', why: 'signature' }
  const by = tried.find((one) => one.by !== undefined)?.by
  return by === undefined
    ? { state: 'claimed', why: 'unknown_key' }
    : { state: 'verified', signer: { by: 'key', name: by.name } }
}

/** What the very bytes that were signed say. */
function judged(payloadType: string, payload: Uint8Array, found: Shown): Attested {
  if (payload.byteLength > MAX_PAYLOAD_BYTES) return invalid('malformed')
  if (!isInToto(payloadType))
    return found.state === 'invalid' ? invalid(found.why) : { ...NOTHING_SAID, shown: UNSUPPORTED }
  const read = statementIn(payload)
  return read === undefined
    ? invalid(found.state === 'invalid' ? found.why : 'statement')
    : shown(read, found)
}

function shown(read: Stated, found: Shown): Attested {
  const { predicateType, says, subjects, placeholder, predicate, twice } = read
  const about = { predicateType, says, subjects }
  if (isOldSigning(predicateType, found)) return { ...about, shown: UNSUPPORTED }
  const why =
    found.state === 'invalid'
      ? found.why
      : twice
        ? 'subjects'
        : (fileListFault(read) ??
          (found.state === 'verified' && contradicts(found.signer, says, predicate)
            ? 'contradicts_certificate'
            : undefined))
  if (why === 'unsupported') return { ...about, shown: UNSUPPORTED }
  if (why !== undefined) return { ...about, shown: { state: 'invalid', why } }
  return {
    ...about,
    shown: placeholder === undefined ? found : { state: 'placeholder', found: placeholder.slice(0, 40) },
  }
}

/** What is invalid still tells what it says it is, so that a person finds it. */
function invalid(why: InvalidWhy, envelope?: unknown): Attested {
  const payload = open(envelope)?.payload
  const read = payload === undefined ? undefined : statementIn(payload)
  const found = { state: 'invalid', why } as const
  const { predicateType, says, subjects } = read ?? NOTHING_SAID
  return { predicateType, says, subjects, shown: isOldSigning(predicateType, found) ? UNSUPPORTED : found }
}

/** model_signing before 1.0 signed other bytes than DSSE has it, so that none of its signatures verifies. */
function isOldSigning(predicateType: string, found: Shown): boolean {
  const isOld = predicateType === 'https://model_signing/Digests/v0.1'
  return isOld && found.state === 'invalid' && (found.why === 'signature' || found.why === 'root')
}
