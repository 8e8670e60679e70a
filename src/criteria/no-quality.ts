import type { Said } from '../core/attack-controls.ts'
import { namesTests } from '../core/attack-names.ts'
import { wordsOf } from '../core/attacks.ts'

/** Numbers of how another one fares, or of how far two are apart: not how right the answers of this one are. */
const OF_ANOTHER = /^(?:baseline|dummy|teacher|majority|chance)(?:[^a-z]|$)/i
const OF_CHANGE = /[^a-z](?:drop|drops|degradation|decrease|decline|delta|diff|difference|change|gap)$/i
/** Numbers of what a model runs on, and of how it is liked. */
const OF_RUNNING =
  /^(?:(?:github|gitlab|hf|repo|total|monthly|service)_)?(?:stars|likes|forks|downloads|commits|loc|lines_of_code|uptime|downtime|availability|(?:gpu|cpu|tpu|node|training)_(?:hours|count|utili[sz]ation|memory|usage)|(?:code|test|line|branch)_coverage)(?:_(?:pct|percent|rate|total|count))?$/

/** Whether a metric that no table has is by its name none of how right the answers of a model are. */
export function isNoQuality(metric: string): boolean {
  return OF_ANOTHER.test(metric) || OF_CHANGE.test(metric) || OF_RUNNING.test(wordsOf(metric).join('_'))
}

const OF_MODELS = /^(?:model|system|estimator|classifier|predictor|algorithm)(?:_name)?$/
const ANOTHER =
  /^(?:baseline|(?:dummy|majority|most_frequent|chance|random|naive|teacher|humans?|oracle)(?:_(?:baseline|class|classifier|guess|guessing|guesser|model|predictor|regressor|vote))?$)(?:_|$)/

/** The values of a label that says that another model was measured: a baseline, or what guesses. */
export function anotherModel({ labels }: Said): readonly string[] {
  return labels
    .filter(({ label }) => OF_MODELS.test(wordsOf(label).join('_')))
    .flatMap(({ values }) => values.filter((value) => ANOTHER.test(wordsOf(value).join('_'))))
}

/** Words of suites that try whether the code is tidy, or runs at all. */
const OF_SOFTWARE =
  /^(?:lint|linter|linting|pylint|ruff|flake8|mypy|pyright|eslint|biome|black|isort|style|formatting|typing|typecheck|type|types|smoke|healthcheck|health|ping|docs|documentation|readme|install|build|imports?)$/

/** Whether a suite or a test says by its name that it is of software, and nothing more. */
export function isOfSoftware(name: string): boolean {
  const words = wordsOf(name)
  const others = words.filter((word) => !OF_SOFTWARE.test(word))
  return others.length < words.length && !namesTests(others.join(' '))
}
