import type { Needed } from '../core/deployment.ts'
import type { Criteria } from './criteria.ts'
import { sameEnvironment } from './deploy.ts'
import { isSameRepository } from './effective.ts'
import type { Floor } from './floor.ts'
import { fits } from './pattern.ts'

/** A model that the default branch knows: by its criteria, a manifest, or criteria that were there once. */
export type KnownModel = { readonly model: string; readonly criteria?: Criteria; readonly gone?: true }

/** Whether anybody names an environment, and which models' go it needs by that. */
export type Asked = { readonly named: boolean; readonly needed: readonly Needed[] }

/**
 * Who needs what comes from the default branch and the floor. A line of the floor with a pattern asks for the models
 * that are known; one with a whole name for this repository asks for that model, known or not.
 */
export function neededIn(
  environment: string,
  known: readonly KnownModel[],
  floor: Floor | undefined,
  about: { readonly repository: string; readonly repositoryId?: number; readonly now: string },
): Asked {
  const isIt = (names: readonly string[] = []) => names.some((name) => sameEnvironment(name, environment))
  const lines = (floor?.models ?? []).filter(
    ({ environments, repository, from }) =>
      isIt(environments) &&
      isSameRepository(repository, about) &&
      // A day that cannot be told has come.
      !(from !== undefined && Date.parse(about.now) < Date.parse(from)),
  )
  const own = known
    .filter(({ criteria }) => isIt(criteria?.environments))
    .map(({ model, gone }): Needed => ({ model, by: gone ? 'gone' : 'criteria' }))
  const fitting = known.filter(({ model }) => lines.some((line) => fits(line.model, model)))
  const whole = lines.filter(({ model, repository }) => !`${model} ${repository}`.includes('*'))
  const names = new Set([...fitting, ...whole].map(({ model }) => model))
  const asked = [...own, ...[...names].map((model): Needed => ({ model, by: 'floor' }))]
  const once = new Map(asked.toReversed().map((one) => [one.model, one]))
  return {
    named: own.length > 0 || lines.length > 0,
    needed: [...once.values()].toSorted((a, b) => (a.model < b.model ? -1 : 1)),
  }
}
