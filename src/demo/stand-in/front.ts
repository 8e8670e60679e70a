import type { GitHubDescription, Operation } from '../openapi.ts'
import { answerQuery, queryFaults } from './graphql.ts'
import { type Answer, type Call, json, Refusal, Reset } from './http.ts'
import { answerBatch, batchFaults, isBatch } from './lfs.ts'
import type { AppRequest, Forecast, Violation } from './types.ts'
import {
  type Caller,
  fields,
  mustBeVisible,
  type Route,
  succeeded,
  text,
  type Visit,
  type World,
  whoCalls,
} from './world.ts'

const GRAPHQL = '/graphql'

/** What a front keeps of the calls that went through it. */
export type Log = { readonly requests: AppRequest[]; readonly violations: Violation[]; forecast: Forecast }

/** Answers a call as GitHub would: who calls, is the request as described, what is the weather, and then the answer. */
export function front(world: World, github: GitHubDescription, routes: readonly Route[], log: Log) {
  const compiled = routes.map((route) => ({
    ...route,
    pattern: new URLPattern({ pathname: route.pathname }),
  }))
  const inTurn = oneAtATime()

  function answered(call: Call, caller: Caller): Promise<Answer> {
    const forward: Visit['forward'] = (changed = {}) => world.emulate.forward({ ...call, ...changed })
    const path = new URL(call.path, world.url).pathname
    for (const { method, pattern, handle } of compiled) {
      const groups = method === call.method ? pattern.exec({ pathname: path })?.pathname.groups : undefined
      if (groups === undefined) continue
      const named = Object.fromEntries(
        Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value ?? '')]),
      )
      return handle(world, { call, caller, repo: named.repo ?? '', named, forward })
    }
    return forward()
  }

  return async (call: Call, isGone: () => boolean): Promise<Answer> => {
    const caller = whoCalls(world, call)
    const byApp = caller.kind === 'app' || caller.kind === 'installation'
    const found = github.find(call.method, call.path)
    const isQuery = call.method === 'POST' && call.path === GRAPHQL
    const isLfs = isBatch(call)
    const operation = isQuery ? 'graphql' : isLfs ? 'lfs/batch' : (found?.operation ?? 'unknown')
    const blame = (of: Violation['of'], sentences: readonly string[]): void => {
      for (const sentence of sentences)
        log.violations.push({ method: call.method, path: call.path, operation, of, sentence })
    }

    const answer = await refusable(async () => {
      mustBeVisible(world, call)
      const faults = isQuery
        ? queryFaults(call.body)
        : isLfs
          ? batchFaults(call)
          : requestFaults(github, found, call, byApp)
      if (faults.length > 0) {
        blame('request', faults)
        throw new Refusal(422, faults.join('; '))
      }
      const weather = byApp
        ? log.forecast({ method: call.method, path: call.path, operation, body: call.body })
        : 'ok'
      if (weather !== 'ok' && 'status' in weather) {
        return {
          status: weather.status,
          headers: weather.headers ?? {},
          body: weather.body ?? { message: 'Bad weather' },
        }
      }
      const reset = weather !== 'ok' && 'reset' in weather ? weather.reset : undefined
      if (reset === 'before' || (reset === 'after' && isQuery)) throw new Reset()
      if (weather !== 'ok' && 'delayMs' in weather)
        await new Promise((resolve) => setTimeout(resolve, weather.delayMs))
      const present = async () => {
        if (isGone()) throw new Reset()
        return await answered(call, caller)
      }
      if (isQuery) {
        if (caller.kind === 'nobody')
          throw new Refusal(401, 'This endpoint requires you to be authenticated.')
        return await answerQuery(world, { call })
      }
      if (isLfs) return await answerBatch(world, call, caller)
      const given = await (call.method === 'GET' ? present() : inTurn(present))
      if (reset === 'after') throw new Reset()
      if (found && isJson(given)) blame('answer', github.answerFaults(found, given.status, given.body))
      return byApp && given.status === 403 && text(fields(given.body).message) === 'Forbidden'
        ? FORBIDDEN
        : given
    })
    if (byApp) log.requests.push({ method: call.method, path: call.path, operation, status: answer.status })
    return answer
  }
}

function requestFaults(
  github: GitHubDescription,
  operation: Operation | undefined,
  call: Call,
  byApp: boolean,
): readonly string[] {
  if (operation !== undefined) return github.requestFaults(operation, call)
  return byApp ? [`the app uses ${call.method} ${call.path}, which fixtures/openapi does not have`] : []
}

/** Emulate has one word for whoever may not; GitHub tells an app so. */
const FORBIDDEN = new Refusal(403, 'Resource not accessible by integration').answer

async function refusable(work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Refusal) return error.answer
    if (error instanceof Reset) throw error
    return json(500, {
      message: `The stand-in failed: ${error instanceof Error ? error.stack : String(error)}`,
    })
  }
}

/** Raw media types answer with bytes, which no schema describes. */
const isJson = (answer: Answer): boolean => succeeded(answer) && !(answer.body instanceof Uint8Array)

/** Writes one after another, so that a push never overtakes another. */
function oneAtATime() {
  let last: Promise<unknown> = Promise.resolve()
  return <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work, work)
    last = next
    return next
  }
}
