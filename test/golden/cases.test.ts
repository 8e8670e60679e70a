import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { isOpen, type Verdict } from '../../src/core/verdict.ts'
import { evaluate } from '../../src/evaluate.ts'
import type { Facts } from '../../src/facts.ts'
import { renderCheckRun } from '../../src/render/check-run.ts'
import { bytes } from '../../src/render/clean.ts'
import { renderJson } from '../../src/render/json.ts'
import { gather } from '../../src/sources/gather.ts'
import { tellCase } from '../support/case.ts'
import { pageOf } from '../support/page.ts'

const CASES = new URL('../../fixtures/cases/', import.meta.url).pathname
// Read here and not in src: the goldens are written anew by `UPDATE_CASES=1 vitest run test/golden`.
const UPDATE = process.env.UPDATE_CASES === '1'

/** What a golden case may not lack (issue 2, item 11). */
const WANTED = [
  'go',
  'no-go',
  'missing-evidence',
  'malformed-evidence',
  'nan',
  'ambiguous-measurement',
  'criteria-in-the-release',
  'amended-criteria',
  'hostile-markdown',
  'more-than-50-annotations',
  'oversized-summary',
  'empty-criteria',
  'nothing-blocking',
  'criteria-covered',
  'criteria-uncovered',
  'criteria-below-the-floor',
]

const names = readdirSync(CASES).toSorted()

test('the cases that the issue names are there', () => {
  expect(names).toEqual(expect.arrayContaining(WANTED))
})

describe.each(names)('%s', (name) => {
  const folder = join(CASES, name)
  const { story, repository, asking } = tellCase(join(folder, 'case.yml'))
  const golden = (file: string): string => join(folder, file)

  test('gathering gives the facts', async () => {
    const facts = await gather(repository, asking)

    expect(asJson(facts)).toEqual(story.large ? asJson(facts) : kept(golden('facts.json'), facts))
  })

  test('the facts lead to the verdict', async () => {
    const facts: Facts = story.large ? await gather(repository, asking) : read(golden('facts.json'))

    const verdict = evaluate(facts)

    const shown = asJson(renderJson(verdict))
    expect(shown).toEqual(story.large ? shown : kept(golden('verdict.json'), shown))
  })

  test('the verdict leads to the check run', async () => {
    const verdict = evaluate(story.large ? await gather(repository, asking) : read(golden('facts.json')))

    const run = renderCheckRun(verdict)

    const page = pageOf(run, story.large === true)
    if (UPDATE) writeFileSync(golden('check-run.md'), page)
    expect(page).toBe(readFileSync(golden('check-run.md'), 'utf8'))
    expect(run.conclusion === 'success').toBe(maySucceed(verdict))
    expect(bytes(run.summary)).toBeLessThanOrEqual(65_535)
    expect(bytes(run.text ?? '')).toBeLessThanOrEqual(65_535)
  })
})

/** Green is for a go, and for proposed criteria in order where nothing is released; never beside a faulty proposal. */
function maySucceed({ decision, proposals, observed }: Verdict): boolean {
  const inOrder = !proposals.some(isOpen)
  return (
    observed !== true && inOrder && (decision === 'go' || (decision === 'nothing' && proposals.length > 0))
  )
}

function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}

function read<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8'))
}

function kept(file: string, value: unknown): unknown {
  if (UPDATE) writeFileSync(file, `${JSON.stringify(value, null, 1)}\n`)
  return read(file)
}
