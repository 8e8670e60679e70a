import type { CheckRun } from '../../src/render/check-run.ts'

const SHOWN_LINES = 24

/** The page as a person would see it; of a large one the first and last lines of each part. */
export function pageOf({ title, conclusion, summary, text, annotations }: CheckRun, large: boolean): string {
  const cut = (part: string): string => (large ? elided(part) : part)
  const notes = annotations.map(
    ({ path, start_line: line, annotation_level: level, title: head, message }) =>
      `- ${level} ${path}:${line}: ${head}\n${message
        .split('\n')
        .map((one) => `  ${one}`)
        .join('\n')}`,
  )
  const parts = [
    `# ${title}`,
    `conclusion: ${conclusion}`,
    cut(summary.trimEnd()),
    ...(text === undefined ? [] : ['## text', cut(text.trimEnd())]),
    ...(notes.length === 0 ? [] : [`## annotations (${notes.length})`, cut(notes.join('\n'))]),
  ]
  return `${parts.join('\n\n')}\n`
}

function elided(part: string): string {
  const lines = part.split('\n')
  const left = lines.length - SHOWN_LINES
  if (left <= 0) return part
  const half = SHOWN_LINES / 2
  return [...lines.slice(0, half), `… ${left} lines …`, ...lines.slice(-half)].join('\n')
}
