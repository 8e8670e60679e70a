/** A record of a vendor is about another one, or another service, than the manifest releases. */
export type OtherService = {
  readonly code: 'record_of_other_service'
  readonly at: 'vendor' | 'service'
  readonly found: string
  readonly provider: string
  readonly model: string
  /** An assessor wrote it, and not whoever releases. */
  readonly by?: 'oscal'
}

/** A kind of record says nothing of the control that it is asked for. */
type OtherControl = {
  readonly code: 'record_of_other_control'
  readonly record: string
  readonly control: string
  readonly answers: readonly string[]
}

export type RecordFault = OtherControl | OtherService
