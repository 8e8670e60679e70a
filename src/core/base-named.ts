import { type Base, versionOf } from './base-model.ts'

/** A short commit id of fewer digits may be a word or a number, unless it has both in it or stands where a commit does. */
const COMMIT = /\b[0-9a-f]{12,64}\b|\b(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{7,11}\b/gi
const AT_COMMIT =
  /(?:@|#|\(|\/tree\/|\b(?:at|commit|revision|rev|sha)\b)[\s.:=`'"]{0,3}([0-9a-f]{7,64})(?![\p{L}\p{N}])/giu

/** The day of a snapshot, by which providers tell theirs apart. */
const DAY = /(?<!\d)20\d\d-\d\d-\d\d(?!\d)/g

/**
 * The bases that a text names: as their hub does, or without the publisher where that can be only one; each commit in it
 * is one of the base before it. None at all where a commit is of none of them.
 */
export function basesNamed<B extends Base>(text: string, bases: readonly B[]): readonly B[] {
  const all = bases.flatMap((base) => mentionsOf(text, base, bases))
  const mentions = all.filter((one) => !all.some((other) => isWithin(one, other)))
  const commits = commitsIn(text).map((one) => ({ ...one, of: ownersOf(one, mentions) }))
  if (commits.some(({ commit, of }) => !of.some(({ base }) => isAt(commit, base)))) return []
  return bases.filter((base) =>
    mentions.some((mention) => {
      const own = commits.filter(({ of }) => of.includes(mention))
      return mention.base === base && (own.length === 0 || own.some(({ commit }) => isAt(commit, base)))
    }),
  )
}

/** Words alone, in small letters. */
export function plainly(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

type Mention<B> = { readonly base: B; readonly at: number; readonly end: number }

/** Words behind a name with which it is another model's. */
const VARIANTS = 'instruct|chat|it|turbo|mini|nano|vision|coder|math|reasoning|preview|distill?'

/** What goes on after a dash or a point is another model's name; one that a provider pins may be called by its snapshot. */
function mentionsOf<B extends Base>(text: string, base: B, bases: readonly B[]): readonly Mention<B>[] {
  const isShared = bases.some(
    ({ name }) => plainly(name) !== plainly(base.name) && ownName(name) === ownName(base.name),
  )
  const snapshot = 'snapshot' in base ? plainly(base.snapshot) : ''
  const ofSnapshot = snapshot.startsWith(ownName(base.name))
    ? [snapshot, plainly(`${base.name.split('/')[0]} ${snapshot}`)]
    : []
  const names = [
    plainly(base.name),
    ...ofSnapshot,
    ...(text.includes('/') || isShared ? [] : [ownName(base.name)]),
  ]
  return [...new Set(names)].flatMap((name) => {
    if (name === '') return []
    const words = name.split(' ').join('[^\\p{L}\\p{N}]+')
    const whole = new RegExp(
      `(?<![\\p{L}\\p{N}][-_.]?)${words}(?![\\p{L}\\p{N}])(?![-_.][\\p{L}\\p{N}])(?!\\s+(?:${VARIANTS})(?![\\p{L}\\p{N}]))`,
      'giu',
    )
    return [...text.matchAll(whole)].map(({ 0: found, index: at }) => ({ base, at, end: at + found.length }))
  })
}

function ownName(name: string): string {
  return plainly(name.split('/').at(-1) ?? name)
}

/** A part of a longer name is no name. */
function isWithin<B>(one: Mention<B>, other: Mention<B>): boolean {
  return other.at <= one.at && one.end <= other.end && other.end - other.at > one.end - one.at
}

type At = { readonly commit: string; readonly at: number }

function commitsIn(text: string): readonly At[] {
  return [
    ...[...text.matchAll(COMMIT)].map(({ 0: commit, index: at }) => ({ commit, at })),
    ...[...text.matchAll(DAY)].map(({ 0: commit, index: at }) => ({ commit, at })),
    ...[...text.matchAll(AT_COMMIT)].map(({ 0: all, 1: commit = '', index }) => ({
      commit,
      at: index + all.length - commit.length,
    })),
  ].map(({ commit, at }) => ({ commit: commit.toLowerCase(), at }))
}

/** The last that is named before it; of what stands before all names any. */
function ownersOf<B>({ at }: At, mentions: readonly Mention<B>[]): readonly Mention<B>[] {
  const before = mentions.filter((one) => one.at <= at)
  const last = Math.max(...before.map((one) => one.at))
  return before.length === 0 ? mentions : before.filter((one) => one.at === last)
}

/** What looks like a commit may be a word of the name. */
function isAt(commit: string, base: Base): boolean {
  // A day is of a snapshot.
  if (commit.includes('-')) return versionOf(base).includes(commit)
  return [versionOf(base).toLowerCase(), ...plainly(base.name).split(' ')].some((id) => id.startsWith(commit))
}
