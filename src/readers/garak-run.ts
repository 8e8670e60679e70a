import { countOf, nameOf, type Run, runFrom } from './llm-results.ts'
import { type Fields, fieldsAt, isFields, isNumber } from './narrow.ts'

type Keys = readonly (string | number)[]

/** What a run of garak says of itself. */
export type Setup = {
  readonly run: Run
  /** Outputs that were asked for of each prompt. */
  readonly generations?: number
  /** A score of at least this is a successful attack. */
  readonly threshold: number
  /** Probes, or modules of them, that the run was to take; empty where it does not name them. */
  readonly wanted: readonly string[]
}

/** From the lines `start_run setup` (before 0.9.0.9 `config`) and `init`, or the `meta` of a digest. */
export function setupOf(setup: Fields, init: Fields): Setup {
  const first = (...keys: readonly string[]): unknown =>
    keys.map((key) => setup[key]).find((value) => value !== undefined && value !== null)
  const version = nameOf(init.garak_version ?? setup['_config.version'])
  const generations = countOf(first('run.generations', 'generations'))
  const threshold = first('run.eval_threshold', 'eval_threshold')
  const spec = init.probespec ?? first('plugins.probe_spec', 'run.spec', 'probe_spec', 'probes')
  return {
    run: runFrom({
      model:
        first('plugins.target_name', 'plugins.model_name', 'model_name') ??
        init.target_name ??
        init.model_name,
      tool: version === undefined ? 'garak' : `garak ${version}`,
      at: init.start_time ?? first('transient.starttime_iso'),
    }),
    ...(generations === undefined || generations === 0 ? {} : { generations }),
    threshold: isNumber(threshold) ? threshold : 0.5,
    wanted: typeof spec === 'string' ? probesOf(spec) : [],
  }
}

function probesOf(spec: string): readonly string[] {
  const names = spec.split(',').map((name) => pluginOf(name.trim()))
  // `all`, `auto` and the like name none.
  return names.every(
    (name) => name !== undefined && (name.includes('.') || !/^(?:all|auto|none)$/i.test(name)),
  )
    ? names.filter((name) => name !== undefined)
    : []
}

/** `module.Class` of a probe or detector, without the prefix that versions before 0.11 write. */
export function pluginOf(name: unknown): string | undefined {
  return nameOf(nameOf(name)?.replace(/^(?:garak\.)?(?:probes?|detectors?)\./, ''))
}

/** Probes and modules that were to be run and that nothing was evaluated of, in words; undefined where there are none. */
export function untried(wanted: readonly string[], evaluated: ReadonlySet<string>): string | undefined {
  const modules = new Set([...evaluated].map((probe) => probe.split('.')[0]))
  const left = wanted.filter((name) => !evaluated.has(name) && !modules.has(name))
  const [first] = left
  return left.length < 2 ? first : `${first} and ${left.length - 1} more of the probes`
}

/** One probe and detector of a digest. */
export type Digested = {
  readonly keys: Keys
  readonly probe: string
  readonly detector: string
  readonly fields: Fields
}

/** Those of `eval.<group>.<probe>.<detector>`; a taxonomy puts one probe into several groups. */
export function digestedOf(evaluated: Fields): readonly Digested[] {
  return Object.keys(evaluated).flatMap((group) =>
    Object.keys(fieldsAt(evaluated, group)).flatMap((name) => {
      const row = fieldsAt(fieldsAt(evaluated, group), name)
      return Object.entries(row).flatMap(([key, fields]) => {
        const [probe, detector] = [pluginOf(name), pluginOf(key)]
        if (key === '_summary' || probe === undefined || detector === undefined || !isFields(fields))
          return []
        return [{ keys: ['eval', group, name, key], probe, detector, fields }]
      })
    }),
  )
}
