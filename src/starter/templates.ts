import type { WrittenKind } from '../core/records/kinds.ts'
import { TRAINING_ENDING } from '../core/records/outcome.ts'
import type { Ask } from './ask.ts'
import { asksFor, headingsAsked } from './asks.ts'
import { requiredOf, type Starting } from './criteria.ts'
import { recordTemplate } from './record-template.ts'

/** A file by its path below the repository. */
export type Template = { readonly path: string; readonly text: string }

/** What the criteria ask people to write, with headings and nothing under them that could pass for an answer. */
export function templates(starting: Starting): readonly Template[] {
  const { model } = starting
  return asksOf(starting).flatMap((ask): readonly Template[] => {
    if (ask.kind === 'shown' || ask.kind === 'approval') return []
    if (ask.kind === 'training')
      return [{ path: `models/${model}/records/training.yml`, text: trainingRecord(model) }]
    if (ask.kind === 'record')
      return [ask.record, ...offeredBy(ask)].map((kind) => ({
        path: `models/${model}/records/${kind}.yml`,
        text: recordTemplate(kind, model),
      }))
    const sections = headingsAsked(ask.sections)
      .map((title) => `## ${title}\n\nTODO\n`)
      .join('\n')
    const path = `models/${model}/docs/${ask.document}.md`
    return [{ path, text: `# ${model}: ${ask.document}\n\n${sections}` }]
  })
}

/** Records that may stand instead of what is asked at first, and that people write too. */
export function offeredBy({ instead = [] }: Extract<Ask, { kind: 'record' }>): readonly WrittenKind[] {
  return instead.flatMap(({ record }) => record ?? [])
}

export function asksOf(starting: Starting): readonly Ask[] {
  return requiredOf(starting).flatMap(({ control }) => asksFor(control, starting))
}

function trainingRecord(model: string): string {
  return `gonogo: 1
record: training
model: ${model}
owner: TODO
date: 2000-01-01                 # the day of the record
data: TODO                       # - { name: train-2026, digest: { sha256: ... }, origin: ..., rows: 1000 }
hyperparameters: TODO
seeds: TODO
environment: TODO
commit: TODO
hardware: TODO
operator: TODO                   # the person, or the identity of the job, that ran it
started: TODO
finished: TODO
outcome: TODO                    # ${TRAINING_ENDING.of.join(' | ')}: ${TRAINING_ENDING.says}
`
}
