import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createProgram } from '../../src/cli/program.ts'
import { PREREGISTRATION } from '../../src/core/controls.ts'
import { writeExample } from '../support/example-clone.ts'
import { exampleNames, type Files, movedTo, readExample } from '../support/example-folder.ts'
import { mutated, mutationsOf } from '../support/example-mutations.ts'

/** Long after the examples were written. */
const TODAY = new Date('2031-07-09T15:00:00Z')

type Ran = { readonly code: number; readonly out: string }

/** The example in a clone, as `npm run example` writes it, before the command: judged, or its files linted. */
async function ran(command: 'check' | 'lint', files: Files): Promise<Ran> {
  const folder = mkdtempSync(join(tmpdir(), 'gonogo-example-'))
  try {
    const words = writeExample(files, folder)
    const after = (option: string) => words[words.indexOf(option) + 1] ?? ''
    const floor = words.includes('--floor') ? ['--floor', after('--floor')] : []
    let out = ''
    const code = await createProgram({
      environment: {},
      cwd: command === 'lint' ? after('--repo') : folder,
      stdout: { write: (text) => (out += text) },
      stderr: { write: (text) => (out += text) },
      clock: () => TODAY,
    })(command === 'lint' ? ['lint', ...floor] : [...words, '--json'])
    return { code, out }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

describe.each(exampleNames())('%s', (name) => {
  const files = movedTo(readExample(name), TODAY)

  test('in a clone it is undecided for nothing but what GitHub must show', async () => {
    const { code, out } = await ran('check', files)
    const { awaiting, models } = JSON.parse(out)

    expect(
      models[0].problems.filter(({ code: one }: { code: string }) => one !== 'artifact_awaited'),
    ).toEqual([])
    expect(code).toBe(awaiting.length === 0 ? 0 : 5)
  })

  test('and with something broken a clone says so', async () => {
    // Of a start a clone can't show anything.
    const broken = mutationsOf(files).find(
      ({ control, file, expect: wanted }) =>
        control !== PREREGISTRATION && file.includes('-release/models/') && wanted === 'no-go',
    )
    if (broken === undefined) throw new Error('no mutation of a released file is a no-go')

    expect((await ran('check', mutated(files, broken))).code).toBe(1)
  })

  test('its criteria are in order, and the gate refuses all counter-evidence', async () => {
    const { code, out } = await ran('lint', files)

    expect(out).toMatch(/the gate refuses them all/)
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('no problems in') })
  })
})
