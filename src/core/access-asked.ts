import { handleOf, isNamed, isTeam, type RecordedAccess, type SeenAccess } from './access.ts'
import { seenOf } from './doctor-facts.ts'

/**
 * Teams whose members must be known: those that a field names beside nothing but accounts, and those that own the data
 * where it is compared with its owners.
 */
export function teamsAsked(
  { change_training_data: change, start_runs: start }: RecordedAccess,
  owners: readonly string[],
): { readonly named: readonly string[]; readonly owning: readonly string[] } {
  const exact = [change, start].flatMap((one) => (one?.others === 0 ? one.teams : []))
  const teams = owners.flatMap((owner) => handleOf(owner) ?? []).filter(isTeam)
  const owning = change?.others === 0 ? teams.filter((team) => !exact.includes(team)) : []
  return { named: [...new Set(exact)], owning: [...new Set(owning)] }
}

/** What is to be kept of it: of people only those whom one of the records does not name, who decide. */
export function narrowedAccess(access: SeenAccess, recorded: readonly RecordedAccess[]): SeenAccess {
  const { writers, owners, teams } = access
  const exact = recorded
    .flatMap(({ change_training_data: change, start_runs: start }) => [change, start])
    .flatMap((named) => (named?.others === 0 ? [named] : []))
  const accounts = (seenOf(writers)?.accounts ?? []).filter((account) =>
    exact.some((named) => !isNamed(account, named, teams)),
  )
  const handles = owners.flatMap((owner) => handleOf(owner) ?? [])
  const concerned = new Set([...accounts, ...handles, ...handles.flatMap((handle) => teams[handle] ?? [])])
  return {
    ...access,
    writers: 'seen' in writers ? { seen: { ...writers.seen, accounts } } : writers,
    teams: Object.fromEntries(
      Object.entries(teams).map(([team, members]) => [team, members.filter((one) => concerned.has(one))]),
    ),
  }
}

/** Whether it matters that every member of the organisation may write: where a field names others than accounts. */
export function asksEverybody({ change_training_data: change, start_runs: start }: RecordedAccess): boolean {
  return [change, start].some((named) => named !== undefined && named.others > 0)
}
