import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { releaseRepository } from '../cli/clone.ts'
import { ready } from '../e2e/scene.ts'
import { rows } from './rows.ts'
import { service } from './service.ts'
import { median, print, type Row, timed } from './table.ts'

const run = promisify(execFile)
const GONOGO = fileURLToPath(new URL('../../bin/gonogo.js', import.meta.url))
const ROUNDS = 9

async function rounds(work: (round: number) => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let round = 0; round <= ROUNDS; round += 1) times.push(await timed(() => work(round)))
  // The first round warms the caches of disk and engine.
  return median(times.slice(1))
}

/** `gonogo check` on a repository with 20 criteria, from a cold start, beside a Node that does nothing. */
async function coldStart(): Promise<Row> {
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

/** From a delivery to its check run, less what GitHub's stand-in needs for the same requests. */
async function deliveryToVerdict(): Promise<readonly Row[]> {
  const scene = await ready()
  const send = async (round: number, kind: string) => {
    const sha = await scene.release(`${kind}-${round}`)
    const payload = scene.payload({
      action: 'opened',
      number: 1,
      pull_request: { number: 1, state: 'open', head: { sha }, base: { ref: 'main' } },
    })
    return { sha, payload }
  }
  const times: number[] = []
  const shares: number[] = []
  for (let round = 0; round <= ROUNDS; round += 1) {
    const { payload } = await send(round, 'timed')
    const waits = watchAnswers(scene.github.url)
    const whole = await timed(async () => {
      await scene.send('pull_request', payload)
      await scene.settled()
    })
    const github = waits.stop()
    times.push(whole - github)
    shares.push((whole - github) / whole)
  }
  const before = scene.github.requests.length
  const { payload } = await send(ROUNDS + 1, 'counted')
  await scene.send('pull_request', payload)
  await scene.settled()
  const requests = scene.github.requests.slice(before).map(({ operation }) => operation)
  await scene.close()
  const beyond = median(times.slice(1))
  return [
    {
      what: "delivery to verdict, beyond GitHub's answer times",
      measured: `${beyond.toFixed(0)} ms, ${(median(shares.slice(1)) * 100).toFixed(0)}% of the whole`,
      reach: '100 ms',
      ok: beyond <= 100,
    },
    {
      what: 'requests for a release with weights in the commit, tip known',
      measured: `${requests.length}: ${requests.map((name) => name.split('/').at(-1)).join(', ')}`,
      reach: '5 without weights',
      ok: requests.length <= 5,
    },
  ]
}

/** Adds up the time in which at least one request to GitHub was under way. The app runs in this process. */
function watchAnswers(origin: string): { readonly stop: () => number } {
  const real = globalThis.fetch
  let open = 0
  let since = 0
  let total = 0
  globalThis.fetch = async (input, init) => {
    const url = input instanceof Request ? input.url : String(input)
    if (!url.startsWith(origin)) return await real(input, init)
    if (open === 0) since = performance.now()
    open += 1
    try {
      const answer = await real(input, init)
      const body = await answer.arrayBuffer()
      return new Response(answer.status === 204 ? null : body, {
        status: answer.status,
        headers: answer.headers,
      })
    } finally {
      open -= 1
      if (open === 0) total += performance.now() - since
    }
  }
  return {
    stop: () => {
      globalThis.fetch = real
      return total
    },
  }
}

print([await coldStart(), ...(await deliveryToVerdict()), ...(await service()), ...(await rows())])
