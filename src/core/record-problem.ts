/** A record of a vendor is about another one, or another service, than the manifest releases. */
export type OtherService = {
  readonly code: 'record_of_other_service'
  readonly at: 'vendor' | 'service'
  readonly found: string
  readonly provider: string
  readonly model: string
}

/** A kind of record says nothing of the control that it is asked for. */
type OtherControl = {
  readonly code: 'record_of_other_control'
  readonly record: string
  readonly control: string
  readonly answers: readonly string[]
}

export type RecordFault = OtherControl | OtherService
