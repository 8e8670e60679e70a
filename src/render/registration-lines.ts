import type { Base } from '../core/base-model.ts'
import { type Limit, type Received, type Registration, TIERS } from '../core/registration.ts'
import type { ModelVerdict, Service } from '../core/verdict.ts'
import { counted } from './numbers.ts'
import { listed, markdown, names, quoted, type Sentence, sentence } from './sentence.ts'
import { signersInWords } from './words-attestations.ts'
import { bindingSentence } from './words-binding.ts'
import { chosenSentence, datasetSentence, examSentences } from './words-exams.ts'
import { limitWords, shortened } from './words-limits.ts'

const PROVED = {
  ordered: sentence`the criteria were on the default branch before the commit from which the work ran, a commit that the releaser chose`,
  started: sentence`a server's clock says when the work began, and the criteria were on the default branch then`,
  witnessed: sentence`a run that began after the criteria were on the default branch produced these weights`,
} as const

/** What is known about the order of criteria and work, in plain words. */
export function registrationSentences({ registration }: ModelVerdict): readonly Sentence[] {
  const { tier, required, work, at, path, clock, limits, received } = registration
  return [
    tier === 'none'
      ? sentence`it is not proved that the criteria came before the work; tier ${quoted(required)} is required`
      : sentence`tier ${quoted(tier)} is proved, and ${quoted(required)} is required: ${PROVED[tier]}`,
    ...(work
      ? [sentence`the ${[work.kind]} ran from commit ${shortened(work.commit)}, as the manifest declares`]
      : []),
    ...(clock
      ? [
          sentence`the work began at ${quoted(clock.began)}, by ${clock.kind === 'run' ? sentence`the ${quoted('created_at')} of run` : ['start ticket']} ${quoted(clock.name)}; commit ${shortened(at ?? '')} was the tip since ${quoted(clock.since)}, by ${[SOURCES[clock.source]]}`,
        ]
      : []),
    ...(clock?.attested
      ? [
          sentence`that the run produced the weights is shown by verified provenance in ${names(clock.attested)}, whose certificate names that run`,
        ]
      : []),
    ...(at
      ? [
          sentence`commit ${shortened(at)} of the default branch holds the criteria as they stood when the work began`,
        ]
      : []),
    sentence`criteria in ${quoted(path)}: ${versions(registration)}`,
    ...(received ? [receivedSentence(received)] : []),
    ...(tier === 'none' ? [] : raising(tier, required, limits)),
  ]
}

/** Who brought criteria to the default branch; a direct push is one that nobody had to look at. */
function receivedSentence({ at, pusher, pullRequest }: Received): Sentence {
  if (pullRequest === undefined)
    return sentence`they reached the default branch at ${quoted(at)} by a direct push${pusher === undefined ? [] : sentence` of ${quoted(pusher)}`}, without a pull request`
  const { number, mergedBy, approvedBy } = pullRequest
  const approved = approvedBy.length === 0 ? ['nobody'] : names(approvedBy)
  return sentence`they reached the default branch at ${quoted(at)} by pull request ${quoted(`#${number}`)}, merged by ${mergedBy === undefined ? ['somebody who is gone'] : quoted(mergedBy)} and approved by ${approved}`
}

const SOURCES = {
  receipt: "the app's receipt",
  activity: "GitHub's activity feed",
  ticket: 'the ticket itself',
} as const

type Tier = (typeof TIERS)[number]

/** What keeps the tier from being higher: from the one that is required, or, where that is proved, from the next. */
function raising(tier: Tier, required: Tier, limits: readonly Limit[]): readonly Sentence[] {
  const proved = TIERS.indexOf(tier)
  const higher = TIERS[Math.max(proved + 1, TIERS.indexOf(required))]
  if (higher === undefined) return []
  return limits
    .map(limitWords)
    .map(({ says, next }) => sentence`to reach tier ${quoted(higher)}: ${next}, since ${says}`)
}

/** What is known about the order of criteria and work, as a Markdown list. */
export function registrationLines(model: ModelVerdict): readonly string[] {
  return registrationSentences(model).map((one) => `- ${markdown(one)}`)
}

/** What was judged: weights and how far they were seen, components and evidence by blob. */
export function backgroundSentences({
  weights,
  service,
  bases = [],
  components,
  evidence,
  identity,
  exams,
  chosen,
  datasets,
  knownAs,
  manifest,
  registration,
}: ModelVerdict): readonly Sentence[] {
  return [
    ...(service ? [serviceSentence(service)] : []),
    ...weights.map(({ name, digest, trust }) =>
      trust === 'seen'
        ? sentence`weights ${quoted(name)}, seen in the commit: ${quoted(digest)}`
        : sentence`weights ${quoted(name)}, ${[toldBy(registration)]}: ${quoted(digest)}`,
    ),
    ...bases.map(baseSentence),
    ...components.map(({ path, sha }) => sentence`component ${quoted(path)}, blob ${shortened(sha)}`),
    ...evidence.map(evidenceSentence),
    ...examSentences(exams),
    ...chosen.map(chosenSentence),
    ...datasets.map(datasetSentence),
    identity === undefined
      ? sentence`no identity, because of weights, components or registered criteria something is not known`
      : sentence`identity of weights, components${[bases.some(({ relation }) => relation === 'adapter') ? ', base model' : '']} and registered criteria: ${quoted(identity)}`,
    ...(knownAs.length > 0
      ? [sentence`tools know these weights as ${names(knownAs)}, as the manifest declares`]
      : []),
    sentence`manifest ${quoted(manifest.path)}, blob ${shortened(manifest.sha)}`,
  ]
}

/** Of each document the numbers that no evidence has, in words that may speak of something else. */
export function unprovedSentences({ unproved = [] }: ModelVerdict): readonly Sentence[] {
  return [...Map.groupBy(unproved, ({ path }) => path)].map(([path, numbers]) => {
    const each = numbers.map(
      ({ metric, stated, line }) =>
        sentence`${quoted(metric)} ${quoted(stated)}${line === undefined ? [] : [` in line ${line}`]}`,
    )
    return sentence`${quoted(path)} states what no evidence has, unless it is of something else, which nobody checked: ${listed(each, 10)}`
  })
}

function toldBy({ tier, clock }: Registration): string {
  if (tier !== 'witnessed') return 'only declared in the manifest'
  return clock?.attested === undefined
    ? 'listed by the run that produced them'
    : 'attested by the run that produced them'
}

function baseSentence(base: Base): Sentence {
  const { name, digests, licence, relation } = base
  const how = relation === undefined ? [] : sentence` (${[relation]})`
  const under = licence === undefined ? [', no licence'] : sentence`, licence ${quoted(licence)}`
  if ('snapshot' in base)
    return sentence`base model ${quoted(name)}${how} of ${quoted(base.provider)}, snapshot ${quoted(base.snapshot)}, as its provider calls it and not by a digest${under}, only declared in the manifest`
  return sentence`base model ${quoted(name)}${how} at ${quoted(base.revision)}, ${[counted(digests.length, 'digest')]}${under}, only declared in the manifest`
}

function serviceSentence({ provider, model, snapshot, region }: Service): Sentence {
  const where: Sentence = region === undefined ? [] : sentence` in ${quoted(region)}`
  return sentence`service ${quoted(model)} of ${quoted(provider)}${where}, snapshot ${quoted(snapshot)}, only declared in the manifest`
}

const ABOUT = {
  candidate: '',
  base: ' about the base model',
  released: ' about the last release',
} as const

function evidenceSentence(file: ModelVerdict['evidence'][number]): Sentence {
  const { path, sha, lfs, format, trust, about, producer, awaited, kept, attested } = file
  const of: Sentence = [ABOUT[about]]
  if (kept !== undefined) return keptSentence(file, kept)
  if (sha === undefined && awaited !== undefined)
    return sentence`evidence ${quoted(path)}${of}, which only GitHub can show`
  if (sha === undefined) return sentence`evidence ${quoted(path)}${of}, which is not there`
  const read = format === undefined ? sentence`not read` : sentence`read as ${quoted(format)}`
  const bound = bindingSentence(file)
  const held: Sentence = [...attestedSentence(attested), ...(bound.length === 0 ? [] : sentence`; ${bound}`)]
  if (awaited !== undefined)
    return sentence`evidence ${quoted(path)}${of}, ${quoted(`sha256:${sha}`)} in a folder, ${read}, not shown to be produced by a run${held}`
  if (producer !== undefined)
    return sentence`evidence ${quoted(path)}${of}, ${quoted(`sha256:${sha}`)}, ${read}, ${[trust]} by run ${quoted(String(producer.run))} of ${quoted(producer.workflow)}, blob ${shortened(producer.blob)}, on commit ${shortened(producer.commit)}; artifact ${quoted(producer.digest)}${held}`
  const large: Sentence =
    lfs === undefined
      ? []
      : sentence`, a Git LFS pointer to ${quoted(`sha256:${lfs.oid}`)} of ${[counted(lfs.bytes, 'byte')]}`
  return sentence`evidence ${quoted(path)}${of}, blob ${shortened(sha)}${large}, ${read}, ${[trust]}${held}`
}

/** Who signed for a piece of evidence that is signed. */
function attestedSentence(attested: ModelVerdict['evidence'][number]['attested'] = []): Sentence {
  return attested.length === 0 ? [] : sentence` by ${signersInWords(attested)}`
}

/** What GitHub keeps is no file of the commit. */
function keptSentence(
  { path, binding, about }: ModelVerdict['evidence'][number],
  kept: NonNullable<ModelVerdict['evidence'][number]['kept']>,
): Sentence {
  if (kept === 'hidden')
    return sentence`${quoted(path)} at GitHub, which the app may not look at without the permission ${quoted('Attestations: read')}`
  const left: Sentence =
    kept.left === 0
      ? []
      : sentence`, and ${[counted(kept.left, 'more')]} that ${[kept.left === 1 ? 'was' : 'were']} not read`
  const bound = binding === undefined ? [] : sentence`; ${bindingSentence({ binding, about })}`
  return sentence`${quoted(path)} at GitHub: ${[counted(kept.found, 'bundle')]}${left}${bound}`
}

/** What was judged, as a Markdown list. */
export function backgroundLines(model: ModelVerdict): readonly string[] {
  return backgroundSentences(model).map((one) => `- ${markdown(one)}`)
}

function versions({ registered, today, proposed, work }: Registration): Sentence {
  const shown = (id: string): Sentence => (id === registered ? ['the same'] : sentence`blob ${shortened(id)}`)
  return listed([
    registered === undefined
      ? [work === undefined ? 'nobody knows as which version registered' : 'not registered']
      : sentence`registered as blob ${shortened(registered)}`,
    today === undefined
      ? ['absent on the default branch today']
      : sentence`on the default branch today ${shown(today)}`,
    proposed === undefined ? ['absent in this commit'] : sentence`in this commit ${shown(proposed)}`,
  ])
}
