import { type Fields, fieldsAt, isFields, isNumber } from './narrow.ts'
import { timeText } from './times.ts'

/** What a results file says of the run as a whole. */
export type Run = {
  readonly tool: string
  readonly model?: string
  readonly at?: string
  readonly revision?: string
}

/** The first of these names the model, by `_get_model_name` of `lm_eval/loggers/evaluation_tracker.py`. */
const NAMING = ['peft', 'delta', 'pretrained', 'model', 'path', 'engine']

/** The two names that a run gives its model, where its arguments have another than it is filed under. */
export function otherModel(file: Fields): readonly [named: string, loaded: string] | undefined {
  const args = argumentsOf(fieldsAt(file, 'config').model_args)
  const loaded = firstText(NAMING.map((key) => args[key]))
  const named = firstText([file.model_name])
  if (named === undefined || loaded === undefined) return undefined
  // It may have been loaded from a folder of the hub's id; a name alone would be of any owner.
  const isSame = named === loaded || (named.includes('/') && loaded.endsWith(`/${named}`))
  return isSame ? undefined : [named, loaded]
}

/** Tool, model, revision and time of a run, in any generation of the harness. */
export function runOf(file: Fields): Run {
  const config = fieldsAt(file, 'config')
  const args = argumentsOf(config.model_args)
  // Of an adapter `pretrained`, `revision` and `model_sha` are its base, and no model that was evaluated.
  const adapter = firstText([args.peft, args.delta])
  const model = firstText([file.model_name, adapter, args.pretrained])
  const revision = firstText(
    adapter === undefined
      ? [config.model_sha, args.revision, config.model_revision]
      : [config.peft_sha, config.delta_sha],
  )
  const at = isoOf(file.date) ?? timeText(file.date)
  return {
    tool: typeof file.lm_eval_version === 'string' ? `lm-eval ${file.lm_eval_version}` : 'lm-eval',
    ...(model === undefined ? {} : { model }),
    ...(revision === undefined ? {} : { revision }),
    ...(at === undefined ? {} : { at }),
  }
}

/** The base on which an adapter of PEFT was evaluated, as far as the run names it: whatever adapter it is. */
export function evaluatedOn(
  file: Fields,
): { readonly base?: string; readonly revision?: string } | undefined {
  const config = fieldsAt(file, 'config')
  const { peft, pretrained, revision: asked } = argumentsOf(config.model_args)
  if (firstText([peft]) === undefined) return undefined
  const [base, revision] = [firstText([pretrained]), firstText([config.model_sha, asked])]
  return {
    ...(base !== undefined && { base: base.slice(0, 300) }),
    ...(revision !== undefined && { revision: revision.slice(0, 300) }),
  }
}

function firstText(values: readonly unknown[]): string | undefined {
  return values.flatMap((value) => (typeof value === 'string' && value !== '' ? [value] : []))[0]
}

/** `pretrained=X,revision=Y`, or the map that 0.4.9 also takes; gpt-neox puts its whole configuration here. */
function argumentsOf(value: unknown): Fields {
  if (typeof value !== 'string') return isFields(value) ? value : {}
  const pairs = value.split(',').map((pair) => pair.trim().split('='))
  return Object.fromEntries(pairs.map(([name = '', ...rest]) => [name, rest.join('=')]))
}

function isoOf(epoch: unknown): string | undefined {
  // Seconds; past the year 2100 it is no date but a mistake.
  return isNumber(epoch) && epoch > 0 && epoch < 4_102_444_800
    ? new Date(epoch * 1000).toISOString()
    : undefined
}
