import { Octokit } from '@octokit/rest'
import { pino } from 'pino'
import { connect } from '../app/github.ts'
import { createMetrics } from '../app/metrics.ts'
import { openTraces } from '../app/open-traces.ts'
import { type DoctorConfig, readDoctor } from '../config-doctor.ts'
import { diagnose } from '../core/doctor.ts'
import type { DoctorFacts } from '../core/doctor-facts.ts'
import { healthOf } from '../core/doctor-finding.ts'
import { ENGINE } from '../engine.ts'
import { clean } from '../render/clean.ts'
import { renderDoctorJson, renderDoctorText } from '../render/doctor.ts'
import { statusOf } from '../sources/github/client.ts'
import { examine } from '../sources/github/gate.ts'
import { installationAt } from '../sources/github/installation.ts'
import { type Place, placeOf } from '../sources/github/runs.ts'
import { colourFor, widthFor } from './style.ts'
import { EXIT, isRepository, UsageError, type World } from './world.ts'

export type DoctorOptions = { readonly app?: number; readonly json?: boolean }

const PATIENCE_MS = 30_000
const GITHUB = 'api.github.com'

/** `gonogo doctor OWNER/REPO`: whether the gate is really required, pinned and complete, and what closes its gaps. */
export async function doctor(world: World, name: string, options: DoctorOptions): Promise<number> {
  const place = isRepository(name) ? placeOf(name) : undefined
  if (place === undefined) throw new UsageError(`${clean(name)} is no repository: write OWNER/REPO`)
  if (options.app !== undefined && !(Number.isSafeInteger(options.app) && options.app > 0))
    throw new UsageError('--app must be the id of the app, a number')
  const config = readDoctor(world.environment)
  const facts = await look(config, place, options.app)
  const findings = diagnose(facts)
  const { hostname } = new URL(config.apiUrl)
  const report = { facts, findings, ...(hostname !== GITHUB && { host: hostname }) }
  world.stdout.write(
    options.json
      ? `${JSON.stringify(renderDoctorJson(report), null, 2)}\n`
      : renderDoctorText(report, { colour: colourFor(world), width: widthFor(world) }),
  )
  return { whole: EXIT.go, gaps: EXIT.noGo, undecided: EXIT.couldNotRun }[healthOf(findings)]
}

async function look(
  { apiUrl, access }: DoctorConfig,
  place: Place,
  given: number | undefined,
): Promise<DoctorFacts> {
  const name = `${place.owner}/${place.repo}`
  try {
    if (access.kind === 'token') {
      const appId = given ?? access.appId
      return await examine(asPerson(apiUrl, access.token), place, {
        ...(appId !== undefined && { appId }),
        installation: { unseen: { needs: 'APP_ID and PRIVATE_KEY of the app' } },
      })
    }
    const { appId, privateKey } = access
    if (given !== undefined && given !== appId)
      throw new UsageError(`--app is ${given}, but the key in the environment is of app ${appId}`)
    const connection = connect(
      // Nothing listens here, so that no delivery is ever signed with it.
      { apiUrl, appId, privateKey, webhookSecrets: ['of nobody'] },
      pino({ level: 'silent' }),
      createMetrics(),
      await openTraces(undefined, ENGINE),
      { throttle: false, timeoutMs: PATIENCE_MS },
    )
    const found = await installationAt(await connection.asApp(), place)
    if (found === undefined)
      throw new UsageError(`app ${appId} is not installed on ${name}: install it there first`)
    if (found.suspended)
      throw new UsageError(`the installation of app ${appId} on ${name} is suspended: unsuspend it first`)
    const installation = { seen: found.installed }
    return await examine(await connection.as(found.id), place, { appId, installation })
  } catch (error) {
    const status = statusOf(error)
    // GitHub's own words may quote what was sent.
    if (status === 401) throw new UsageError(`${apiUrl} does not take the token or the key`)
    if (status === 404) throw new UsageError(`${name} is not there, or not for this token to see`)
    if (status !== undefined) throw new UsageError(`${apiUrl} did not answer (${status}): try again later`)
    throw error
  }
}

const nothing = (): void => {}
const SILENT = { debug: nothing, info: nothing, warn: nothing, error: nothing }

function asPerson(baseUrl: string, auth: string): Octokit {
  return new Octokit({
    auth,
    baseUrl,
    log: SILENT,
    request: {
      fetch: (url: string, init: RequestInit) =>
        fetch(url, { ...init, signal: AbortSignal.timeout(PATIENCE_MS) }),
    },
  })
}
