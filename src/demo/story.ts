import type { Tell } from './people.ts'
import type { Scene } from './scene.ts'
import { playOrdered } from './story-ordered.ts'
import { playReleased } from './story-released.ts'
import { playWitnessed } from './story-witnessed.ts'

/** Plays the life of two models, telling each step as it ends. `today` is a date as records have it. */
export async function play(scene: Scene, today: string, tell: Tell): Promise<void> {
  await playOrdered(scene, today, tell)
  await playWitnessed(scene, tell)
  await playReleased(scene, tell)
}
