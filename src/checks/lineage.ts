import { z } from 'zod'
import type { Answer } from '../core/answer.ts'
import { isMovableBase } from '../core/base-model.ts'
import { isDigest } from '../core/digests.ts'
import type { Evidence } from '../core/evidence.ts'
import { LINEAGE, type LineageLack } from '../core/lineage-answer.ts'
import { pathsOf } from '../core/named-evidence.ts'
import type { Ancestry } from './ancestry.ts'
import { baseNamed } from './bom-bases.ts'
import { COMMON, SELECTION } from './common.ts'
import type { Context } from './context.ts'
import { licenceOf } from './licence.ts'
import { lackingLicences } from './lineage-licences.ts'
import { besideBase, inheritedFrom } from './lineage-measured.ts'
import { headingsOf, Sections, Words } from './section-presets.ts'
import { lackingSections } from './sections.ts'

const Text = z.string().min(1).max(200)
/** One licence that can be compared. */
const LicenceName = Text.refine(
  (name) => licenceOf(name)?.choices.every(({ length }) => length === 1) ?? false,
  {
    error: 'an SPDX id, LicenseRef-…, or a name of a hub such as llama3.1',
  },
)

/** What the floor lets models be made from. */
export const TrustedBases = z
  .strictObject({
    publishers: z.array(Text).min(1).max(100).optional().describe('exactly as in publisher/name'),
    licences: z
      .array(LicenceName)
      .min(1)
      .max(100)
      .optional()
      .describe('SPDX ids, LicenseRef-… or names of a hub'),
  })
  .describe('what `check: lineage` lets models be made from')

/** Which number of the candidate its base is held beside. */
export const MeasureAsked = z.strictObject({
  ...{ metric: SELECTION.metric, dataset: SELECTION.dataset, where: SELECTION.where },
})
const Measure = z.union([SELECTION.metric, MeasureAsked])

/** What must be known of the models that the released one was made from. */
export const LineageCheck = z
  .strictObject({
    ...COMMON,
    check: z.literal('lineage'),
    of: z.array(z.enum(LINEAGE)).min(1).describe('what is asked of every base model'),
    publishers: z
      .array(Text)
      .min(1)
      .optional()
      .describe('publishers that are allowed, exactly as in publisher/name; beside those of the floor'),
    licences: z
      .array(LicenceName)
      .min(1)
      .optional()
      .describe('licences that are allowed; what the floor allows holds as well'),
    sections: Sections.optional().describe(
      "headings of the base's card that must have real content, or a name such as model-card",
    ),
    words: Words.optional(),
    metrics: z
      .array(Measure)
      .min(1)
      .optional()
      .describe('what the base is measured by; without it, all that the criteria measure'),
    across: z
      .array(z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]))
      .min(1)
      .optional()
      .describe('labels of groups that are held side by side as well'),
    at_most_worse: z
      .number()
      .min(0)
      .optional()
      .describe('by how much the widest gap between groups may have grown, in the unit of the metric'),
  })
  .superRefine((criterion, context) => {
    const wrong = (key: string, message: string) =>
      context.addIssue({ code: 'custom', path: [key], message, input: criterion })
    const { of, publishers, licences, sections, words, metrics, across, at_most_worse: worse } = criterion
    const only = (key: string, given: unknown, asked: readonly (typeof of)[number][]) => {
      if (given !== undefined && !asked.some((one) => of.includes(one)))
        wrong(key, `this key only beside of: [${asked.join(' or ')}]`)
    }
    only('publishers', publishers, ['publisher'])
    only('licences', licences, ['licence'])
    only('sections', sections, ['card'])
    only('words', words, ['card'])
    only('metrics', metrics, ['evaluated', 'inherited'])
    only('across', across, ['evaluated', 'inherited'])
    only('at_most_worse', worse, ['inherited'])
    if (of.includes('card') && sections === undefined) wrong('of', 'sections beside of: [card]')
    if (
      metrics?.some(
        (one) => typeof one !== 'string' && one.dataset !== undefined && one.where?.dataset !== undefined,
      )
    )
      wrong('metrics', 'either dataset or where.dataset')
  })
export type LineageCheck = z.infer<typeof LineageCheck>

/** Whether all that was asked is shown of every base model that the manifest names; none shows nothing. */
export function answerLineage(criterion: LineageCheck, context: Context): Answer {
  const { ancestry } = context
  if (ancestry === undefined || ancestry.bases.length === 0)
    return { code: 'no_base_model', outcome: 'undecided' }
  const asks = (one: (typeof criterion.of)[number]) => criterion.of.includes(one)
  const beside = asks('evaluated') ? besideBase(criterion, ancestry, context) : { found: [], lacking: [] }
  const gaps = asks('inherited') ? inheritedFrom(criterion, ancestry, context) : { found: [], lacking: [] }
  const lacking = [
    ...(asks('pinned') ? ancestry.bases.flatMap((base) => unpinned(base, context)) : []),
    ...(asks('publisher') ? otherPublishers(criterion, ancestry) : []),
    ...(asks('licence') ? lackingLicences(criterion.licences, ancestry) : []),
    ...(asks('card') ? ancestry.bases.flatMap((base) => lackingCard(base, criterion, context)) : []),
    ...beside.lacking,
    ...gaps.lacking,
  ]
  const files = pathsOf([
    ...(asks('pinned') ? context.evidence.filter(hasBill) : []),
    ...(asks('card') ? (context.base ?? []).filter((file) => ancestry.bases.some(isCardOf(file))) : []),
  ])
  const called = ancestry.bases
    .filter(isCalled)
    .map(({ name: base, provider, snapshot }) => ({ base, provider, snapshot }))
  const shown = {
    of: criterion.of,
    bases: ancestry.bases.map(({ name }) => name),
    beside: beside.found,
    inherited: gaps.found,
    ...(asks('pinned') && called.length > 0 && { called }),
    ...(files.length > 0 && { files }),
  }
  if (lacking.length === 0) return { code: 'lineage_holds', outcome: 'met', ...shown }
  return lacking.some(isMissed)
    ? { code: 'lineage_lacks', outcome: 'unmet', lacking, ...shown }
    : { code: 'lineage_open', outcome: 'undecided', lacking, ...shown }
}

function hasBill({ records }: Evidence): boolean {
  return records.some(({ kind }) => kind === 'bom')
}

function isCardOf({ path }: Evidence): (base: BaseOf) => boolean {
  return ({ card }) => card === path
}

/** What is wanting because it is otherwise than it must be, and not because nobody said or measured it. */
const MISSED: { readonly [W in LineageLack['what']]: boolean } = {
  movable: true,
  movable_snapshot: true,
  no_digest: true,
  bom: true,
  no_list: false,
  publisher: true,
  no_licence: true,
  unknown_licence: true,
  licence: true,
  conflict: true,
  unclear: false,
  no_card: false,
  card: true,
  nothing_measured: false,
  unalike: false,
  worse: true,
}

/** Of the model's and the data's own licences it is only not known whether they go together. */
function isMissed(lack: LineageLack): boolean {
  if (lack.what === 'no_licence' || lack.what === 'unknown_licence') return lack.of === 'base'
  return MISSED[lack.what]
}

type BaseOf = Ancestry['bases'][number]

function unpinned(pinned: BaseOf, { evidence, weights = [] }: Context): readonly LineageLack[] {
  const { name: base, digests } = pinned
  const own = weights.map(({ digest }) => digest)
  const bills = evidence.flatMap(({ records }) => records.filter((one) => one.kind === 'bom'))
  return [
    ...movable(pinned),
    // The same digit over and over is what a template has. Of a model behind an API nobody has the bytes.
    ...((isCalled(pinned) && own.length === 0) ||
    (digests.length > 0 && digests.every((one) => isDigest('sha256', one)))
      ? []
      : [{ what: 'no_digest', base } as const]),
    ...bills.flatMap((bill): readonly LineageLack[] => {
      const named = baseNamed(pinned, bill, own)
      return named.kind === 'other' ? [{ what: 'bom', path: bill.source.path, ...named.other }] : []
    }),
  ]
}

/** Only its provider says which model it is. */
function isCalled(base: BaseOf): base is Extract<BaseOf, { readonly snapshot: string }> {
  return 'snapshot' in base
}

function movable(base: BaseOf): readonly LineageLack[] {
  const { name } = base
  if (isCalled(base))
    return isMovableBase(base) ? [{ what: 'movable_snapshot', base: name, snapshot: base.snapshot }] : []
  const { revision } = base
  return /^[0-9a-f]{40}$/.test(revision) ? [] : [{ what: 'movable', base: name, revision }]
}

/** The floor is a minimum: where both name publishers, one must be on both lists. */
function otherPublishers({ publishers }: LineageCheck, { bases, trusted }: Ancestry): readonly LineageLack[] {
  const lists = [
    ...(trusted.publishers ? [{ by: 'floor', allowed: trusted.publishers } as const] : []),
    ...(publishers ? [{ by: 'criterion', allowed: publishers } as const] : []),
  ]
  if (lists.length === 0) return [{ what: 'no_list', of: 'publishers' }]
  return bases.flatMap((one) => {
    const { name: base } = one
    const publisher = publisherOf(base) ?? (isCalled(one) ? one.provider : undefined)
    return lists
      .filter(({ allowed }) => publisher === undefined || !allowed.includes(publisher))
      .slice(0, 1)
      .map(
        (list) =>
          ({ what: 'publisher', base, ...(publisher !== undefined && { publisher }), ...list }) as const,
      )
  })
}

/** The first of the two parts of a hub's name; of whatever has not two of them nobody is the publisher. */
function publisherOf(name: string): string | undefined {
  const [publisher, model, ...more] = name.split('/')
  return publisher && model && more.length === 0 ? publisher : undefined
}

function lackingCard(
  { name: base, card }: BaseOf,
  { sections = [], words }: LineageCheck,
  { base: files = [] }: Context,
): readonly LineageLack[] {
  if (card === undefined) return [{ what: 'no_card', base }]
  const record = files.find(({ path }) => path === card)?.records.find((one) => one.kind === 'document')
  if (record === undefined) return [{ what: 'no_card', base, unreadable: card }]
  const lacking = lackingSections(headingsOf(sections), record.sections, words)
  return lacking.length === 0 ? [] : [{ what: 'card', base, path: card, lacking }]
}
