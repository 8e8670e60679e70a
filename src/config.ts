import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'
import { FLOOR_REPOSITORY } from './core/paths.ts'
import type { Where } from './ledger/store.ts'

/** What `gonogo serve` needs to know, from the environment under Probot's own names. */
export type Config = {
  readonly appId: number
  readonly privateKey: string
  /** The one to sign with, and the one before it while it is being changed. */
  readonly webhookSecrets: readonly [string, ...string[]]
  readonly where: Where
  readonly webhookPath: string
  readonly host: string
  readonly port: number
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent'
  /** The REST API's root, without a slash at its end. */
  readonly apiUrl: string
  /** How long what deliveries asked is kept; verdicts are for ever. */
  readonly keepDays: number
  /** Whether an organisation without a floor that can be seen gets no verdict but undecided. */
  readonly floor: 'required' | 'optional'
  /** The name of the repository of each owner that has its floor. */
  readonly floorRepository: string
  /** The OTLP/HTTP endpoint that traces go to. */
  readonly traces?: string
  /** What start tickets are signed with; without it there are none. */
  readonly signing?: Signing
}

/** The key that signs, those before it in PEM, and where the app is: whom identity tokens must be meant for. */
export type Signing = {
  readonly key: string
  readonly retired: readonly string[]
  readonly url: string
  /** Who issues the identity tokens of Actions. */
  readonly issuer: string
}

/** The environment does not say what the app needs; one line for each fault. */
export class ConfigError extends Error {
  readonly faults: readonly string[]
  constructor(faults: readonly string[]) {
    super(faults.join('\n'))
    this.name = 'ConfigError'
    this.faults = faults
  }
}

export const Environment = z.object({
  APP_ID: z.coerce.number('APP_ID must be the id of the GitHub App, a number').int().positive(),
  PRIVATE_KEY: z.string().optional(),
  PRIVATE_KEY_PATH: z.string().optional(),
  WEBHOOK_SECRET: z
    .string(
      'WEBHOOK_SECRET is not set: without it anybody could send deliveries; set the secret of the GitHub App',
    )
    .min(1, 'WEBHOOK_SECRET is empty: set the secret of the GitHub App')
    // Probot falls back to this very word, so that whoever knows Probot can forge a delivery.
    .refine(
      (secret) => secret !== 'development',
      'WEBHOOK_SECRET is `development`, which everybody knows: choose a random one',
    ),
  WEBHOOK_SECRET_OLD: z
    .string()
    .refine(
      (secret) => secret !== 'development',
      'WEBHOOK_SECRET_OLD is `development`, which everybody knows',
    )
    .optional(),
  WEBHOOK_PATH: z
    .string()
    .startsWith('/', 'WEBHOOK_PATH must start with a slash')
    .default('/api/github/webhooks'),
  HOST: z.string().default('localhost'),
  PORT: z.coerce.number('PORT must be a number').int().min(0).max(65_535).default(3000),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  GITHUB_API_URL: z
    .url({ protocol: /^https?$/, error: 'GITHUB_API_URL must be an address such as https://api.github.com' })
    .default('https://api.github.com'),
  GONOGO_KEEP_DAYS: z.coerce
    .number('GONOGO_KEEP_DAYS must be a number of days')
    .int('GONOGO_KEEP_DAYS must be a whole number of days')
    .min(7, 'GONOGO_KEEP_DAYS must be 7 or more: GitHub redelivers for days')
    .max(36_500, 'GONOGO_KEEP_DAYS must be 36500 or less')
    .default(90),
  GONOGO_FLOOR: z
    .enum(['required', 'optional'], 'GONOGO_FLOOR must be required or optional')
    .default('optional'),
  GONOGO_FLOOR_REPOSITORY: z
    .string()
    .regex(
      /^[A-Za-z0-9._-]{1,100}$/,
      'GONOGO_FLOOR_REPOSITORY must be the name of a repository without its owner, such as .github',
    )
    .default(FLOOR_REPOSITORY),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({
      protocol: /^https?$/,
      error: 'OTEL_EXPORTER_OTLP_ENDPOINT must be an address such as http://localhost:4318',
    })
    .optional(),
  GONOGO_SIGNING_KEY: z.string().optional(),
  GONOGO_SIGNING_KEY_PATH: z.string().optional(),
  GONOGO_RETIRED_KEYS: z.string().optional(),
  GONOGO_URL: z
    .url({
      protocol: /^https?$/,
      error: 'GONOGO_URL must be the address of the app, such as https://gonogo.acme.example',
    })
    .optional(),
  GONOGO_ACTIONS_ISSUER: z
    .url({ protocol: /^https?$/, error: 'GONOGO_ACTIONS_ISSUER must be the address of an issuer' })
    .default('https://token.actions.githubusercontent.com'),
})

/** Reads the environment. Throws ConfigError with every fault that it finds. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>, cwd: string): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = Environment.safeParse({
    ...given,
    ...(environment.WEBHOOK_SECRET === '' ? { WEBHOOK_SECRET: '' } : {}),
  })
  const faults = parsed.success ? [] : parsed.error.issues.map((issue) => sentence(issue.path, issue.message))
  const key = secretKey(given, 'PRIVATE_KEY', "the app needs the GitHub App's private key")
  if ('fault' in key) faults.push(key.fault)
  const signing = signingOf(given)
  if (signing && 'fault' in signing) faults.push(signing.fault)
  if (!parsed.success || 'fault' in key || (signing && 'fault' in signing)) throw new ConfigError(faults)
  const { data } = parsed
  return {
    appId: data.APP_ID,
    privateKey: key.key,
    webhookSecrets: [data.WEBHOOK_SECRET, ...(data.WEBHOOK_SECRET_OLD ? [data.WEBHOOK_SECRET_OLD] : [])],
    where: readWhere(environment, cwd),
    webhookPath: data.WEBHOOK_PATH,
    host: data.HOST,
    port: data.PORT,
    logLevel: data.LOG_LEVEL,
    apiUrl: data.GITHUB_API_URL.replace(/\/+$/, ''),
    keepDays: data.GONOGO_KEEP_DAYS,
    floor: data.GONOGO_FLOOR,
    floorRepository: data.GONOGO_FLOOR_REPOSITORY,
    ...(data.OTEL_EXPORTER_OTLP_ENDPOINT && { traces: data.OTEL_EXPORTER_OTLP_ENDPOINT }),
    ...(signing && { signing: { ...signing, issuer: data.GONOGO_ACTIONS_ISSUER.replace(/\/+$/, '') } }),
  }
}

export type Environs = Readonly<Record<string, string | undefined>>

function signingOf(given: Environs): Omit<Signing, 'issuer'> | { readonly fault: string } | undefined {
  if (given.GONOGO_SIGNING_KEY === undefined && given.GONOGO_SIGNING_KEY_PATH === undefined) return undefined
  const key = secretKey(given, 'GONOGO_SIGNING_KEY', 'start tickets need a signing key')
  if ('fault' in key) return key
  const url = given.GONOGO_URL
  if (url === undefined)
    return { fault: 'GONOGO_URL is not set: with a signing key the app must know its own address' }
  const pems = given.GONOGO_RETIRED_KEYS?.replaceAll('\\n', '\n') ?? ''
  const retired = pems.match(/-----BEGIN PUBLIC KEY-----[\s\S]+?-----END PUBLIC KEY-----/g) ?? []
  if (pems.trim() !== '' && retired.length === 0)
    return { fault: 'GONOGO_RETIRED_KEYS holds no public key in PEM' }
  return { key: key.key, retired, url: url.replace(/\/+$/, '') }
}

/** A fault of a variable, which names it. */
export function sentence(path: readonly PropertyKey[], message: string): string {
  const name = String(path[0] ?? 'the environment')
  return message.includes(name) ? message : `${name}: ${message}`
}

/** As Probot takes it: the key itself, with \n written out or in base64, or a file. */
export function secretKey(
  environment: Environs,
  name: string,
  why: string,
): { key: string } | { fault: string } {
  const [inline, path] = [environment[name], environment[`${name}_PATH`]]
  if (inline !== undefined) {
    const text = inline.includes('-----BEGIN')
      ? inline.replaceAll('\\n', '\n')
      : Buffer.from(inline, 'base64').toString('utf8')
    return isKey(text)
      ? { key: text }
      : { fault: `${name} holds no private key: paste the whole .pem file, or name it with ${name}_PATH` }
  }
  if (path === undefined) return { fault: `${name} or ${name}_PATH is not set: ${why}` }
  try {
    const text = readFileSync(path, 'utf8')
    return isKey(text) ? { key: text } : { fault: `${name}_PATH: ${path} holds no private key` }
  } catch {
    return { fault: `${name}_PATH: ${path} can't be read` }
  }
}

function isKey(text: string): boolean {
  return /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]+-----END [A-Z ]*PRIVATE KEY-----/.test(text)
}

/**
 * Where the service keeps its database: DATABASE_URL, else the folder GONOGO_DATA, from the working directory.
 * Throws ConfigError, which never repeats the address: there may be a password in it.
 */
export function readWhere(environment: Readonly<Record<string, string | undefined>>, cwd: string): Where {
  const { DATABASE_URL: url, GONOGO_DATA: folder } = environment
  if (url && !(/^postgres(ql)?:/.test(url) && URL.canParse(url)))
    throw new ConfigError([
      'DATABASE_URL must be an address such as postgres://user:password@host:5432/gonogo',
    ])
  return url ? { url } : { folder: resolve(cwd, folder || '.gonogo-data') }
}

/** How a job or a person asks the app for a start ticket. */
export type StartConfig = {
  readonly url: string
  /** The repository that the job or the person works in, `owner/name`, where the environment knows it. */
  readonly repository?: string
  readonly proof:
    | { readonly kind: 'job'; readonly requestUrl: string; readonly requestToken: string }
    | { readonly kind: 'token'; readonly token: string }
}

/** Reads what `gonogo start` needs. Throws ConfigError. */
export function readStart(given: Environs): StartConfig {
  const url = given.GONOGO_URL
  const faults: string[] = []
  if (!url || !URL.canParse(url) || !/^https?:/.test(url))
    faults.push('GONOGO_URL must be the address of the app, such as https://gonogo.acme.example')
  const { ACTIONS_ID_TOKEN_REQUEST_URL: requestUrl, ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken } = given
  const token = given.GITHUB_TOKEN || given.GH_TOKEN
  const proof =
    requestUrl && requestToken
      ? ({ kind: 'job', requestUrl, requestToken } as const)
      : token
        ? ({ kind: 'token', token } as const)
        : undefined
  if (proof === undefined)
    faults.push(
      'nothing proves who asks: in Actions give the job `permissions: id-token: write`, elsewhere set GITHUB_TOKEN',
    )
  if (proof === undefined || url === undefined || faults.length > 0) throw new ConfigError(faults)
  const repository = given.GITHUB_REPOSITORY
  return { url: url.replace(/\/+$/, ''), proof, ...(repository && { repository }) }
}
