import { isMap, isSeq, parse, parseDocument } from 'yaml'
import { z } from 'zod'
import { CONTROLS, PREREGISTRATION } from '../../src/core/controls.ts'
import { outcomeOf } from '../../src/core/finding.ts'
import { artifactPath, modelOfManifest } from '../../src/core/paths.ts'
import type { Verdict } from '../../src/core/verdict.ts'
import type { Files } from './example-folder.ts'

/**
 * `mutations.yml`: single breaks of an example, each of one control. `file` is a file of the example's folder, of which
 * `replace` becomes `with` everywhere (on lines that contain `on`, where that is given), or which is removed; `also` is
 * what else a tool would then write in it. With `to` the layer of the file stays as it is, and a later one has it broken;
 * with `remove` it comes there first.
 */
const Edit = { on: z.string().optional(), replace: z.string().min(1), with: z.string() }
const Mutation = z.strictObject({
  control: z.enum([...CONTROLS, PREREGISTRATION]),
  breaks: z.string().min(1),
  file: z.string(),
  on: Edit.on,
  replace: Edit.replace.optional(),
  with: Edit.with.optional(),
  also: z.array(z.strictObject(Edit)).optional(),
  remove: z.literal(true).optional(),
  to: z.string().optional(),
  expect: z.enum(['no-go', 'undecided']),
  /** The answer of a finding of that control; or a problem that names the file. */
  code: z.string().optional(),
  problem: z.string().optional(),
})
export type Mutation = z.infer<typeof Mutation>

/** The breaks of an example. */
export function mutationsOf(files: Files): readonly Mutation[] {
  return z.array(Mutation).parse(parse(files.get('mutations.yml') ?? '[]'))
}

/** The example with one thing broken. Throws where there is nothing to break. */
export function mutated(
  files: Files,
  { file, on, replace, with: by = '', also = [], remove, to }: Mutation,
): Files {
  const text = files.get(file)
  if (text === undefined) throw new Error(`the example has no file ${file}`)
  const others = new Map([...files].filter(([path]) => path !== file))
  if (remove) return to === undefined ? others : new Map([...others, [to, text]])
  if (replace === undefined) throw new Error(`nothing of ${file} is replaced or removed`)
  const broken = [{ on, replace, with: by }, ...also].reduce(edited, text)
  return to === undefined ? new Map([...others, [file, broken]]) : new Map([...files, [to, broken]])
}

type OneEdit = { readonly on?: string | undefined; readonly replace: string; readonly with: string }

function edited(text: string, { on, replace, with: by }: OneEdit): string {
  const whole =
    on === undefined
      ? text.replaceAll(replace, () => by)
      : text
          .split('\n')
          .map((line) => (line.includes(on) ? line.replaceAll(replace, () => by) : line))
          .join('\n')
  if (whole === text) throw new Error(`there is nothing of ${replace}`)
  return whole
}

/** What a verdict says of a break: codes of the control's findings that are not met, and of problems of the file, or of the manifest's line that names it. */
export function saidOf({ models, problems }: Verdict, control: string, file?: string) {
  const paths = file === undefined ? undefined : namesOf(file)
  const findings = models.flatMap((model) => model.findings)
  return {
    findings: findings
      .filter((finding) => finding.control === control && finding.blocking && outcomeOf(finding) !== 'met')
      .map(({ answer }) => answer.code),
    problems: [...problems, ...models.flatMap((model) => model.problems)]
      .filter(
        ({ path }) => paths === undefined || paths.includes(path) || modelOfManifest(path) !== undefined,
      )
      .map(({ code }) => code),
  }
}

/** How a verdict names a file of the example's folder: by its path in the repository, or in its artifact. */
function namesOf(file: string): readonly string[] {
  const [, artifact, inside] = /^artifact\/([^/]+)\/(.+)$/.exec(file) ?? []
  if (artifact !== undefined && inside !== undefined) return [artifactPath(artifact, inside)]
  return [file.slice(file.indexOf('/') + 1)]
}

/** An example whose criteria ask nothing for one control that the model must answer, for each of them. */
export function withoutControls(
  files: Files,
  required: readonly string[],
): readonly (readonly [control: string, files: Files])[] {
  return required.map((control) => {
    const less = new Map(files)
    for (const [path, text] of files) {
      if (!/\/\.gonogo\/(?:criteria\/[^/]+|floor)\.yml$/.test(path)) continue
      const file = parseDocument(text)
      const asked = file.get('criteria')
      if (!isSeq(asked)) continue
      asked.items = asked.items.filter((one) => !isMap(one) || one.get('control') !== control)
      less.set(path, file.toString({ lineWidth: 0 }))
    }
    return [control, less] as const
  })
}

/** What the manifest says of evidence that is only for readers. */
const FOR_READERS = '# nothing rests on it'

/** An example whose manifest does not name one piece of its evidence any more, for each piece that something rests on. */
export function withoutEach(files: Files): readonly (readonly [entry: string, files: Files])[] {
  return [...files].flatMap(([path, text]) => {
    if (!path.endsWith('/release.yml')) return []
    const lines = text.split('\n')
    const first = lines.indexOf('evidence:') + 1
    if (first === 0) return []
    const after = lines.findIndex((line, index) => index >= first && /^\S/.test(line))
    const last = after === -1 ? lines.length : after
    const starts = lines.flatMap((line, index) =>
      index >= first && index < last && line.startsWith('  - ') ? [index] : [],
    )
    return starts.flatMap((start, index) => {
      if (lines[start]?.endsWith(FOR_READERS)) return []
      const end = starts[index + 1] ?? last
      const left = [...lines.slice(0, start), ...lines.slice(end)].join('\n')
      return [[lines[start]?.slice(4) ?? '', new Map(files).set(path, left)] as const]
    })
  })
}
