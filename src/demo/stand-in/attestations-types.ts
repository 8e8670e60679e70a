/** A bundle that somebody uploaded, with the contents that it is said to be about, as `sha256:…`. */
export type KeptAttestation = {
  readonly id: number
  readonly repo: string
  readonly digests: readonly string[]
  readonly bundle: unknown
}

/** What workflows upload with `actions/attest`. */
export type AttestationsControls = {
  /** Keeps a bundle for contents; GitHub looks at no signature. `repo` is the first one when not given. */
  readonly keep: (bundle: unknown, digests: readonly string[], repo?: string) => void
  /** Forgets everything, as an administrator may. */
  readonly forget: () => void
}
