import type { Relation } from './base-model.ts'
import type { Source } from './measurement.ts'

/** What files that are published with a model say of where it comes from. */
export type LineageRecord =
  /** `adapter_config.json` as PEFT writes it beside the weights of an adapter; or what a run evaluated an adapter on. */
  | {
      readonly kind: 'adapter'
      /** LORA, IA3, PREFIX_TUNING ... */
      readonly type: string
      /** Hub name, or a path on the machine that trained it. */
      readonly base?: string
      readonly revision?: string
      readonly source: Source
    }
  /** The front matter of a card of Hugging Face. */
  | {
      readonly kind: 'card'
      /** `license`; of `other` what `license_name` calls it. */
      readonly licence?: string
      /** `base_model`, one or a list. */
      readonly bases: readonly string[]
      /** `base_model_relation`, as far as it is one of the known words. */
      readonly relation?: Relation
      readonly datasets: readonly string[]
      readonly source: Source
    }
