import type { Step } from '../demo/people.ts'
import { startScene } from '../demo/scene.ts'
import { FLAGS_RELEASES } from '../demo/stand-in/seed.ts'
import { play } from '../demo/story.ts'
import { clean } from '../render/clean.ts'
import { colourFor } from './style.ts'
import type { World } from './world.ts'

/** `gonogo demo`: the whole loop against a GitHub on this machine. Exit code 0 only if every step came out as it must. */
export async function demo(world: World): Promise<number> {
  const colour = colourFor(world)
  const steps: Step[] = []
  const scene = await startScene({ permissions: FLAGS_RELEASES })
  try {
    await play(scene, world.clock().toISOString().slice(0, 10), (step) => {
      steps.push(step)
      const right = step.came === step.wanted
      const came = right
        ? colour('green', step.came)
        : colour('red', `${step.came}, but it must be ${step.wanted}`)
      world.stdout.write(
        `\n${colour('bold', `${steps.length}. ${step.title}`)}: ${came}\n${step.shown ? shown(step.shown) : ''}`,
      )
    })
  } finally {
    await scene.close()
  }
  const { requests, violations } = scene.github
  for (const violation of violations)
    world.stdout.write(colour('red', `\n${violation.method} ${violation.path}: ${violation.sentence}`))
  const right = steps.filter(({ came, wanted }) => came === wanted).length
  world.stdout.write(
    `\n${right} of ${steps.length} steps came out as they must; the app made ${requests.length} requests, ${violations.length} against GitHub's description of its API\n`,
  )
  return right === steps.length && violations.length === 0 ? 0 : 1
}

/** A check run as its page shows it. */
function shown({ title, summary, annotations }: NonNullable<Step['shown']>): string {
  const notes = annotations.map(
    ({ path, start_line: line, annotation_level: level, message }) =>
      `${level} ${clean(path)}:${line} ${clean(message ?? '', 500)}`,
  )
  const lines = [
    title,
    '',
    ...summary.trimEnd().split('\n'),
    ...(notes.length > 0 ? ['', 'annotations:', ...notes] : []),
  ]
  return `${lines.map((line) => `   │ ${line}`.trimEnd()).join('\n')}\n`
}
