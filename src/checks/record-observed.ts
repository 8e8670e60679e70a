import type { Answer } from '../core/answer.ts'
import { enteredBy } from '../core/entered-by.ts'
import {
  accessSeen,
  against,
  isObservedRecord,
  notObserved,
  type Observed,
  seenParts,
} from '../core/observed.ts'
import type { WrittenRecord } from '../core/written-record.ts'
import type { Context } from './context.ts'

/** A record that holds, held to what was seen: that outranks it, and only where nothing was does it stand alone. */
export function asSeen(
  { record, access }: WrittenRecord,
  answer: Answer,
  { observed: asked }: { readonly observed?: true | undefined },
  { observed }: Pick<Context, 'observed'>,
): Answer {
  if (answer.code !== 'record_holds' || !isObservedRecord(record)) return answer
  const said = { record, path: answer.path, date: answer.date }
  const seen = observed === 'awaited' ? undefined : observed
  const compared = seen === undefined ? NOTHING : accessSeen(access, seen)
  const faults = seen === undefined ? [] : [...against(record, seen, asked === true), ...compared.faults]
  if (seen !== undefined && faults.length > 0)
    return { code: 'record_observed_otherwise', outcome: 'unmet', ...said, ...runOf(seen), faults }
  const claimed = compared.claimed.length > 0 ? { claimed: compared.claimed } : {}
  const why = notObserved(record, observed, compared.claimed)
  const workflow = why === 'called_unread' ? seen?.workflow?.unread[0]?.uses : seen?.workflow?.path
  const parts = record === 'access-control' && seen !== undefined && why === 'no_run' ? seenParts(seen) : []
  const besides = { ...(parts.length > 0 && { seen: parts }), ...claimed }
  // A run whose workflow nobody understands may be what the record says, or not.
  if (why !== undefined && (asked || why === 'not_understood'))
    return {
      ...{ code: 'record_not_observed', outcome: 'undecided', ...said, why },
      ...(why === 'claimed' ? claimed : why === 'no_run' ? besides : workflow && { workflow }),
    }
  if (why === 'no_run') return { ...answer, alone: true, ...besides }
  if (seen === undefined || why === 'awaited') return answer
  const by = record === 'environment-isolation' ? enteredBy(seen) : []
  // Who starts runs is then all who may write: to name them is no more than that.
  const outside = seen.workflow?.outside ?? []
  const shown = {
    ...{ ...runOf(seen), ...claimed },
    ...(by.length > 0 && { entered: by }),
    ...(outside.length > 0 && { outside }),
  }
  return why === undefined || why === 'claimed'
    ? { ...answer, ...shown }
    : { ...answer, ...(why !== 'no_workflow' && shown), unseen: why }
}

function runOf({ run, sibling }: Observed): Pick<Observed, 'run' | 'sibling'> {
  return { ...(run !== undefined && { run }), ...(sibling !== undefined && { sibling }) }
}

const NOTHING = { faults: [], claimed: [] }
