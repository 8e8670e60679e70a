import type { AllowedBy, Inherited, LineageAnswer, LineageLack, Unalike } from '../core/lineage-answer.ts'
import { counted, shownNumber, shownValue } from './numbers.ts'
import { type Advice, joined, listed, names, quoted, type Sentence, sentence } from './sentence.ts'
import { unitOf } from './shown.ts'
import { lackingSection } from './words-sections.ts'
import type { AnswerWords } from './words-table.ts'

type Shown = Extract<LineageAnswer, { readonly beside: unknown }>

/** More of them make no sentence; facts and JSON have all. */
const MOST = 5

/** The words for what is asked of base models. */
export const LINEAGE_WORDS: AnswerWords<LineageAnswer> = {
  lineage_holds: (answer) => ({
    says: sentence`${names(answer.of, 6)} shown of ${names(answer.bases)}${calledBy(answer)}${sideBySide(answer)}`,
  }),
  lineage_lacks: advice,
  lineage_open: advice,
  no_base_model: () => ({
    says: sentence`the manifest names no base model`,
    next: sentence`add ${quoted('base_models:')} to the manifest, with name, revision, digest, licence and card; of a model behind an API, with provider and snapshot instead of revision and digest`,
  }),
}

function advice(answer: Extract<LineageAnswer, { readonly lacking: unknown }>): Advice {
  const all = answer.lacking.map(lackWords)
  const actions = [...new Map(all.map(({ next }) => [JSON.stringify(next), next])).values()]
  return {
    says: sentence`${listed(
      all.map(({ says }) => says),
      MOST,
      '; ',
    )}${sideBySide(answer)}`,
    next: joined(actions.slice(0, 3), '; '),
  }
}

type Lacks = { readonly [W in LineageLack['what']]: (lack: Extract<LineageLack, { what: W }>) => Advice }

function lackWords(lack: LineageLack): Advice {
  // The compiler cannot follow that the row and the lack have the same word; `Lacks` guarantees it.
  const words = LACKS[lack.what] as (lack: LineageLack) => Advice
  return words(lack)
}

const LACKS: Lacks = {
  movable: ({ base, revision }) => ({
    says: sentence`the revision ${quoted(revision)} of ${quoted(base)} can be moved`,
    next: sentence`name the whole commit of the hub at ${quoted(base)}`,
  }),
  movable_snapshot: ({ base, snapshot }) => ({
    says: sentence`the snapshot ${quoted(snapshot)} of ${quoted(base)} is another model tomorrow`,
    next: sentence`name the dated snapshot that was fine-tuned, as the provider calls it, at ${quoted(base)}`,
  }),
  bom: ({ base, path, of, found, declared }) => ({
    says: sentence`the bill of materials in ${quoted(path)} has ${[of === 'digest' ? 'the digest' : 'the version']} ${quoted(found)} of ${quoted(base)}, and the manifest ${quoted(declared)}`,
    next: sentence`find out which base model it was, and correct the bill or the manifest`,
  }),
  no_digest: ({ base }) => ({
    says: sentence`${quoted(base)} has no digest`,
    next: sentence`add ${quoted('digest: { sha256: … }')} of its weights, or ${quoted('digest: { files: … }')}, at ${quoted(base)}`,
  }),
  no_list: ({ of }) => ({
    says: sentence`nobody says which ${[of]} are allowed`,
    next: sentence`list them in the floor under ${quoted('trusted.base_models')}, or for the next training in the criterion under ${quoted(`${of}:`)}`,
  }),
  publisher: ({ base, publisher, by, allowed }) => ({
    says:
      publisher === undefined
        ? sentence`${quoted(base)} names no publisher, and ${[LISTS[by]]} allows ${names(allowed)}`
        : sentence`the publisher ${quoted(publisher)} of ${quoted(base)} is not among those that ${[LISTS[by]]} allows: ${names(allowed)}`,
    next: sentence`use a base model of an allowed publisher, named as its hub does`,
  }),
  no_licence: (lack) => ({
    says: sentence`${whose(lack)} has no licence in the manifest`,
    next: sentence`write ${quoted('licence:')} at ${where(lack)}: an SPDX id, ${quoted('LicenseRef-…')} or the name of a hub`,
  }),
  unknown_licence: (lack) => ({
    says: sentence`${quoted(lack.licence)}, the licence of ${whose(lack)}, names no licence`,
    next: sentence`find out the licence and write its SPDX id, or ${quoted('LicenseRef-…')} for one of its own, at ${where(lack)}`,
  }),
  licence: ({ base, licence, by, allowed }) => ({
    says: sentence`the licence ${quoted(licence)} of ${quoted(base)} is not among those that ${[LISTS[by]]} allows: ${names(allowed)}`,
    next: sentence`use a base model under an allowed licence`,
  }),
  conflict: ({ of, name, licence, model, restriction = '' }) => ({
    says: sentence`${[NOUNS[of]]} ${quoted(name)} is ${quoted(licence)} (${[restriction]}), which the model's licence ${quoted(model)} does not keep`,
    next: sentence`give the model a licence that keeps it, or make it from something else`,
  }),
  unclear: ({ of, name, licence, model, restriction }) => ({
    says: sentence`whether a model under ${quoted(model)} may be made from ${[NOUNS[of]]} ${quoted(name)} under ${quoted(licence)}${restriction === undefined ? [] : sentence` (${[restriction]})`} is not known`,
    next: sentence`ask whoever judges licences, and have the answer recorded as a waiver, or choose licences that are known to go together`,
  }),
  no_card: ({ base, unreadable }) =>
    unreadable === undefined
      ? {
          says: sentence`the manifest names no card of ${quoted(base)}`,
          next: sentence`commit a copy of the card that its publisher wrote, and name it with ${quoted('card:')} at ${quoted(base)}`,
        }
      : {
          says: sentence`the card of ${quoted(base)} cannot be read from ${quoted(unreadable)}`,
          next: sentence`commit ${quoted(unreadable)} as a Markdown file with headings`,
        },
  card: ({ base, path, lacking }) => ({
    says: sentence`the card of ${quoted(base)} in ${quoted(path)} lacks content: ${listed(lacking.map(lackingSection))}`,
    next: sentence`use a base model whose publisher says so, or a newer card of it`,
  }),
  nothing_measured: ({ of }) => ({
    says:
      of === 'evaluated'
        ? sentence`no criterion measures anything that the base could be held beside`
        : sentence`no criterion compares groups whose gaps could be held beside those of the base`,
    next: sentence`for the next training, name ${quoted('metrics:')}${of === 'evaluated' ? [] : sentence` and ${quoted('across:')}`} in the criterion`,
  }),
  unalike: ({ base, metric, labels, why }) => {
    const { says, next } = UNALIKE[why]
    return {
      says: sentence`${quoted(metric)}${labelled(labels)} of ${quoted(base)}: ${[says]}`,
      next,
    }
  },
  worse: ({ metric, across, before, after, limit }) => ({
    says: sentence`the widest gap in ${quoted(metric)} across ${names(across)} grew from ${[shownNumber(before)]} to ${[shownNumber(after)]}, and by at most ${[shownNumber(limit)]} it may`,
    next: sentence`reduce what the fine-tuning added to the bias and evaluate both again; the bound was registered before training`,
  }),
}

const LISTS: { readonly [B in AllowedBy]: string } = { floor: 'the floor', criterion: 'the criterion' }
const NOUNS = { base: 'the base model', dataset: 'the dataset', model: 'the model' } as const

function whose({ of, name }: { readonly of: keyof typeof NOUNS; readonly name: string }): Sentence {
  return of === 'model' ? ['the released model'] : sentence`${[NOUNS[of]]} ${quoted(name)}`
}

function where({ of, name }: { readonly of: keyof typeof NOUNS; readonly name: string }): Sentence {
  return of === 'model' ? ['the top of the manifest'] : sentence`${quoted(name)} in the manifest`
}

function labelled(labels: Readonly<Record<string, string>>): Sentence {
  const all = Object.entries(labels)
  if (all.length === 0) return []
  return sentence` (${listed(all.map(([label, value]) => sentence`${quoted(label)}: ${quoted(value)}`))})`
}

/** Where in a file it stands is no part of what was measured. */
function withoutPath({
  path: _,
  ...labels
}: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return labels
}

const UNALIKE: { readonly [W in Unalike]: { readonly says: string; readonly next: Sentence } } = {
  no_base: {
    says: 'it was not measured on the base model',
    next: sentence`evaluate the base model in the same way and name the result in the manifest with ${quoted('about: base')}`,
  },
  no_candidate: {
    says: 'it was not measured on the released model',
    next: sentence`evaluate the released model and name the result in the manifest`,
  },
  several_base: {
    says: 'several numbers of the base model fit',
    next: sentence`name evidence about the base that has exactly one of them`,
  },
  several_candidate: {
    says: 'several numbers of the released model fit',
    next: sentence`choose one with ${quoted('where:')} in the criteria for the next training`,
  },
  which_base: {
    says: 'the evidence does not say which of the base models it is about',
    next: sentence`commit results that name the base model that was evaluated`,
  },
  other_data: {
    says: 'base and released model were measured on other data',
    next: sentence`evaluate both on the same data`,
  },
  no_data: {
    says: 'nothing shows that base and released model were measured on the same data',
    next: sentence`name the dataset at both pieces of evidence, and its digest in criteria or manifest`,
  },
  other_unit: {
    says: 'base and released model were measured in other units',
    next: sentence`evaluate both with the same tool`,
  },
  time: {
    says: 'one of them was measured before the work on the release began or its training ended, or at a time that is still to come or that nothing can read',
    next: sentence`evaluate this version and its base, and commit both results, with times such as ${quoted('2026-01-31T08:00:00Z')}`,
  },
  weak: {
    says: 'the evidence is of a weaker source than asked',
    next: sentence`have both evaluated by the workflow that is trusted, and name its artifact`,
  },
  exam: {
    says: 'it was not measured on the exam as it is pinned',
    next: sentence`evaluate both on the whole exam, as the criteria pin it`,
  },
  no_groups: {
    says: 'base and released model were not measured on the same groups',
    next: sentence`evaluate both on every group and commit the results`,
  },
}

/** What no digest shows is said. */
function calledBy({ called = [] }: Shown): Sentence {
  if (called.length === 0) return []
  const each = called.map(
    ({ base, provider, snapshot }) =>
      sentence`${quoted(base)} is pinned as snapshot ${quoted(snapshot)}, as ${quoted(provider)} calls it, not by a digest`,
  )
  return sentence`; ${listed(each, MOST, '; ')}`
}

/** The numbers of both, which is what was asked to be seen. */
function sideBySide({ beside, inherited }: Shown): Sentence {
  const pairs = beside.map(
    ({ candidate, of }) =>
      sentence`${quoted(candidate.metric)}${labelled(withoutPath(candidate.labels))} ${[shownValue(candidate.value, unitOf(candidate))]} (base ${[shownValue(of.value, unitOf(of))]})`,
  )
  const gaps = inherited.map(gapOf)
  const all = [...pairs, ...gaps]
  if (all.length === 0) return []
  const left = all.length - MOST
  return sentence`; side by side: ${joined(all.slice(0, MOST), '; ')}${left > 0 ? [` and ${counted(left, 'more', 'more')}`] : []}`
}

function gapOf({ metric, across, before, after }: Inherited): Sentence {
  return sentence`widest gap in ${quoted(metric)} across ${names(across)} ${[shownNumber(after)]} (base ${[shownNumber(before)]})`
}
