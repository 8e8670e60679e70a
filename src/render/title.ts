import type { Answer } from '../core/answer.ts'
import { isBesideFloor } from '../core/paths.ts'
import { isOpen, type ModelVerdict, mergedWithoutGo, type Proposal, type Verdict } from '../core/verdict.ts'
import { clampLength, clean } from './clean.ts'
import { mentionSafe } from './markdown.ts'
import { count, counted } from './numbers.ts'
import { askedOf, notCovered, unregistered, waivedIn, wanting, worstModels } from './order.ts'
import { countOf } from './problem-line.ts'
import { onlyUnapproved } from './words-approvals.ts'
import { MERGED_WITHOUT_GO } from './words-tip.ts'

/** GitHub takes this many characters. */
const TITLE_CHARACTERS = 255

/** The verdict in one line of plain text that GitHub takes. */
export function title(verdict: Verdict): string {
  const observed = verdict.observed ? 'observed, blocking nothing: ' : ''
  return clampLength(mentionSafe(`${observed}${line(verdict)}`), TITLE_CHARACTERS)
}

function line(verdict: Verdict): string {
  const { decision, models, problems, proposals } = verdict
  if (decision === 'nothing') {
    if (problems.length > 0) return `undecided: ${counted(countOf(problems), 'problem')}`
    if (proposals.length > 0) return `criteria: ${proposed(proposals)}`
    return 'nothing to judge: this commit releases no model'
  }
  const only = models[0]
  const result = models.length === 1 && only ? one(only, countOf(problems)) : several(verdict)
  const merged = mergedWithoutGo(verdict) ? `, ${MERGED_WITHOUT_GO.title}` : ''
  const faulty = decision === 'go' && proposals.some(isOpen)
  return `${decision}${withWaivers(verdict)}${merged}: ${result}${faulty ? `; criteria: ${proposed(proposals)}` : ''}`
}

/** A waiver is never hidden, whatever the decision. */
export function withWaivers({ models }: Pick<Verdict, 'models'>): string {
  const many = models.reduce((sum, model) => sum + waivedIn(model).length, 0)
  return many === 0 ? '' : ` with ${counted(many, 'waiver')}`
}

const FLOOR_FAULTS: readonly string[] = ['floor_absent', 'floor_unreadable', 'floor_faulty']

function one(model: ModelVerdict, problems: number): string {
  const name = clean([model.model, model.version ?? ''].join(' '), 80)
  const asked = askedOf(model).length
  const late = unregistered(model)
  const bare = notCovered(model)
  const open = wanting(model).filter((finding) => finding !== late && finding !== bare)
  const unmet = open.filter(({ answer }) => answer.outcome === 'unmet')
  if (late?.answer.outcome === 'unmet') {
    const more = unmet.length > 0 ? `, and ${share(unmet.length, asked)} missed: ${ids(unmet)}` : ''
    return `the criteria of ${name} did not come before the work${more}`
  }
  if (unmet.length > 0) return `${name} misses ${share(unmet.length, asked)}: ${ids(unmet)}`
  if (late?.answer.code === 'manifest_unread') return `the manifest of ${name} cannot be read`
  if (late) return `it is not shown that the criteria of ${name} came before the work`
  if (bare) return uncoveredLine(name, bare.answer)
  if (open.length > 0) return `${share(open.length, asked)} of ${name} cannot be judged yet: ${ids(open)}`
  if (model.problems.some(({ code }) => FLOOR_FAULTS.includes(code)))
    return model.problems.some((one) => one.code === 'floor_faulty' && isBesideFloor(one.file))
      ? `a record beside the organisation's floor cannot be read to judge ${name}`
      : `the organisation's floor cannot be used to judge ${name}`
  if (model.problems.length > 0)
    return `${name} has ${counted(countOf(model.problems), 'problem')} in its files`
  if (problems > 0) return `${counted(problems, 'problem')} in this commit beside ${name}`
  if (model.decision !== 'go') return `${name} was asked nothing that could prove a go`
  const waived = waivedIn(model)
  if (waived.length > 0) {
    const days = waived.map(({ waiver }) => waiver.ends).toSorted()
    return `${name} meets ${count(asked - waived.length)} of ${counted(asked, 'criterion', 'criteria')}; waived until ${days[0]}: ${ids(waived)}`
  }
  return `${name} meets ${asked === 1 ? 'the one criterion' : `all ${counted(asked, 'criterion', 'criteria')}`}`
}

function uncoveredLine(name: string, answer: Answer): string {
  if (answer.code !== 'not_covered') return `not all controls of ${name} are asked for`
  return `nothing asks ${name} for ${listedIds(answer.missing.map(({ control }) => control))}`
}

function several({ models, problems, decision }: Verdict): string {
  const listed = worstModels(models)
    .slice(0, 8)
    .map(({ model, decision: own }) =>
      decision === 'go' ? clean(model, 64) : `${clean(model, 64)} (${own})`,
    )
  const left = models.length > 8 ? ` and ${count(models.length - 8)} more` : ''
  const faulty = problems.length > 0 ? `${counted(problems.length, 'problem')}` : ''
  if (models.length === 0) return faulty || 'no model could be judged'
  const all =
    decision === 'go'
      ? `all ${counted(models.length, 'model')} meet ${withWaivers({ models }) ? 'their criteria, or have them waived' : 'their criteria'}`
      : counted(models.length, 'model')
  return `${all}: ${listed.join(', ')}${left}${faulty && `; ${faulty}`}`
}

function share(some: number, all: number): string {
  return some === all && all === 1
    ? 'the one criterion'
    : `${count(some)} of ${counted(all, 'criterion', 'criteria')}`
}

function ids(findings: readonly { readonly criterion: string }[]): string {
  return listedIds(findings.map(({ criterion }) => criterion))
}

function listedIds(all: readonly string[]): string {
  const first = all.slice(0, 5).map((id) => clean(id, 64))
  return `${first.join(', ')}${all.length > 5 ? ` and ${count(all.length - 5)} more` : ''}`
}

function proposed(proposals: readonly Proposal[]): string {
  const files = counted(proposals.length, 'file')
  const wrong = faults(proposals)
  if (wrong === 0) return `${files} in order`
  return onlyUnapproved(proposals)
    ? `${counted(wrong, 'approval')} ${wrong === 1 ? 'is' : 'are'} wanting in ${files}`
    : `${counted(wrong, 'problem')} in ${files}`
}

function faults(proposals: readonly Proposal[]): number {
  return proposals.reduce((sum, proposal) => sum + proposal.problems.length, 0)
}
