import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import { startStandIn } from '../../src/demo/stand-in.ts'
import { sendWebhook } from '../../src/demo/webhook.ts'
import { startPostgres } from '../ledger/postgres.ts'
import { pushCriteria, pushRelease } from '../support/releases.ts'
import { cpuOf, type Row } from './measure.ts'
import { serve } from './processes.ts'

const COMMITS = 48
/** What GitHub takes for an answer, so that waiting and not this machine's CPU is the limit. */
const ANSWER_MS = 300
/** Jobs at a time of one replica. */
const CONCURRENCY = 2
const MOST_MS = 120_000

type Measured = { readonly perSecond: number; readonly cpuMs: number; readonly requests: number }

/** Verdicts per second of three replicas on one PostgreSQL, against one alone. */
export async function scaling(): Promise<readonly Row[]> {
  const github = await startStandIn()
  const training = await pushCriteria(github)
  const shas: string[] = []
  for (let index = 0; index < COMMITS; index += 1) shas.push(await pushRelease(github, training, index))
  github.weather(() => ({ delayMs: ANSWER_MS }))
  const database = await startPostgres()

  async function measure(replicas: number): Promise<Measured> {
    const place = await database.place()
    const url = 'url' in place ? place.url : ''
    const env = {
      APP_ID: String(github.app.id),
      PRIVATE_KEY: github.app.privateKey,
      WEBHOOK_SECRET: github.app.webhookSecret,
      GITHUB_API_URL: github.url,
      DATABASE_URL: url,
      PORT: '0',
      SERVE_OPTIONS: JSON.stringify({ concurrency: CONCURRENCY, perGroup: 100, unasked: false }),
    }
    const served = await Promise.all(
      Array.from({ length: replicas }, () => serve('../e2e/app-process.ts', env)),
    )
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    const done = async () => {
      const { rows } = await client.query<{ done: string }>(
        'select count(*) as done from delivery where done_at is not null',
      )
      return Number(rows[0]?.done)
    }
    try {
      const cpu = () => served.reduce((sum, { pid }) => sum + cpuOf(pid), 0)
      const before = { cpu: cpu(), requests: github.requests.length, at: performance.now() }
      await Promise.all(
        shas.map((sha, index) =>
          sendWebhook({
            url: `${served[index % replicas]?.url}/api/github/webhooks`,
            secret: github.app.webhookSecret,
            id: crypto.randomUUID(),
            event: 'check_suite',
            payload: {
              action: 'rerequested',
              check_suite: { head_sha: sha },
              repository: { name: github.repo, default_branch: 'main', owner: { login: github.owner } },
              installation: { id: github.app.installationId },
            },
          }),
        ),
      )
      while ((await done()) < COMMITS) {
        if (performance.now() - before.at > MOST_MS) throw new Error('the verdicts do not come')
        await setTimeout(20)
      }
      return {
        perSecond: COMMITS / ((performance.now() - before.at) / 1000),
        cpuMs: (cpu() - before.cpu) / COMMITS,
        requests: (github.requests.length - before.requests) / COMMITS,
      }
    } finally {
      await client.end()
      await Promise.all(served.map(({ stop }) => stop()))
    }
  }

  try {
    const one = await measure(1)
    const three = await measure(3)
    const ratio = three.perSecond / one.perSecond
    return [
      {
        what: `verdicts, three replicas against one, ${CONCURRENCY} at a time each, GitHub answers in ${ANSWER_MS} ms`,
        measured: `${three.perSecond.toFixed(1)}/s against ${one.perSecond.toFixed(1)}/s, ${ratio.toFixed(1)} x`,
        reach: '2 x',
        ok: ratio >= 2,
      },
      {
        what: 'cost of a verdict of a release, each its own commit',
        measured: `${one.cpuMs.toFixed(0)} ms CPU, ${one.requests.toFixed(1)} requests`,
        reach: '',
      },
    ]
  } finally {
    await github.close()
    await database.stop()
  }
}
