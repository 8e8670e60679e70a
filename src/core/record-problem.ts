/** A kind of record says nothing of the control that it is asked for. */
export type RecordFault = {
  readonly code: 'record_of_other_control'
  readonly record: string
  readonly control: string
  readonly answers: readonly string[]
}
