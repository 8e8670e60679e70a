import { generateKeyPairSync } from 'node:crypto'
import type { SeedConfig } from 'emulate'
import type { AppSeed, Person, RepoSeed, StandInOptions } from './types.ts'

/** The options with everything filled in. */
export type Setting = {
  readonly owner: string
  readonly repos: readonly Required<RepoSeed>[]
  readonly people: readonly Settled[]
  readonly app: Required<AppSeed>
}
export type Settled = Required<Person>

/** The app that workflow jobs act as; its check runs are what any writer of a repository can forge. */
export const ACTIONS = {
  id: 15368,
  slug: 'github-actions',
  login: 'github-actions[bot]',
  token: 'token-of-a-workflow',
}

/** Who the stand-in is when it looks something up for itself. One token is good for 5,000 requests an hour. */
export const INTERNAL = {
  login: 'admin',
  tokens: Array.from({ length: 40 }, (_, index) => `internal-${index}`),
}

/** What `app.yml` asks for. */
export const PERMISSIONS = {
  actions: 'read',
  attestations: 'read',
  statuses: 'write',
  contents: 'read',
  checks: 'write',
  deployments: 'write',
  issues: 'read',
  pull_requests: 'write',
  metadata: 'read',
  members: 'read',
  merge_queues: 'read',
} as const

/** The same with what lets the app flag releases. */
export const FLAGS_RELEASES = { ...PERMISSIONS, contents: 'write' } as const

/** What the caller left open is filled in with a small organisation. */
export function settle(options: StandInOptions): Setting {
  const people = options.people ?? [
    { login: 'ada', name: 'Ada Lovelace', admin: true },
    { login: 'grace', name: 'Grace Hopper' },
  ]
  const app = options.app ?? {}
  return {
    owner: options.owner ?? 'acme',
    repos: (options.repos ?? [{ name: 'models' }]).map((repo) => ({
      private: true,
      defaultBranch: 'main',
      installed: true,
      archived: false,
      ...repo,
    })),
    people: people.map((person) => ({
      name: person.login,
      email: `${person.login}@example.com`,
      token: `token-of-${person.login}`,
      admin: false,
      role: 'write',
      ...person,
    })),
    app: {
      id: 4242,
      slug: 'gonogo',
      installationId: 77,
      permissions: PERMISSIONS,
      events: ['*'],
      webhookSecret: 'a-secret-of-the-stand-in',
      ...app,
      privateKey: app.privateKey ?? privateKey(),
    },
  }
}

/** The same as emulate's seed. Emulate sends no webhooks of its own: the stand-in sends all of them. */
export function emulateSeed(setting: Setting): SeedConfig {
  const { owner, repos, people, app } = setting
  return {
    tokens: Object.fromEntries([
      ...INTERNAL.tokens.map((token) => [token, { login: INTERNAL.login }]),
      [ACTIONS.token, { login: ACTIONS.login }],
      ...people.map(({ token, login }) => [token, { login }]),
    ]),
    github: {
      users: [...people.map(({ login, name, email }) => ({ login, name, email })), { login: ACTIONS.login }],
      orgs: [
        {
          login: owner,
          // To emulate each member is an admin, so members come in as collaborators (see startEmulate).
          members: [INTERNAL, ...people.filter((person) => person.admin)].map(({ login }) => ({
            login,
            role: 'admin',
          })),
        },
      ],
      repos: repos.map((repo) => ({
        owner,
        name: repo.name,
        private: repo.private,
        default_branch: repo.defaultBranch,
        auto_init: true,
      })),
      apps: [
        {
          app_id: app.id,
          slug: app.slug,
          name: app.slug,
          private_key: app.privateKey,
          permissions: app.permissions,
          events: app.events,
          installations: [installation(setting)],
        },
      ],
    },
  }
}

function installation({ owner, repos, app }: Setting): Readonly<Record<string, unknown>> {
  const names = repos.filter((repo) => repo.installed).map((repo) => repo.name)
  return {
    installation_id: app.installationId,
    account: owner,
    ...(names.length === repos.length
      ? { repository_selection: 'all' }
      : { repository_selection: 'selected', repositories: names }),
  }
}

function privateKey(): string {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  }).privateKey
}
