import type { Answer } from '../core/answer.ts'
import type { Apart } from '../core/baseline-answer.ts'
import { type Finding, outcomeOf } from '../core/finding.ts'
import type { Gap } from '../core/gap-answer.ts'
import type { Measurement } from '../core/measurement.ts'
import { STANDARDS, standardIds } from '../core/standards.ts'
import type { ModelVerdict } from '../core/verdict.ts'
import { PLAIN_TERMINAL, type Terminal, wrapped } from './columns.ts'
import { byItself, observedIn, placeIn, trustIn, written } from './facts.ts'
import { count, counted, shownNumber, shownValue } from './numbers.ts'
import { SIGNS } from './order.ts'
import { drawnIn, plot } from './plot.ts'
import { bare, joined, plain, quoted, type Sentence, sentence } from './sentence.ts'
import { named, why } from './why.ts'
import { findingWords } from './words-answers.ts'
import { signersInWords } from './words-attestations.ts'
import { neededOf } from './words-gaps.ts'
import { shortened } from './words-limits.ts'
import { waiverSentence } from './words-waivers.ts'

const VERSIONS = {
  both: 'the criteria as registered, which today are the same for it',
  registered: 'the criteria as registered',
  today: 'the criteria on the default branch today',
  floor: "the organisation's floor",
} as const

/** One finding for `gonogo explain`: why, from where, what next. */
export function renderExplanation(
  model: ModelVerdict,
  finding: Finding,
  terminal: Terminal = PLAIN_TERMINAL,
): string {
  const outcome = outcomeOf(finding)
  const head = `${SIGNS[outcome]} ${terminal.colour('bold', bare([quoted(finding.criterion)]))} of ${bare(named(model))}: ${outcome}`
  const indent = ' '.repeat(12)
  const lines = explanationFacts(model, finding).flatMap(([name, fact]) => {
    const [first = '', ...more] = wrapped(plain(fact), indent, terminal)
    return [`  ${terminal.colour('dim', name.padEnd(8))}  ${first.slice(indent.length)}`, ...more]
  })
  return `${[head, ...lines].join('\n')}\n`
}

/** Why, from where, what next: each under its name. */
export function explanationFacts(
  model: ModelVerdict,
  finding: Finding,
): readonly (readonly [string, Sentence])[] {
  const { control, blocking, version, answer, asked, waiver } = finding
  const { says, next } = findingWords(finding)
  const shown = byItself(answer)
  return [
    ['why', says],
    ...plotted(shown),
    ...(waiver ? [['waived', waiverSentence(waiver, waiver.ends)] as const] : []),
    [
      'asked by',
      sentence`${[VERSIONS[version]]}${asked ? sentence`: ${quoted(written(asked))}, blob ${shortened(asked.sha)}` : []}`,
    ],
    ['control', sentence`${quoted(control)}${[blocking ? '' : ' (advisory: it never decides)']}`],
    ...related(control),
    ...readFrom(shown, model.evidence),
    ...('apart' in shown && shown.apart !== undefined ? [apartFact(shown.apart)] : []),
    ...('members' in shown ? shown.members.map(memberFact) : []),
    ...('gaps' in shown ? shown.gaps.map(gapFact) : []),
    ['next', next ?? ['nothing: it is met']],
    ...(outcomeOf(finding) === 'met' && model.decision !== 'go'
      ? [['release', sentence`${[model.decision]} for something else: ${why(model)}`] as const]
      : []),
  ]
}

/** Where standards ask for the control: that the criterion is met does not say that theirs is. */
function related(control: string): readonly (readonly [string, Sentence])[] {
  const ids = standardIds(control)
  const shown = [...new Set(ids.map(({ standard }) => standard))].map((standard) => {
    const own = ids.filter((one) => one.standard === standard).map(({ id }) => id)
    return `${STANDARDS[standard]} ${own.join(', ')}`
  })
  return shown.length === 0 ? [] : [['related', [shown.join('; ')]]]
}

/** Nobody reads more zeros. */
const LEAST_P = 0.0001

/** Where two models differ, beside what decides: whether one is better at all is another question than by how much. */
function apartFact({ onlyOne, onlyOther, p }: Apart): readonly [string, Sentence] {
  const rare =
    p === undefined
      ? ''
      : `; were neither better, as much would be seen with p ${p < LEAST_P ? '<' : '='} ${shownNumber(Math.max(p, LEAST_P))} (McNemar, exact)`
  return [
    'apart',
    [
      onlyOne + onlyOther === 0
        ? 'on no sample do the two differ'
        : `of ${counted(onlyOne + onlyOther, 'sample')} on which the two differ, ${count(onlyOne)} count for this model and ${count(onlyOther)} for the other${rare}`,
    ],
  ]
}

/** The interval beside its bound, where there is one. */
function plotted(answer: Answer): readonly (readonly [string, Sentence])[] {
  const drawn = drawnIn(answer)
  const line = drawn && plot(drawn)
  return line === undefined ? [] : [['plot', [quoted(line)]]]
}

function readFrom(
  answer: Answer,
  evidence: ModelVerdict['evidence'],
): readonly (readonly [string, Sentence])[] {
  const observed = observedIn(answer)
  const place = placeIn(answer)
  const trust = trustIn(answer, evidence)
  const attested = evidence.find(({ path }) => path === place?.path)?.attested
  if (observed) return [['read', sentence`${source(observed)}`], ...(trust ? [trusted(trust, attested)] : [])]
  return place && trust ? [['read', [quoted(written(place))]], trusted(trust, attested)] : []
}

const TRUSTS = {
  typed: 'typed: a file in the commit, as somebody committed it',
  produced: 'produced: a file of an artifact, by a run of a workflow that is on the default branch',
  signed: 'signed',
  awaited: 'awaited: only GitHub can show that a run produced it',
} as const

function trusted(
  trust: keyof typeof TRUSTS,
  attested: ModelVerdict['evidence'][number]['attested'] = [],
): readonly [string, Sentence] {
  return [
    'trust',
    trust === 'signed' && attested.length > 0
      ? sentence`signed by ${signersInWords(attested)}`
      : [TRUSTS[trust]],
  ]
}

function source({ source: from, tool, at, model, commit }: Measurement): Sentence {
  const known = [
    sentence`${quoted(written(from))} at ${quoted(from.pointer)}, blob ${shortened(from.sha)}, read as ${quoted(from.format)}`,
    ...(tool === undefined ? [] : [sentence`written by ${quoted(tool)}`]),
    ...(at === undefined ? [] : [sentence`which says it ran at ${quoted(at)}`]),
    ...(model === undefined ? [] : [sentence`about ${quoted(model)}`]),
    ...(commit === undefined ? [] : [sentence`at commit ${shortened(commit)}`]),
  ]
  return joined(known)
}

function gapFact(gap: Gap): readonly [string, Sentence] {
  const { metric, one, other, value } = gap
  const needed = neededOf(gap)
  return [
    'pair',
    sentence`${quoted(one)} against ${quoted(other)}: ${quoted(metric)} ${[shownNumber(Number(value.toPrecision(4)))]}${needed.length === 0 ? [] : sentence`, needs ${joined(needed, ' and ')}`}`,
  ]
}

function memberFact({
  member,
  answer,
}: Extract<Answer, { readonly members: unknown }>['members'][number]): readonly [string, Sentence] {
  const value: Sentence =
    'observed' in answer ? [`, ${shownValue(answer.observed.value, answer.observed.unit)}`] : []
  return ['member', sentence`${quoted(member)}: ${[answer.outcome]}${value}`]
}
