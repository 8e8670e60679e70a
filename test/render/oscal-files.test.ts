import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { givenFloor } from '../../src/cli/floor.ts'
import type { Answer } from '../../src/core/answer.ts'
import type { Verdict } from '../../src/core/verdict.ts'
import { usedFloor } from '../../src/criteria/floor.ts'
import { renderOscal } from '../../src/render/oscal.ts'
import { aFinding, aMeasurement, aModel, aSource, aVerdict } from '../support/build.ts'
import { judgeExample } from '../support/example.ts'
import { exampleNames, readExample } from '../support/example-folder.ts'

const Named = z.array(z.looseObject({ name: z.string(), value: z.string() }))
const Evidence = z.array(
  z.object({
    href: z.string(),
    description: z.string(),
    links: z.array(z.object({ href: z.string() })).optional(),
  }),
)
const Document = z.object({
  'assessment-results': z.looseObject({
    results: z.array(
      z.looseObject({
        observations: z
          .array(z.looseObject({ props: Named, 'relevant-evidence': Evidence.optional() }))
          .optional(),
        findings: z.array(
          z.looseObject({ title: z.string(), target: z.looseObject({ status: z.object({}).loose() }) }),
        ),
      }),
    ),
    'back-matter': z.object({
      resources: z.array(
        z.looseObject({
          uuid: z.string(),
          props: Named.optional(),
          rlinks: z.array(z.looseObject({ href: z.string() })).optional(),
        }),
      ),
    }),
  }),
})

function written(verdict: Verdict) {
  const whole = Document.parse(JSON.parse(JSON.stringify(renderOscal(verdict))))['assessment-results']
  const observed = whole.results.flatMap(({ observations = [] }) =>
    observations.map(({ props, 'relevant-evidence': evidence = [] }) => ({
      evidence,
      about: Object.fromEntries(props.map(({ name, value }) => [name, value])),
    })),
  )
  const shows = (criterion: string) =>
    observed.find(({ about }) => about.criterion === criterion)?.evidence.map(({ href }) => href)
  return { ...whole, observed, shows, resources: whole['back-matter'].resources }
}

const OF = './models/letters-adapter'
const SHOWN: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'credit-risk': {
    'inert-weights': ['./models/credit-risk/model.safetensors'],
    'same-data': [
      './models/credit-risk/train-2026h1.croissant.json',
      './models/credit-risk/tune-2026h1.croissant.json',
      './models/credit-risk/release.yml',
    ],
    'annex-iv': [
      'records/annex-iv.yml',
      ...['INSTRUCTIONS.md', 'TECHNICAL.md', 'records/human-oversight.yml', 'records/test-report.yml'],
    ].map((file) => `./models/credit-risk/${file}`),
    'test-report': [
      './models/credit-risk/records/test-report.yml',
      ...['evasion.json', 'extraction.json', 'membership.txt', 'predictions.csv', 'robustness.json'].map(
        (file) => `./artifact%3Avalidation/${file}`,
      ),
    ],
    ranks: ['./artifact%3Avalidation/predictions.csv'],
    'secure-code': ['./floor%3A.gonogo/records/secure-development.yml'],
  },
  'letters-adapter': {
    pinned: [`${OF}/bom.cdx.json`, `${OF}/release.yml`],
    scanned: [`${OF}/evidence/weights-scan.sarif.json`],
    'same-data': [`${OF}/data/letters-2026.croissant.json`, `${OF}/release.yml`],
    'base-known': [`${OF}/bom.cdx.json`, `${OF}/release.yml`],
    'base-card': [`${OF}/base/README.md`, `${OF}/release.yml`],
    'base-beside': [
      ...['letters-eval', 'base-letters-eval', 'letters-eval-noisy', 'base-letters-eval-noisy'].map(
        (file) => `${OF}/evidence/${file}.json`,
      ),
      `${OF}/release.yml`,
    ],
    biases: [`${OF}/evidence/base-languages.json`, `${OF}/evidence/languages.json`, `${OF}/release.yml`],
    'sign-off': [],
  },
}

describe.each(exampleNames())('of %s', (name) => {
  const judged = judgeExample(readExample(name)).then(({ verdict }) => written(verdict))

  test('each criterion has the files that show it, and none has the criteria', async () => {
    const { shows, observed } = await judged

    for (const [criterion, files] of Object.entries(SHOWN[name] ?? {}))
      expect([criterion, shows(criterion)]).toEqual([criterion, files])
    expect(
      observed.flatMap(({ evidence }) => evidence).filter(({ href }) => href.includes('criteria')),
    ).toEqual([])
    expect(
      observed.filter(({ about }) => about['asked-in']?.includes('.gonogo/criteria/')).length,
    ).toBeGreaterThan(9)
  })

  test('each of them is a resource of the back matter, with a digest and without a folder of a machine', async () => {
    const { observed, resources } = await judged
    const known = new Map(resources.map((one) => [`#${one.uuid}`, one]))

    for (const { href, links = [] } of observed.flatMap(({ evidence }) => evidence)) {
      const resource = known.get(links[0]?.href ?? '')
      expect(resource?.rlinks?.[0]?.href).toBe(href)
      const blob = resource?.props?.some((one) => one.name === 'git-blob')
      expect([href, blob || resource?.rlinks?.[0]?.hashes !== undefined]).toEqual([href, true])
    }
    const hrefs = resources.flatMap(({ rlinks = [] }) => rlinks.map(({ href }) => href))
    expect(hrefs.filter((href) => href.startsWith('.//') || href.includes('.github'))).toEqual([])
  })
})

test('what an answer names and nobody judged is no evidence', () => {
  const elsewhere = aMeasurement({ source: aSource({ path: '../../etc/passwd' }) })
  const answer: Answer = {
    code: 'no_measurement',
    outcome: 'undecided',
    asked: { metric: 'f1', where: {} },
    nearest: ['models/credit-risk/metrics.json'],
  }
  const { observed } = written(
    aVerdict({
      models: [
        aModel({
          findings: [
            aFinding({
              answer: {
                ...{ code: 'within_bound', outcome: 'met' },
                observed: elsewhere,
                bound: { kind: 'at_least', value: 0 },
              },
            }),
            aFinding({ answer }),
          ],
        }),
      ],
    }),
  )

  expect(observed.map(({ evidence }) => evidence)).toEqual([[], []])
})

test('where a file shows several numbers it is named once, by the line of the first', () => {
  const path = 'models/credit-risk/metrics.json'
  const member = (name: string, line: number) => ({
    member: name,
    answer: {
      ...({ code: 'within_bound', outcome: 'met', bound: { kind: 'at_least', value: 0 } } as const),
      observed: aMeasurement({ source: aSource({ path, line }) }),
    },
  })
  const answer: Answer = {
    code: 'members_met',
    outcome: 'met',
    label: 'task',
    members: [member('a', 3), member('b', 4)],
  }
  const { observed } = written(aVerdict({ models: [aModel({ findings: [aFinding({ answer })] })] }))

  expect(observed[0]?.evidence).toMatchObject([
    { href: `./${path}`, description: expect.stringMatching(/metrics\.json, line 3$/) },
  ])
})

test('what only the ledger could add to has the file of its number all the same', () => {
  const observed = aMeasurement({ source: aSource({ path: 'models/credit-risk/metrics.json', line: 3 }) })
  const bound = { kind: 'at_least', value: 0 } as const
  const otherwise: Answer = { code: 'within_bound', outcome: 'met', observed, bound }
  const answer: Answer = {
    ...({ code: 'attempts_awaited', outcome: 'undecided', attempts: 5, otherwise } as const),
    ...{ dataset: 'holdout', digest: 'sha256:1' },
  }
  const { shows } = written(aVerdict({ models: [aModel({ findings: [aFinding({ answer })] })] }))

  expect(shows('accuracy')).toEqual(['./models/credit-risk/metrics.json'])
})

test('a floor that is given to the command is the same on every machine', async () => {
  const found = await Promise.all(
    ['one', 'another'].map(async (name) => {
      const folder = await mkdtemp(join(tmpdir(), name))
      await mkdir(join(folder, '.gonogo/records'), { recursive: true })
      await writeFile(join(folder, '.gonogo/floor.yml'), 'gonogo: 1\n')
      await writeFile(join(folder, '.gonogo/records/secure.yml'), 'gonogo: 1\n')
      const world = {
        cwd: folder,
        environment: {},
        stdout: { write: () => true },
        stderr: { write: () => true },
        clock: () => new Date(0),
      }
      const given = await givenFloor(world, join(folder, '.gonogo/floor.yml'))
      const floor = usedFloor(given)
      expect('records' in floor && floor.records?.map(({ path }) => path)).toEqual([
        'floor:.gonogo/records/secure.yml',
      ])
      await rm(folder, { recursive: true })
      return written(aVerdict({ floor })).resources.slice(-2)
    }),
  )

  expect(found[0]).toEqual(found[1])
  expect(found[0]?.map(({ rlinks }) => rlinks?.[0]?.href)).toEqual([
    './floor%3A.gonogo/floor.yml',
    './floor%3A.gonogo/records/secure.yml',
  ])
  expect(found[0]?.map(({ props }) => props?.find(({ name }) => name === 'git-blob')?.value)).toEqual([
    expect.stringMatching(/^[0-9a-f]{40}$/),
    expect.stringMatching(/^[0-9a-f]{40}$/),
  ])
})

describe('what is only awaited', () => {
  const awaited = [31, 33, 35].map(
    (line) =>
      ({
        path: 'models/m/release.yml',
        line,
        code: 'artifact_awaited',
        artifact: 'validation',
        awaited: 'read',
      }) as const,
  )
  const unapproved = { path: '.gonogo/criteria/m.yml', code: 'duplicate_key', key: 'f1', line: 1 } as const
  test.each([
    ['is open, and said once', awaited, 'other', 1],
    ['is none beside a fault', [...awaited, unapproved], 'fail', 2],
  ] as const)('%s', (_, problems, reason, many) => {
    const { results, observed } = written(aVerdict({ models: [aModel({ findings: [], problems })] }))

    expect(results[0]?.findings.at(-1)).toMatchObject({
      title: 'every-file-understood',
      target: { status: { state: 'not-satisfied', reason } },
    })
    expect(observed).toHaveLength(many)
    expect(JSON.stringify(observed[0]?.evidence)).toContain('release.yml')
  })
})
