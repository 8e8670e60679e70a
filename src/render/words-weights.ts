import type { ModelVerdict } from '../core/verdict.ts'
import type {
  PickleFlaw,
  SafetensorsFlaw,
  UnreadWhy,
  WeightFault,
  WeightFormat,
  WeightFormatName,
} from '../core/weight-format.ts'
import { count } from './numbers.ts'
import { names, quoted, type Sentence, sentence } from './sentence.ts'
import type { FaultWords } from './words-table.ts'

/** The words for what is wrong with weights by their bytes. */
export const WEIGHT_WORDS: FaultWords<WeightFault> = {
  weights_contradict: ({ file, is, wanted }) => ({
    says:
      is === undefined
        ? sentence`${quoted(file)} is in no format that its name promises, and in none that gonogo knows`
        : sentence`${quoted(file)} is ${[FORMATS[is]]} by its bytes, and its name promises ${[wanted.map((one) => FORMATS[one]).join(' or ')]}`,
    next: sentence`commit the weights in the format that their name promises; a scanner that goes by the name looks past any other`,
  }),
  weights_malformed: ({ file, flaw, at }) => ({
    says: sentence`${quoted(file)} is no valid safetensors file: ${[SAFETENSORS[flaw]]}${at === undefined ? [] : sentence` (tensor ${quoted(at)})`}`,
    next: sentence`write the weights again with the safetensors library, evaluate them, and commit the whole file`,
  }),
  weights_pickle: ({ file, flaw, at, entry }) => ({
    says: sentence`what loading ${quoted(file)} would call cannot be told: ${[PICKLES[flaw]]}${placeInWords(at, entry)}`,
    next: sentence`commit the weights as safetensors, or as their library wrote them, with nothing changed`,
  }),
  weights_names: ({ file, names: found, more }) => ({
    says: sentence`loading ${quoted(file)} imports what is not allowed: ${names(found, 20, more)}`,
    next: sentence`commit the weights as safetensors, which run no code; or have the organisation list the names in the floor under ${quoted('trusted: { pickle: … }')}`,
  }),
}

function placeInWords(at: number | undefined, entry: string | undefined): Sentence {
  const where = entry === undefined ? [] : sentence` in ${quoted(entry)}`
  return at === undefined ? where : sentence`${where} at byte ${[count(at)]}`
}

/** How a sentence calls each format. */
export const FORMATS: { readonly [F in WeightFormatName]: string } = {
  safetensors: 'safetensors',
  pickle: 'a pickle',
  joblib: 'a pickle of joblib with arrays in it',
  torch: 'an archive of PyTorch',
  'torch-legacy': 'a pickle of old PyTorch',
  npz: 'an archive of NumPy',
  npy: 'an array of NumPy',
  keras: 'an archive of Keras',
  zip: 'a ZIP',
  hdf5: 'HDF5',
  gguf: 'GGUF',
  onnx: 'ONNX',
  tflite: 'TensorFlow Lite',
  catboost: 'CatBoost',
  protobuf: 'a protobuf message',
  tar: 'a tar archive',
  '7z': 'a 7z archive',
  compressed: 'compressed',
}

const SAFETENSORS: { readonly [F in SafetensorsFlaw]: string } = {
  too_short: 'it ends before its header does',
  header_too_long: 'its header is longer than 100 MB',
  header_begins: 'its header does not begin as a JSON object',
  header_json: 'its header is no JSON object with each key once',
  metadata: 'its metadata are not texts by name',
  tensor: 'a tensor has not exactly dtype, shape and data_offsets',
  dtype: 'a tensor has an unknown dtype',
  shape: 'a tensor has no proper shape',
  offsets: 'a tensor has no proper offsets',
  size: 'the shape of a tensor needs another number of bytes than it has',
  hole: 'its tensors do not follow each other without holes and overlaps',
  length: 'its tensors do not end where the file does',
}

const PICKLES: { readonly [F in PickleFlaw]: string } = {
  opcode: 'a byte that is no opcode',
  cut_off: 'it is cut off',
  stack: 'it takes what is not there',
  memo: 'it refers to what it never kept',
  name_computed: 'it computes the name of what it imports',
  call_computed: 'it calls what an earlier call returned',
  extension: 'it imports by a number of the extension registry',
  too_long: 'it is made to wear a reader out',
  too_many_names: 'it imports more than 1,000 names',
  bytes_after: 'bytes follow behind its end',
  two_lists: 'its list of entries is not the only one that a reader may find, or a comment stands behind it',
  entry_names: 'two parts of the archive have one name, or one has a name that not every reader reads alike',
  two_formats: 'it is a file of another format too, which some readers open in its place',
  configuration: 'its configuration is no JSON with each key once and a class for each object',
  stream: 'it is a compressed stream that is cut off, was changed, or has something else behind it',
  entry_unreadable: 'a part of the archive cannot be read, or stands there twice',
}

/** Of formats that may hold code: what was not looked at, and what to do. */
const PARTLY: { readonly [F in WeightFormatName]?: string } = {
  hdf5: 'where a layer may be code, and which is not read: save the model as .keras, or its weights as safetensors',
  keras:
    'with more in it than layers and their arrays: save it without assets, or its weights as safetensors',
}

/** What a file is as weights by its bytes, in a few words. */
export function readWeightsWords(weights: WeightFormat): string {
  if (weights.kind === 'not_read') return 'weights that are not read'
  const { format, whole, faults } = weights
  if (format === undefined) return 'weights by name alone'
  if (format === 'compressed') return packedWords(weights)
  if (whole || faults.length > 0) return `weights: ${FORMATS[format]}`
  return `weights: ${FORMATS[format]}, ${PARTLY[format] ?? 'of which only the beginning is looked at'}`
}

function packedWords({ of, unread, whole, faults }: Extract<WeightFormat, { kind: 'read' }>): string {
  const what = of === undefined ? '' : `, ${FORMATS[of]} in it`
  if (whole || faults.length > 0) return `weights: compressed${what}`
  return `weights: compressed${what}; ${UNREAD[unread ?? 'within']}: ${AS_READ}`
}

/** Why nobody looked, or not to the end, into what is compressed. */
const UNREAD: { readonly [W in UnreadWhy]: string } = {
  method: 'gonogo looks into no compression but gzip and zlib',
  too_large: 'it holds more than 64 MB, of which nothing is looked at',
  nested: 'what it holds is compressed once more, which is not looked into',
  within: 'what it holds is not known as a whole',
}

const AS_READ =
  'release them as safetensors, or uncompressed or compressed once by gzip or zlib, at most 64 MB as they are loaded'

/** Of compressed weights that nobody looked into, or not to the end: no problem, and no proof either. */
export function unreadSentences({
  weights,
  loaded = [],
}: Pick<ModelVerdict, 'weights' | 'loaded'>): readonly Sentence[] {
  return [...weights, ...loaded].flatMap(({ name, format }) =>
    format?.kind === 'read' && format.unread !== undefined
      ? [
          sentence`${quoted(name)} is compressed, and nobody knows what loading it calls: ${[UNREAD[format.unread]]} → ${[AS_READ]}`,
        ]
      : format?.kind === 'not_read' && format.why === 'too_large'
        ? [
            sentence`${quoted(name)} is too large to be looked into, so that nobody knows what loading it calls → release it as safetensors, of which the header is enough`,
          ]
        : [],
  )
}

/** Said beside a file that is weights, where evidence was looked for. */
export const WEIGHTS_NAMED = sentence`weights are no evidence: name them with their sha256 under ${quoted('weights:')} of the manifest`
