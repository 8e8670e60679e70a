import { readFile, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { z } from 'zod'
import { evaluate } from '../evaluate.ts'
import type { Facts } from '../facts.ts'
import { clean } from '../render/clean.ts'
import { renderText, type Shown } from '../render/text.ts'
import { canonicalJson } from '../text/canonical.ts'
import { colourFor, widthFor } from './style.ts'
import { EXIT, UsageError, type World } from './world.ts'

const MAX_RECORD_BYTES = 256 * 1024 * 1024

const Recorded = z.object({
  gonogo: z.literal(1),
  facts: z.looseObject({
    gonogo: z.literal(1),
    engine: z.string(),
    now: z.iso.datetime(),
    commit: z.string(),
    models: z.array(
      z.looseObject({
        model: z.string(),
        manifest: z.looseObject({}),
        criteria: z.looseObject({}),
        evidence: z.array(z.looseObject({})),
      }),
    ),
    problems: z.array(z.looseObject({ code: z.string() })),
    proposals: z.array(z.looseObject({ path: z.string() })),
  }),
  verdict: z.looseObject({ decision: z.string() }),
})

/** `gonogo replay FILE`: the verdict again from its recorded facts, and whether it is the same. */
export async function replay(world: World, file: string, options: Shown = {}): Promise<number> {
  const { facts, verdict: recorded } = await readRecord(resolve(world.cwd, file), file)
  const verdict = evaluateRecorded(facts, file)
  world.stdout.write(renderText(verdict, { colour: colourFor(world), width: widthFor(world) }, options))
  const same = canonicalJson(verdict) === canonicalJson(recorded)
  const was = clean(recorded.decision)
  world.stdout.write(
    same
      ? '\nthe same verdict as recorded\n'
      : `\nnot the verdict that was recorded: it was ${was}, it is ${verdict.decision}; the record or the engine was changed\n`,
  )
  return same ? EXIT.go : EXIT.noGo
}

async function readRecord(path: string, shown: string): Promise<z.infer<typeof Recorded>> {
  const info = await stat(path).catch(() => undefined)
  if (!info?.isFile()) throw new UsageError(`${clean(shown)} is not a file`)
  if (info.size > MAX_RECORD_BYTES) throw new UsageError(`${clean(shown)} is too large for a record`)
  try {
    return Recorded.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch {
    throw new UsageError(`${clean(shown)} is not a record that \`gonogo check --record\` wrote`)
  }
}

function evaluateRecorded(
  facts: z.infer<typeof Recorded>['facts'],
  shown: string,
): ReturnType<typeof evaluate> {
  try {
    // The record's outline is checked above; where its inside was changed, evaluating it ends in the catch below.
    return evaluate(facts as unknown as Facts)
  } catch {
    throw new UsageError(`the facts in ${clean(shown)} are damaged`)
  }
}
