import { performance } from 'node:perf_hooks'
import { ready } from '../e2e/scene.ts'
import { median, type Row, timed } from './measure.ts'

const ROUNDS = 9

/** From a delivery to its check run, less what GitHub's stand-in needs for the same requests. */
export async function deliveryToVerdict(): Promise<Row> {
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
  const beyond = median(times.slice(1))
  return {
    what: "delivery to verdict, beyond GitHub's answer times",
    measured: `${beyond.toFixed(0)} ms, ${(median(shares.slice(1)) * 100).toFixed(0)}% of the whole`,
    reach: '100 ms',
    ok: beyond <= 100,
  }
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
