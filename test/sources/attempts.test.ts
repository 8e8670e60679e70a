import { expect, test } from 'vitest'
import { awaiting, onlyAwaiting } from '../../src/core/awaiting.ts'
import { evaluate } from '../../src/evaluate.ts'
import { gather } from '../../src/sources/gather.ts'
import { NO_WITNESS } from '../support/approvals.ts'
import { tellCase } from '../support/case.ts'

const CASE = 'fixtures/cases/exam-taken/case.yml'

/** The verdict on a release that takes a pinned exam, which may be taken so often, and was by so many others. */
async function judged(seen: number | undefined) {
  const { repository, asking } = tellCase(CASE)
  const attempts = async (_: readonly string[], exams: readonly string[]) =>
    Object.fromEntries(exams.map((exam) => [exam, seen ?? 0]))
  const witness = { ...NO_WITNESS, attempts }
  return await gather(repository, { ...asking, ...(seen !== undefined && { witness }) })
}

type Facts = Awaited<ReturnType<typeof judged>>

function limited(facts: Facts, attempts: number): Facts {
  const models = facts.models.map((model) => {
    const { registered, today, ...files } = model.criteria
    const limit = (file: typeof registered) =>
      file?.criteria && { ...file, criteria: { ...file.criteria, attempts } }
    const criteria = { ...files, registered: limit(registered), today: limit(today) }
    // What is not there is no version of the criteria; the case has both.
    return { ...model, criteria: criteria as typeof model.criteria }
  })
  return { ...facts, models }
}

test('a clone cannot count attempts: with a limit that is awaited, without one it is only said', async () => {
  const facts = await judged(undefined)
  expect(evaluate(facts)).toMatchObject({ decision: 'go' })

  const verdict = evaluate(limited(facts, 5))
  expect(verdict.decision).toBe('undecided')
  expect(awaiting(verdict).filter((one) => one.startsWith('attempts:'))).not.toEqual([])
  expect(onlyAwaiting(verdict)).toBe(true)
})

test('what the ledger told decides, and again whenever it is replayed', async () => {
  const told = async (seen: number) => JSON.parse(JSON.stringify(limited(await judged(seen), 2)))
  expect(evaluate(await told(1)).decision).toBe('go')
  const spent = evaluate(await told(2))
  expect(spent.decision).toBe('no-go')
  expect(spent.models[0]?.exams[0]).toMatchObject({ seen: 2, attempts: 2 })
  expect(evaluate(await judged(2)).decision).toBe('go')
})
