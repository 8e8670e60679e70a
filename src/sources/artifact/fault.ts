import type { ArchiveFlaw, Fault } from '../../core/problem.ts'

/** What ends the reading of an archive at once; `readArchive` makes a problem of it. */
export class ArchiveFault extends Error {
  readonly fault: Fault

  constructor(fault: Fault) {
    super(fault.code)
    this.fault = fault
  }
}

/** Names are somebody else's text: cut, and escaped where they are shown. */
export const flaw = (what: ArchiveFlaw, entry?: string): ArchiveFault =>
  new ArchiveFault({
    code: 'bad_archive',
    flaw: what,
    ...(entry === undefined ? {} : { entry: entry.slice(0, 200) }),
  })

/** What an error says of the archive. Yauzl throws plain errors; those of the disk, and our own, are thrown on. */
export function faultOf(error: unknown): Fault {
  if (error instanceof ArchiveFault) return error.fault
  const ofYauzl =
    error instanceof Error && Object.getPrototypeOf(error) === Error.prototype && !('syscall' in error)
  if (ofYauzl) return flaw('structure').fault
  throw error
}
