import type { ModelVerdict } from '../../src/core/verdict.ts'
import { evaluate } from '../../src/evaluate.ts'
import { amendmentSentences } from '../../src/render/deviation-lines.ts'
import { problemSentences } from '../../src/render/problem-line.ts'
import { plain } from '../../src/render/sentence.ts'
import { answerWords } from '../../src/render/words-answers.ts'
import { gather } from '../../src/sources/gather.ts'
import { tell } from '../support/case.ts'

export const CRITERIA = '.gonogo/criteria/m.yml'
export const MANIFEST = 'models/m/release.yml'
export const METRICS = 'models/m/metrics.json'
export const WEIGHTS = 'a'.repeat(64)
/** What a story fills with the id of the commit `work`. */
export const COMMIT = '$'.concat('{work}')

export const asks = ({ bound = 0.9, head = 'risk: low\napproach: build', more = '', on = '' } = {}) =>
  `gonogo: 1\nmodel: m\n${head}\ncriteria:\n  - { id: accuracy, control: performance, check: metric, metric: accuracy, at_least: ${bound}${on} }\n${more}`
export const releases = ({
  work = `training: { commit: ${COMMIT} }`,
  what = `weights: [{ uri: "s3://acme/m", sha256: ${WEIGHTS} }]`,
  evidence = 'metrics.json',
  more = '',
} = {}) => `gonogo: 1\nmodel: m\nversion: 1.0.0\n${what}\n${work}\n${more}evidence: [${evidence}]\n`
/** A commit of a story. */
export type Change = Parameters<typeof tell>[0]['commits'][number]
export const on = (branch: string, name: string, write: Record<string, string>): Change => ({
  name,
  on: branch,
  write,
})
export const registers = (text: string, name = 'registers'): Change => on('main', name, { [CRITERIA]: text })
export const works = (branch = 'release'): Change => on(branch, 'work', { 'train.py': 'fit()' })
export const submits = (text: string, accuracy = 0.95): Change =>
  on('release', 'release', { [MANIFEST]: text, [METRICS]: `{ "accuracy": ${accuracy} }` })

/** The verdict on the release that the commits tell of. */
export async function judged(commits: readonly Change[]): Promise<ModelVerdict> {
  const { repository, asking } = tell({
    shows: '',
    now: '2026-03-01T12:00:00Z',
    commits: [...commits],
    judge: 'release',
  })
  const [model] = evaluate(await gather(repository, asking)).models
  if (model === undefined) throw new Error('no model')
  return model
}

/** All that the verdict says to a person. */
export function said(model: ModelVerdict): string {
  const words = model.findings.map(({ answer }) => plain(answerWords(answer).says))
  return [
    ...words,
    ...problemSentences(model.problems).map(plain),
    ...amendmentSentences(model).map(plain),
  ].join('\n')
}

/** What somebody tries, what must come of it, and what must be said. */
export type Cheat = readonly [name: string, commits: readonly Change[], decision: string, sentence: RegExp]
