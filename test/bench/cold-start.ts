import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { releaseRepository } from '../cli/clone.ts'
import { type Row, rounds } from './measure.ts'

const run = promisify(execFile)
const GONOGO = fileURLToPath(new URL('../../bin/gonogo.js', import.meta.url))

/** `gonogo check` on a repository with 20 criteria, from a cold start, beside a Node that does nothing. */
export async function coldStart(): Promise<Row> {
  const criteria = Array.from(
    { length: 20 },
    (_, index) =>
      `  - { id: c${index}, control: performance, check: metric, metric: m${index}, at_least: 0.5 }`,
  )
  const metrics = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`m${index}`, 0.9]))
  const repository = releaseRepository()
  repository.git('checkout', '--quiet', 'main')
  repository.commit('Twenty criteria', {
    '.gonogo/criteria/wide.yml': `gonogo: 1\nmodel: wide\nrisk: low\napproach: build\ncriteria:\n${criteria.join('\n')}\n`,
  })
  const training = repository.commit('Train', { 'wide.py': '' })
  repository.git('checkout', '--quiet', '-b', 'wide')
  repository.commit('Release', {
    'models/wide/release.yml': `gonogo: 1\nmodel: wide\nversion: 1.0.0\nweights: [{ uri: "s3://m/wide", sha256: ${'a'.repeat(64)} }]\ntraining: { commit: ${training} }\nevidence: [metrics.json]\n`,
    'models/wide/metrics.json': JSON.stringify(metrics),
  })
  const check = await rounds(() => run(process.execPath, [GONOGO, 'check', '--repo', repository.folder]))
  const bare = await rounds(() => run(process.execPath, ['-e', '0']))
  repository.remove()
  return {
    what: 'gonogo check, 20 criteria, cold start',
    measured: `${check.toFixed(0)} ms, ${(check / bare).toFixed(1)} x a bare node`,
    reach: '600 ms',
    ok: check <= 600,
  }
}
