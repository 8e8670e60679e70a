/** Formats of weights, by what their bytes say. */
export const WEIGHT_FORMATS = [
  ...(['safetensors', 'pickle', 'joblib', 'torch', 'torch-legacy', 'npz', 'npy', 'keras'] as const),
  ...(['zip', 'hdf5', 'gguf', 'onnx', 'tflite', 'catboost', 'protobuf', 'tar', '7z', 'compressed'] as const),
] as const
export type WeightFormatName = (typeof WEIGHT_FORMATS)[number]

/** Why a safetensors file is none: what https://github.com/huggingface/safetensors asks of the format. */
export type SafetensorsFlaw =
  | 'too_short'
  | 'header_too_long'
  | 'header_begins'
  | 'header_json'
  | 'metadata'
  | 'tensor'
  | 'dtype'
  | 'shape'
  | 'offsets'
  | 'size'
  | 'hole'
  | 'length'

/** Why nobody can say what a pickle would call: it is then taken to call anything. */
export type PickleFlaw =
  | 'opcode'
  | 'cut_off'
  | 'stack'
  | 'memo'
  | 'name_computed'
  | 'call_computed'
  | 'extension'
  | 'too_long'
  | 'too_many_names'
  | 'bytes_after'
  | 'entry_unreadable'
  | 'stream'
  | 'entry_names'
  | 'two_lists'
  | 'two_formats'
  | 'configuration'

/** What is wrong with weights by their bytes, whoever says what of them. */
export type FormatFault =
  /** The name promises another format; `is` is absent where the bytes are of no format that is known. */
  | {
      readonly fault: 'contradicts_name'
      readonly is?: WeightFormatName
      readonly wanted: readonly WeightFormatName[]
    }
  | { readonly fault: 'safetensors'; readonly flaw: SafetensorsFlaw; readonly at?: string }
  /** `entry`: in an archive. `at`: the offset of the opcode. */
  | { readonly fault: 'pickle'; readonly flaw: PickleFlaw; readonly at?: number; readonly entry?: string }

/** Why nobody looked, or not to the end, into what is compressed. */
export type UnreadWhy =
  /** Packed in another way than by gzip or zlib. */
  | 'method'
  /** It is unpacked to more than is read. */
  | 'too_large'
  /** What it holds is packed once more. */
  | 'nested'
  /** What it holds is not known as a whole. */
  | 'within'

/** Weights by their bytes: what was read where they lie, or why nothing was. */
export type WeightFormat =
  | {
      readonly kind: 'read'
      /** Absent where the bytes are of no format that is known. */
      readonly format?: WeightFormatName
      /** Of what is compressed: the format of what it holds, and why nobody knows that as a whole. */
      readonly of?: WeightFormatName
      readonly unread?: UnreadWhy
      /** All that could run code, or mislead a reader, was looked at: it is known what loading it calls. */
      readonly whole: boolean
      readonly faults: readonly FormatFault[]
      /** What its pickles name, such as `collections.OrderedDict`, in order; none was imported. */
      readonly names: readonly string[]
    }
  | {
      readonly kind: 'not_read'
      /** Git LFS does not have them here, or they are too large. */
      readonly why: 'lfs' | 'too_large'
    }

/** The same as faults of a release, each with the name of its file. */
export type WeightFault =
  | {
      readonly code: 'weights_contradict'
      readonly file: string
      readonly is?: WeightFormatName
      readonly wanted: readonly WeightFormatName[]
    }
  | {
      readonly code: 'weights_malformed'
      readonly file: string
      readonly flaw: SafetensorsFlaw
      /** The tensor. */
      readonly at?: string
    }
  | {
      readonly code: 'weights_pickle'
      readonly file: string
      readonly flaw: PickleFlaw
      readonly at?: number
      readonly entry?: string
    }
  /** Names in pickles that nobody allows, and how many there are beside these. */
  | {
      readonly code: 'weights_names'
      readonly file: string
      readonly names: readonly string[]
      readonly more: number
    }
