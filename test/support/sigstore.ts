import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { initializeCA, initializeCTLog, initializeTLog, initializeTSA } from '@sigstore/mock'
import { z } from 'zod'
import { preAuthEncoding } from '../../src/attest/proof/envelope.ts'

export const IN_TOTO = 'application/vnd.in-toto+json'
export const ISSUER = 'https://token.actions.githubusercontent.com'
export const WORKFLOW = 'https://github.com/acme/models/.github/workflows/train.yml@refs/heads/main'
export const COMMIT = 'c'.repeat(40)
export const DIGEST = createHash('sha256').update('weights').digest('hex')

const OID = '1.3.6.1.4.1.57264.1.'
const MEDIA_TYPE = 'application/vnd.dev.sigstore.bundle.v0.3+json'
const MINUTE = 60_000
const P256 = { namedCurve: 'P-256' }
const P384 = { namedCurve: 'P-384' }
const SINCE = { start: '2020-01-01T00:00:00Z' }

/** What GitHub's issuer tells of a run, by the number of Fulcio's extension. */
export const RUN: Readonly<Record<number, string>> = {
  8: ISSUER,
  9: WORKFLOW,
  11: 'github-hosted',
  12: 'https://github.com/acme/models',
  13: COMMIT,
  14: 'refs/heads/main',
  15: '4711',
  17: '42',
  18: WORKFLOW,
  20: 'push',
  21: 'https://github.com/acme/models/actions/runs/1234567/attempts/1',
}

/** Provenance as `actions/attest` writes it for that run. */
export function provenance(subjects: readonly object[] = [weights()], change: object = {}): object {
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: subjects,
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: {
      buildDefinition: {
        buildType: 'https://actions.github.io/buildtypes/workflow/v1',
        externalParameters: {
          workflow: {
            ref: 'refs/heads/main',
            repository: 'https://github.com/acme/models',
            path: '.github/workflows/train.yml',
            ...change,
          },
        },
        internalParameters: {
          github: { event_name: 'push', repository_id: '4711', repository_owner_id: '42' },
        },
        resolvedDependencies: [
          {
            uri: 'git+https://github.com/acme/models@refs/heads/main',
            digest: { gitCommit: COMMIT, ...change },
          },
          { uri: 's3://acme/train.parquet', digest: { sha256: 'd'.repeat(64) } },
        ],
      },
      runDetails: {
        builder: { id: WORKFLOW },
        metadata: { invocationId: RUN[21] },
      },
    },
  }
}

/** The released weights as a subject. */
export function weights(digest: string = DIGEST, name = 'model.safetensors'): object {
  return { name, digest: { sha256: digest } }
}

/** How a bundle is minted, as far as it is not as it should be. */
export type Minting = {
  readonly subject?: string
  readonly run?: Readonly<Record<number, string>>
  readonly payloadType?: string
  /** Minutes after the certificate was issued at which the log saw it. */
  readonly late?: number
  /** No log saw the certificate issued. */
  readonly unlogged?: true
  /** Who saw it. */
  readonly seenBy?: 'log' | 'timestamp' | 'both' | 'nobody'
}

/** What a test changes in a bundle after it was minted. */
export type Bundle = {
  mediaType: string
  verificationMaterial: {
    certificate: { rawBytes: string }
    tlogEntries: Record<string, unknown>[]
    timestampVerificationData: { rfc3161Timestamps: { signedTimestamp: string }[] }
  }
  dsseEnvelope: { payload: string; payloadType: string; signatures: { sig: string }[] }
}

export type Mint = {
  /** The instance's `trusted_root.json`. */
  readonly root: string
  readonly bundle: (statement: object, minting?: Minting) => Promise<Bundle>
  /** A signature over a file itself, as `cosign sign-blob` makes it. */
  readonly bare: (file: Buffer, minting?: Minting) => Promise<BareBundle>
}

export type BareBundle = Pick<Bundle, 'mediaType' | 'verificationMaterial'> & {
  messageSignature: { messageDigest: { algorithm: string; digest: string }; signature: string }
}

/** An instance of Sigstore that nobody else knows: its own authorities and logs. */
export async function anInstance(): Promise<Mint> {
  // Whole seconds: fractions that end in a zero are written as no reader has them.
  const now = new Date(Math.floor(Date.now() / 1000) * 1000)
  const soon = new Date(now.getTime() + MINUTE)
  const keys = { ca: pair(P384), ct: pair(P256), log: pair(P256), tsa: pair(P384) }
  const ctlog = await initializeCTLog(keys.ct)
  const ca = await initializeCA(keys.ca, ctlog)
  const quiet = await initializeCA(keys.ca)
  const tsa = await initializeTSA(keys.tsa, soon)
  const log = async (late: number) =>
    await initializeTLog('https://log.example', keys.log, new Date(now.getTime() + late * MINUTE))
  const root = JSON.stringify({
    mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
    tlogs: [logOf(keys.log.publicKey)],
    ctlogs: [logOf(keys.ct.publicKey)],
    certificateAuthorities: [authorityOf([buffer(ca.rootCertificate)])],
    timestampAuthorities: [authorityOf([buffer(tsa.intCertificate), buffer(tsa.rootCertificate)])],
  })
  return {
    root,
    bundle: async (statement, minting = {}) => {
      const { payloadType = IN_TOTO } = minting
      const payload = Buffer.from(JSON.stringify(statement))
      const { sig, verificationMaterial } = await signed(
        preAuthEncoding({ payloadType, payload }),
        minting,
        ({ sig, verifier }) => ({
          ...{ apiVersion: '0.0.1', kind: 'dsse' },
          spec: {
            payloadHash: { algorithm: 'sha256', value: createHash('sha256').update(payload).digest('hex') },
            signatures: [{ signature: sig, verifier }],
          },
        }),
      )
      return {
        ...{ mediaType: MEDIA_TYPE, verificationMaterial },
        dsseEnvelope: {
          payload: payload.toString('base64'),
          payloadType,
          signatures: [{ sig }],
        },
      }
    },
    bare: async (file, minting = {}) => {
      const hash = createHash('sha256').update(file)
      const digest = hash.digest()
      const { sig, verificationMaterial } = await signed(file, minting, ({ sig, verifier }) => ({
        ...{ apiVersion: '0.0.1', kind: 'hashedrekord' },
        spec: {
          signature: { content: sig, publicKey: { content: verifier } },
          data: { hash: { algorithm: 'sha256', value: digest.toString('hex') } },
        },
      }))
      return {
        ...{ mediaType: MEDIA_TYPE, verificationMaterial },
        messageSignature: {
          messageDigest: { algorithm: 'SHA2_256', digest: digest.toString('base64') },
          signature: sig,
        },
      }
    },
  }

  async function signed(
    data: Buffer,
    { subject = WORKFLOW, run = RUN, late = 1, seenBy = 'log', unlogged }: Minting,
    proposed: (by: { readonly sig: string; readonly verifier: string }) => Proposed,
  ): Promise<{ readonly sig: string; readonly verificationMaterial: Bundle['verificationMaterial'] }> {
    const leaf = pair(P256)
    const certificate = buffer(
      await (unlogged ? quiet : ca).issueCertificate({
        publicKey: leaf.publicKey.export({ type: 'spki', format: 'der' }),
        subjectAltName: subject,
        extensions: Object.entries(run).map(([number, value]) => ({ oid: `${OID}${number}`, value })),
      }),
    )
    const bytes = sign('sha256', data, leaf.privateKey)
    const sig = bytes.toString('base64')
    const verifier = Buffer.from(pem(certificate)).toString('base64')
    const logged = seenBy === 'log' || seenBy === 'both'
    const stamped = seenBy === 'timestamp' || seenBy === 'both'
    return {
      sig,
      verificationMaterial: {
        certificate: { rawBytes: certificate.toString('base64') },
        tlogEntries: logged ? [await entryOf(await log(late), proposed({ sig, verifier }))] : [],
        timestampVerificationData: {
          rfc3161Timestamps: stamped ? [{ signedTimestamp: await stampOf(tsa, bytes) }] : [],
        },
      },
    }
  }
}

/** An entry as Rekor takes it. */
type Proposed = { readonly apiVersion: string; readonly kind: string; readonly spec: object }

/** What Rekor answers, as far as a bundle takes it. */
const Entry = z.object({
  body: z.string(),
  integratedTime: z.number(),
  logID: z.string(),
  logIndex: z.number(),
  verification: z.object({
    signedEntryTimestamp: z.string(),
    inclusionProof: z.object({
      logIndex: z.number(),
      rootHash: z.string(),
      treeSize: z.number(),
      hashes: z.array(z.string()),
      checkpoint: z.string(),
    }),
  }),
})

async function entryOf(
  log: Awaited<ReturnType<typeof initializeTLog>>,
  proposed: Proposed,
): Promise<Record<string, unknown>> {
  const { kind, apiVersion: version } = proposed
  const entry = await log.log(proposed)
  const { body, integratedTime, logID, logIndex, verification } = Entry.parse(Object.values(entry)[0])
  const { inclusionProof: proof, signedEntryTimestamp } = verification
  return {
    logIndex: String(logIndex),
    logId: { keyId: Buffer.from(logID, 'hex').toString('base64') },
    kindVersion: { kind, version },
    integratedTime: String(integratedTime),
    inclusionPromise: { signedEntryTimestamp },
    inclusionProof: {
      logIndex: String(proof.logIndex),
      rootHash: Buffer.from(proof.rootHash, 'hex').toString('base64'),
      treeSize: String(proof.treeSize),
      hashes: proof.hashes.map((hash) => Buffer.from(hash, 'hex').toString('base64')),
      checkpoint: { envelope: proof.checkpoint },
    },
    canonicalizedBody: body,
  }
}

async function stampOf(tsa: Awaited<ReturnType<typeof initializeTSA>>, sig: Buffer): Promise<string> {
  const stamp = await tsa.timestamp({
    artifactHash: createHash('sha256').update(sig).digest(),
    hashAlgorithmOID: '2.16.840.1.101.3.4.2.1',
    nonce: 1,
    policyOID: '1.2.3.4',
    certReq: true,
  })
  return buffer(stamp).toString('base64')
}

function logOf(key: KeyObject): object {
  const rawBytes = key.export({ type: 'spki', format: 'der' })
  return {
    baseUrl: 'https://log.example',
    hashAlgorithm: 'SHA2_256',
    publicKey: {
      rawBytes: rawBytes.toString('base64'),
      keyDetails: 'PKIX_ECDSA_P256_SHA_256',
      validFor: SINCE,
    },
    logId: { keyId: createHash('sha256').update(rawBytes).digest('base64') },
  }
}

function authorityOf(certificates: readonly Buffer[]): object {
  return {
    subject: { organization: 'sigstore.mock', commonName: 'sigstore' },
    uri: 'https://ca.example',
    certChain: { certificates: certificates.map((one) => ({ rawBytes: one.toString('base64') })) },
    validFor: SINCE,
  }
}

function pair(options: { readonly namedCurve: string }): {
  readonly publicKey: KeyObject
  readonly privateKey: KeyObject
} {
  return generateKeyPairSync('ec', options)
}

function buffer(view: ArrayBufferView): Buffer {
  return Buffer.from(view.buffer, view.byteOffset, view.byteLength)
}

function pem(der: Buffer): string {
  return `-----BEGIN CERTIFICATE-----\n${(der.toString('base64').match(/.{1,64}/g) ?? []).join('\n')}\n-----END CERTIFICATE-----\n`
}
