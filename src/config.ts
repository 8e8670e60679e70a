import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'
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
  /** The OTLP/HTTP endpoint that traces go to. */
  readonly traces?: string
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

const Environment = z.object({
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
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({
      protocol: /^https?$/,
      error: 'OTEL_EXPORTER_OTLP_ENDPOINT must be an address such as http://localhost:4318',
    })
    .optional(),
})

/** Reads the environment. Throws ConfigError with every fault that it finds. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>, cwd: string): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = Environment.safeParse({
    ...given,
    ...(environment.WEBHOOK_SECRET === '' ? { WEBHOOK_SECRET: '' } : {}),
  })
  const faults = parsed.success ? [] : parsed.error.issues.map((issue) => sentence(issue.path, issue.message))
  const key = privateKey(given)
  if ('fault' in key) faults.push(key.fault)
  if (!parsed.success || 'fault' in key) throw new ConfigError(faults)
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
    ...(data.OTEL_EXPORTER_OTLP_ENDPOINT && { traces: data.OTEL_EXPORTER_OTLP_ENDPOINT }),
  }
}

function sentence(path: readonly PropertyKey[], message: string): string {
  const name = String(path[0] ?? 'the environment')
  return message.includes(name) ? message : `${name}: ${message}`
}

/** As Probot takes it: the key itself, with \n written out or in base64, or a file. */
function privateKey(
  environment: Readonly<Record<string, string | undefined>>,
): { key: string } | { fault: string } {
  const { PRIVATE_KEY: inline, PRIVATE_KEY_PATH: path } = environment
  if (inline !== undefined) {
    const text = inline.includes('-----BEGIN')
      ? inline.replaceAll('\\n', '\n')
      : Buffer.from(inline, 'base64').toString('utf8')
    return isKey(text)
      ? { key: text }
      : {
          fault:
            'PRIVATE_KEY holds no private key: paste the whole .pem file, or name it with PRIVATE_KEY_PATH',
        }
  }
  if (path === undefined)
    return { fault: "PRIVATE_KEY or PRIVATE_KEY_PATH is not set: the app needs the GitHub App's private key" }
  try {
    const text = readFileSync(path, 'utf8')
    return isKey(text) ? { key: text } : { fault: `PRIVATE_KEY_PATH: ${path} holds no private key` }
  } catch {
    return { fault: `PRIVATE_KEY_PATH: ${path} can't be read` }
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
