import { execFile } from 'node:child_process'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { releaseRepository } from '../cli/clone.ts'
import { ready } from '../e2e/scene.ts'

const run = promisify(execFile)
const GONOGO = fileURLToPath(new URL('../../bin/gonogo.js', import.meta.url))
const ROUNDS = 9

/** The middle of several times in milliseconds. */
function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

async function rounds(work: (round: number) => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let round = 0; round <= ROUNDS; round += 1) times.push(await timed(() => work(round)))
  // The first round warms the caches of disk and engine.
  return median(times.slice(1))
}

function row(what: string, value: string, reach: string): void {
  console.log(`${what.padEnd(58)} ${value.padStart(28)}   reach: ${reach}`)
}

/** `gonogo check` on a repository with 20 criteria, from a cold start, beside a Node that does nothing. */
async function coldStart(): Promise<void> {
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
  row(
    'gonogo check, 20 criteria, cold start',
    `${check.toFixed(0)} ms, ${(check / bare).toFixed(1)} x a bare node`,
    '600 ms',
  )
}

/** From a delivery to its check run, less what GitHub's stand-in needs for the same requests. */
async function deliveryToVerdict(): Promise<void> {
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
  await scene.close()
  row(
    "delivery to verdict, beyond GitHub's answer times",
    `${median(times.slice(1)).toFixed(0)} ms, ${(median(shares.slice(1)) * 100).toFixed(0)}% of the whole`,
    '100 ms',
  )
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

await coldStart()
await deliveryToVerdict()
