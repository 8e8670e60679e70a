import { isScript } from '../core/pipeline.ts'

const [MOST_COMMAND, MOST_SCRIPTS] = [10_000, 50]

/**
 * What a command names. `simple`: it is whole, and does nothing but give a script each to Python, R or a shell, so that
 * what it ran is known by these scripts; of every other command nobody knows that.
 */
export type Ran = { readonly scripts: readonly string[]; readonly simple: boolean }

/** The scripts that a command of a shell, or a list of such commands, names; nothing of it is ever run. */
export function ranBy(command: unknown): Ran {
  const all: readonly unknown[] = Array.isArray(command) ? command : [command]
  const lines = all.filter((one) => typeof one === 'string')
  const words = lines.flatMap((one) => one.slice(0, MOST_COMMAND).split(/[\s;&|"'()=]+/))
  const scripts = new Set(words.filter(isScript).map((one) => one.replace(/^(?:\.\/)+/, '')))
  return {
    scripts: [...scripts].slice(0, MOST_SCRIPTS),
    simple: scripts.size <= MOST_SCRIPTS && lines.length > 0 && all.every(isSimple),
  }
}

/** Of each program the options that neither run anything else nor take a value. */
const RUNNERS: readonly (readonly [program: RegExp, option: RegExp])[] = [
  [/^python(?:3(?:\.\d{1,2})?)?$/, /^-[uBOEsIS]{1,6}$/],
  [/^Rscript$/, /^--vanilla$/],
  [/^(?:ba)?sh$/, /^-[eux]{1,3}$/],
]

function isSimple(line: unknown): boolean {
  const commands = typeof line === 'string' && line.length <= MOST_COMMAND ? commandsIn(line) : undefined
  return (
    commands !== undefined &&
    commands.length > 0 &&
    commands.every(([program = '', ...words]) => {
      const [, option] = RUNNERS.find(([name]) => name.test(program)) ?? []
      const script = words.find((word) => option?.test(word) !== true)
      return (
        option !== undefined && script !== undefined && /^[\w.][\w./+-]*$/.test(script) && isScript(script)
      )
    })
  )
}

/** A blank, an end of a command, or a word without anything that a shell puts something else in the place of. */
const TOKEN = /([ \t]+)|(&&|;|\r?\n)|(?:[\p{L}\p{N}_./:,=@%+*?[\]-]|'[^'\n]*'|"[^"\n$`\\!]*")+/uy

/** The words of each command of a line; undefined where a shell does more with it than to run them one after another. */
function commandsIn(line: string): readonly (readonly string[])[] | undefined {
  const commands: string[][] = [[]]
  for (let at = 0; at < line.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at
    const [token, blank, end] = TOKEN.exec(line) ?? []
    if (token === undefined) return undefined
    if (end !== undefined) commands.push([])
    else if (blank === undefined) commands.at(-1)?.push(token.replaceAll(/['"]/g, ''))
  }
  return commands.filter((words) => words.length > 0)
}
