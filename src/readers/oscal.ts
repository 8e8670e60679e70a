import type { Reading } from '../core/evidence.ts'
import type { OscalRecord } from '../core/foreign-record.ts'
import { type Collector, collect } from './collect.ts'
import { type Fields, fieldsAt, isFields, objectsAt } from './narrow.ts'
import { partiesIn } from './oscal-parties.ts'
import { uuidFaults } from './oscal-references.ts'
import type { Input, Reader } from './reader.ts'

const format = 'oscal-assessment-results'

/**
 * Assessment results of OSCAL 1.x (pages.nist.gov/OSCAL, "assessment-results"), as JSON or YAML. Of several results
 * the newest is read. The plan and the system that they point to are other files, and are never fetched.
 */
export const oscal: Reader = {
  format,
  labels: [],
  shapes: [['assessment-results']],
  recognises: (content) =>
    content.kind === 'data' && isFields(content.value) && isFields(content.value['assessment-results']),
  read,
}

/** The largest catalogue, SP 800-53, has about 1,200 controls, and as many statements as these. */
const MOST = 10_000

type Keys = readonly (string | number)[]
type At = { readonly fields: Fields; readonly keys: Keys }

function read(input: Input): Reading {
  const { content } = input
  const found = collect(input, format)
  if (content.kind !== 'data' || !isFields(content.value)) return found.reading()
  const keys: Keys = ['assessment-results']
  const all = { fields: fieldsAt(content.value, 'assessment-results'), keys }
  uuidFaults(all, found)
  const dated = objectsAt(all, 'results').flatMap((result) => {
    const at = result.fields.end ?? result.fields.start
    if (instantOf(at) !== undefined) return [{ result, at: String(at) }]
    found.malformed([...result.keys, 'start'], 'the time of the assessment, with its zone')
    return []
  })
  const newest = dated.reduce((last, { at }) => Math.max(last, Date.parse(at)), Number.NEGATIVE_INFINITY)
  const current = dated.filter(({ at }) => Date.parse(at) === newest)
  const [first] = current
  if (first === undefined) {
    found.malformed([...keys, 'results'], 'a list of results')
    return found.reading()
  }
  const results = current.map(({ result }) => result)
  const reviewed = reviewedIn(results)
  const findings = results.flatMap((result) => findingsIn(result, found))
  const risks = results.flatMap((result) => openRisks(result, found))
  if ([reviewed.reviewed, reviewed.not, findings, risks].some(({ length }) => length > MOST)) {
    found.fault([...keys, 'results'], { code: 'too_many', limit: MOST })
    return found.reading()
  }
  const { vendors, ...parties } = partiesIn(fieldsAt(all.fields, 'metadata'))
  const systems = systemsIn(results)
  const assessed = vendors.length + systems.length > 0 && { assessed: { vendors, systems } }
  const date = first.at.slice(0, 10)
  found.record(
    (source): OscalRecord => ({
      kind: 'oscal',
      date,
      ...parties,
      ...assessed,
      ...reviewed,
      findings,
      risks,
      source,
    }),
  )
  return found.reading()
}

/** The system that was assessed, where a result describes it itself; the plan that also does is another file. */
function systemsIn(results: readonly At[]): readonly string[] {
  const titles = results.flatMap((result) => {
    const local = { fields: fieldsAt(result.fields, 'local-definitions'), keys: result.keys }
    return objectsAt(local, 'components').flatMap(({ fields: { type, title } }) =>
      type === 'this-system' && typeof title === 'string' && !isGeneric(title) ? [title.slice(0, 200)] : [],
    )
  })
  return [...new Set(titles)]
}

/** What NIST's own examples call every system. */
function isGeneric(title: string): boolean {
  return /^\s*(?:(?:this|the)[\s-]*)?system\s*$|^\s*$/i.test(title)
}

/** What the result says that it looked at; a control of which only statements were looked at is not whole. */
function reviewedIn(results: readonly At[]): Pick<OscalRecord, 'reviewed' | 'all' | 'not'> {
  const selections = results.flatMap((result) => {
    const reviewed = { fields: fieldsAt(result.fields, 'reviewed-controls'), keys: result.keys }
    return [
      ...objectsAt(reviewed, 'control-selections'),
      ...objectsAt(reviewed, 'control-objective-selections'),
    ]
  })
  const ids = (kind: 'include' | 'exclude') =>
    selections.flatMap((selection) =>
      [...objectsAt(selection, `${kind}-controls`), ...objectsAt(selection, `${kind}-objectives`)].flatMap(
        ({ fields }) => {
          const parts = Array.isArray(fields['statement-ids']) ? fields['statement-ids'] : []
          const own = parts.length > 0 ? parts : [fields['control-id'], fields['objective-id']]
          return own.flatMap((id: unknown) => (typeof id === 'string' ? [id.slice(0, 200)] : []))
        },
      ),
    )
  return {
    reviewed: ids('include'),
    all: selections.some(({ fields }) => isFields(fields['include-all'])),
    not: ids('exclude'),
  }
}

function findingsIn(result: At, found: Collector): OscalRecord['findings'] {
  const observations = new Map(objectsAt(result, 'observations').map((one) => [one.fields.uuid, one]))
  return objectsAt(result, 'findings').flatMap((finding) => {
    const target = fieldsAt(finding.fields, 'target')
    const state = fieldsAt(target, 'status').state
    const id = target['target-id']
    if (typeof id !== 'string' || (state !== 'satisfied' && state !== 'not-satisfied')) {
      found.malformed([...finding.keys, 'target'], 'a target-id, and a state of satisfied or not-satisfied')
      return []
    }
    const ends = objectsAt(finding, 'related-observations').flatMap(({ fields }) => {
      const observation = observations.get(fields['observation-uuid'])
      return observation === undefined ? [] : instantIn(observation, 'expires', found)
    })
    const until = ends.toSorted((a, b) => Date.parse(a) - Date.parse(b))[0]
    return [
      { target: id.slice(0, 200), satisfied: state === 'satisfied', ...(until !== undefined && { until }) },
    ]
  })
}

/** A risk that was accepted as a deviation, or closed, is open no more. */
const CLOSED: readonly unknown[] = ['closed', 'deviation-approved']

function openRisks(result: At, found: Collector): OscalRecord['risks'] {
  return objectsAt(result, 'risks').flatMap((risk) => {
    const { title, status } = risk.fields
    if (CLOSED.includes(status)) return []
    const [deadline] = instantIn(risk, 'deadline', found)
    const named = typeof title === 'string' ? title.slice(0, 200) : 'a risk without a title'
    return [{ title: named, ...(deadline !== undefined && { deadline }) }]
  })
}

function instantIn(at: At, key: string, found: Collector): readonly string[] {
  const value = at.fields[key]
  if (value === undefined) return []
  const instant = instantOf(value)
  if (instant === undefined) found.malformed([...at.keys, key], 'a time with its zone')
  return instant === undefined ? [] : [instant]
}

/** An instant in UTC. */
function instantOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT[\d:.]{5,20}(?:Z|[+-]\d\d:\d\d)$/.test(value))
    return undefined
  const time = Date.parse(value)
  return Number.isNaN(time) ? undefined : new Date(time).toISOString()
}
