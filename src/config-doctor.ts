import { ConfigError, Environment, type Environs, secretKey, sentence } from './config.ts'

/** As whom `gonogo doctor` looks: as the app itself, or as a person who may not know which app it is. */
export type DoctorConfig = {
  /** The REST API's root, without a slash at its end. */
  readonly apiUrl: string
  readonly access:
    | { readonly kind: 'app'; readonly appId: number; readonly privateKey: string }
    | { readonly kind: 'token'; readonly token: string; readonly appId?: number }
}

/** Reads what `gonogo doctor` needs; the app's own key goes before a token. Throws ConfigError. */
export function readDoctor(environment: Environs): DoctorConfig {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const shape = Environment.pick({ GITHUB_API_URL: true, APP_ID: true }).partial({ APP_ID: true })
  const parsed = shape.safeParse(given)
  if (!parsed.success)
    throw new ConfigError(parsed.error.issues.map((issue) => sentence(issue.path, issue.message)))
  const { GITHUB_API_URL, APP_ID: appId } = parsed.data
  const apiUrl = GITHUB_API_URL.replace(/\/+$/, '')
  const token = given.GITHUB_TOKEN ?? given.GH_TOKEN
  const hasKey = given.PRIVATE_KEY !== undefined || given.PRIVATE_KEY_PATH !== undefined
  if (appId !== undefined && hasKey) {
    const key = secretKey(given, 'PRIVATE_KEY', "the GitHub App's private key is needed")
    if ('fault' in key) throw new ConfigError([key.fault])
    return { apiUrl, access: { kind: 'app', appId, privateKey: key.key } }
  }
  if (token === undefined)
    throw new ConfigError([
      'nothing says as whom to look: set GITHUB_TOKEN to the token of an admin of the repository, or APP_ID and PRIVATE_KEY to those of the app',
    ])
  return { apiUrl, access: { kind: 'token', token, ...(appId !== undefined && { appId }) } }
}
