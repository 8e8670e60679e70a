import type { ReleaseNote, ReleaseReason } from '../core/release.ts'
import type { Done } from '../core/release-flag.ts'
import { wanting } from './order.ts'
import { problemFact } from './problem-line.ts'
import { type Advice, names, quoted, type Sentence, sentence } from './sentence.ts'
import { named, why } from './why.ts'
import { shortened } from './words-limits.ts'
import { problemWords } from './words-problems.ts'
import type { FaultWords } from './words-table.ts'

/** What keeps a release from a go, and what to do about it. */
const RELEASE_WORDS: FaultWords<ReleaseReason> = {
  model_not_go: ({ model }) => {
    const missing = wanting(model).map(({ criterion }) => criterion)
    const which: Sentence = missing.length === 0 ? [] : sentence` by ${names(missing)}`
    return {
      says: sentence`${named(model)} is ${[model.decision]}${which}: ${why(model)}`,
      next: sentence`see the check run ${quoted('go/no-go')} of the change that brought it, mend it there, and release that commit`,
    }
  },
  model_not_judged: ({ model }) => ({
    says: sentence`${quoted(model)} is part of this release and was not judged`,
    next: sentence`see that its ${quoted('release.yml')} is in order at the commit of this release`,
  }),
  commit_problem: ({ problem }) => ({
    says: problemFact(problem),
    next: problemWords(problem).next,
  }),
  no_commit: ({ by, name }) => ({
    says:
      by === 'tag'
        ? sentence`the tag ${quoted(name)} leads to no commit`
        : sentence`the target ${quoted(name)} is no branch and no commit of this repository`,
    next: sentence`point it to the commit that was merged with a go`,
  }),
  unmerged: ({ commit, branch }) => ({
    says: sentence`commit ${shortened(commit)} is not on ${quoted(branch)}, and on no branch that the floor lists under ${quoted('deploy: { from: … }')}`,
    next: sentence`merge it with a go, and release the commit that came of it`,
  }),
  asset_not_judged: ({ name, sha256, was }) => ({
    says: sentence`the file ${quoted(name)} is ${quoted(`sha256:${sha256}`)}, which no judged manifest names${was === undefined ? [] : sentence`; it was ${quoted(`sha256:${was}`)} when this release was judged first`}`,
    next: sentence`attach the weights that were judged, or name these in a manifest and have them judged`,
  }),
  asset_without_digest: ({ name }) => ({
    says: sentence`GitHub tells no digest of the file ${quoted(name)}, so nothing shows that it is what was judged`,
    next: sentence`attach the file again`,
  }),
  could_not_evaluate: ({ correlation }) => ({
    says: sentence`it could not be evaluated, which says nothing about the model: gonogo itself failed, or GitHub did not answer`,
    next: sentence`wait an hour, in which it is tried again, or edit the release; if that fails too, give whoever runs gonogo this id: ${quoted(correlation)}`,
  }),
}

export function releaseWords(reason: ReleaseReason): Advice {
  // The table has for each code the words for that code.
  return (RELEASE_WORDS[reason.code] as (one: ReleaseReason) => Advice)(reason)
}

const NOTES: { readonly [C in ReleaseNote['code']]: (note: Extract<ReleaseNote, { code: C }>) => Sentence } =
  {
    tag_moved: ({ tag, was, is }) =>
      sentence`the tag ${quoted(tag)} pointed at ${shortened(was)} when this release was judged first, and points at ${shortened(is)} now: whoever took it before has something else`,
  }

export function noteWords(note: ReleaseNote): Sentence {
  return NOTES[note.code](note)
}

/** What became of a release without a go. */
export const DONE_WORDS: { readonly [D in Done]: string } = {
  preview: 'this is a draft, judged at that commit; it is judged again when it is published',
  drafted: 'gonogo took it back to a draft, as the floor asks; publish it again when it has a go',
  flagged: 'gonogo made it a pre-release that is not the latest; with a go that is taken back',
  already: 'it stays the pre-release that it is',
  stuck:
    'GitHub did not let gonogo make it a pre-release, so it looks like any other: delete it, or publish another one with a go',
}
