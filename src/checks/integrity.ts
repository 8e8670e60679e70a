import { z } from 'zod'
import type { Answer } from '../core/answer.ts'
import { INTEGRITY_PARTS, type IntegrityFact, type IntegrityPart } from '../core/integrity-answer.ts'
import { isBreaking, isHolding } from '../core/integrity-facts.ts'
import { once } from '../text/canonical.ts'
import { COMMON, SOURCE_TRUST } from './common.ts'
import type { Context } from './context.ts'
import { codeFacts } from './integrity-code.ts'
import { dataFacts } from './integrity-data.ts'
import { environmentFacts } from './integrity-environment.ts'
import { outputFacts } from './integrity-outputs.ts'
import { packagedRunFacts, packagedVersionFacts } from './integrity-packaged.ts'
import { parameterFacts } from './integrity-parameters.ts'
import { recordedSeeds } from './integrity-seeds.ts'
import { leftOf, tooWeak } from './trusted.ts'

/** What a model was made from and with, wherever it is written down, says the same. */
export const IntegrityCheck = z
  .strictObject({
    ...COMMON,
    check: z.literal('integrity'),
    of: z
      .array(z.enum(INTEGRITY_PARTS))
      .min(1)
      .describe('what must agree: the data, the parameters, the environment, the code'),
    datasets: z
      .array(z.string().min(1).max(200))
      .min(1)
      .max(200)
      .optional()
      .describe('datasets of the manifest; without it all that the model was made with'),
    strong: z.literal(true).optional().describe('a digest that can be forged, as an md5, is not enough'),
    trust: SOURCE_TRUST,
    hashed: z.literal(true).optional().describe('each package must be pinned by the digest of its bytes'),
  })
  .superRefine((criterion, context) => {
    const { control, of } = criterion
    const fault = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message, input: criterion })
    if (control === 'data-integrity' && !of.includes('data')) fault('of', 'data among them, for this control')
    if (control === 'reproducibility' && of.every((part) => part === 'data'))
      fault('of', 'parameters, environment or code among them, for this control')
    for (const key of ['datasets', 'strong'] as const)
      if (criterion[key] !== undefined && !of.includes('data')) fault(key, 'only with `data` in `of`')
    if (criterion.hashed !== undefined && !of.includes('environment'))
      fault('hashed', 'only with `environment` in `of`')
  })
export type IntegrityCheck = z.infer<typeof IntegrityCheck>

/**
 * Whether everything that was asked of holds, where `trust` is asked also when files of less trust say nothing, nor the criteria, but for the parameters that
 * are committed: a file in a commit is what they are.
 */
export function answerIntegrity(criterion: IntegrityCheck, context: Context): Answer {
  const answer = answerFacts(criterion, context)
  const { trust } = criterion
  if (trust === undefined || answer.code !== 'integrity_holds') return answer
  const { exams } = context
  const kept = leftOf(context, trust)
  const left = { ...context, evidence: kept, exams: { ...exams, pinned: new Map() } }
  if (answerFacts(criterion, left).outcome === 'met') return answer
  const named = answer.facts.flatMap((fact) => ('path' in fact ? fact.path : fact.by))
  const silent = new Set(
    context.evidence.flatMap(({ path, records }, at) =>
      records.length > (kept[at]?.records.length ?? 0) ? [path] : [],
    ),
  )
  const weak = named.filter((path) => silent.has(path))
  return tooWeak(weak.length > 0 ? weak : ['criteria'], trust, context)
}

/** Past this many facts a list says nothing new. */
export const LISTED = 50

/** What was found out: one contradiction is unmet, whatever is not known undecided. */
function answerFacts(criterion: IntegrityCheck, context: Context): Answer {
  const of = INTEGRITY_PARTS.filter((part) => criterion.of.includes(part))
  const isLocked = of.includes('data') || of.includes('parameters')
  // What two parts find out is said once: a seed is a parameter too.
  const all = once([
    ...of.flatMap((part) => factsOf(part, criterion, context)),
    // A lock of a pipeline tells of data and parameters of what it made, and of nothing else.
    ...(isLocked ? outputFacts(context) : []),
  ])
  const holding = all.filter(isHolding)
  const breaking = all.filter(isBreaking)
  const rest = all.filter((fact) => !isHolding(fact) && !isBreaking(fact))
  if (breaking.length > 0)
    return { code: 'integrity_broken', outcome: 'unmet', of, ...listed([...breaking, ...rest, ...holding]) }
  if (rest.length > 0 || holding.length === 0)
    return { code: 'integrity_open', outcome: 'undecided', of, ...listed([...rest, ...holding]) }
  return { code: 'integrity_holds', outcome: 'met', of, ...listed(holding) }
}

function factsOf(part: IntegrityPart, criterion: IntegrityCheck, context: Context): readonly IntegrityFact[] {
  switch (part) {
    case 'data':
      return dataFacts(criterion, context)
    case 'parameters':
      return [...parameterFacts(context), ...recordedSeeds(context)]
    case 'environment':
      return [...environmentFacts(criterion, context), ...packagedVersionFacts(context.evidence)]
    case 'code':
      return [...codeFacts(context), ...packagedRunFacts(context.evidence)]
  }
}

function listed<F>(facts: readonly F[]): { readonly facts: readonly F[]; readonly more: number } {
  return { facts: facts.slice(0, LISTED), more: Math.max(0, facts.length - LISTED) }
}
