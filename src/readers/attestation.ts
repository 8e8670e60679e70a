import { attested, formOf } from '../attest/proof/read.ts'
import { collect } from './collect.ts'
import { fieldsAt, isFields } from './narrow.ts'
import type { Input, Reader } from './reader.ts'

const format = 'attestation'

/** More than these are a transparency log, not a release. */
const MAX_ATTESTATIONS = 200

/** The signed envelopes of Google Cloud Build, as `gcloud artifacts docker images describe --show-provenance` lists them. */
function cloudBuild(value: unknown): readonly unknown[] | undefined {
  const { provenance } = isFields(value) ? fieldsAt(value, 'provenance_summary') : {}
  if (!Array.isArray(provenance) || provenance.length === 0) return undefined
  const all = provenance.map((one: unknown) => (isFields(one) ? one.envelope : undefined))
  return all.every((one) => formOf(one) === 'envelope') ? all : undefined
}

/**
 * Sigstore bundles, DSSE envelopes and in-toto statements, one in a file or one a line, as `gh attestation download`
 * and cosign write them, or as Google Cloud Build lists them; signatures of models by OpenSSF Model Signing too. Each is verified where it is read.
 */
export const attestation: Reader = {
  format,
  labels: [],
  shapes: [
    ['mediaType', 'verificationMaterial', 'dsseEnvelope'],
    ['payloadType', 'payload', 'signatures'],
    ['_type', 'subject', 'predicateType', 'predicate'],
  ],
  recognises: (content) =>
    (content.kind === 'data' &&
      content.syntax === 'json' &&
      (formOf(content.value) !== undefined || cloudBuild(content.value) !== undefined)) ||
    (content.kind === 'lines' &&
      content.head.length > 0 &&
      content.head.every((value) => formOf(value) !== undefined)),
  read: (input) => {
    const found = collect(input, format)
    let seen = 0
    const take = (value: unknown, keys: readonly (string | number)[]): void => {
      seen += 1
      if (seen > MAX_ATTESTATIONS) {
        if (seen === MAX_ATTESTATIONS + 1) found.fault(keys, { code: 'too_many', limit: MAX_ATTESTATIONS })
        return
      }
      const one = attested(value, input.trust)
      if (one === undefined) {
        found.malformed(keys, 'a bundle, an envelope or a statement')
        return
      }
      if (one.shown.state === 'invalid') {
        const { why } = one.shown
        found.fault(keys, { code: 'attestation_invalid', why, predicate: one.predicateType })
      }
      found.record((source) => ({ kind: 'attestation', ...one, source }), keys)
    }
    const faults = each(input, take)
    const { problems, ...reading } = found.reading()
    return { ...reading, problems: [...faults, ...problems] }
  },
}

function each(
  { content }: Input,
  take: (value: unknown, keys: readonly (string | number)[]) => void,
): ReturnType<Extract<Input['content'], { kind: 'lines' }>['each']> {
  if (content.kind === 'lines') return content.each((value, line) => take(value, [line]))
  if (content.kind !== 'data') return []
  const listed = cloudBuild(content.value)
  if (listed === undefined) take(content.value, [])
  for (const [at, one] of (listed ?? []).entries())
    take(one, ['provenance_summary', 'provenance', at, 'envelope'])
  return []
}
