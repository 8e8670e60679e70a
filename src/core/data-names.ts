const ENDING = /(?<=[^.])(?:\.[A-Za-z][A-Za-z0-9]{0,7}){1,2}$/

/** What data may be called by a path: `data/train-2026.csv.gz` is what a manifest calls `train-2026`, and the whole path is too. */
export function formsOf(written: string): readonly string[] {
  const last = lastOf(written)
  const forms = [written, last, last.replace(ENDING, '')]
  return forms.map((form) => form.toLowerCase())
}

const TEXTS = ['csv', 'tsv', 'txt', 'json', 'jsonl', 'ndjson', 'xml', 'yaml', 'yml', 'md', 'html', 'sql']
const BYTES = [
  ...[
    'parquet',
    'arrow',
    'feather',
    'avro',
    'orc',
    'npy',
    'npz',
    'h5',
    'hdf5',
    'pkl',
    'pickle',
    'xlsx',
    'xls',
  ],
  ...[
    'db',
    'sqlite',
    'duckdb',
    'tfrecord',
    'safetensors',
    'bin',
    'pt',
    'gz',
    'tgz',
    'bz2',
    'xz',
    'zst',
    'zip',
  ],
  ...['tar', 'rar', 'png', 'jpg', 'jpeg', 'wav', 'mp3', 'flac', 'mp4', 'pdf'],
]

/** Whether a path is called as a file is that has no lines. */
export function isOfBytes(path: string): boolean {
  return BYTES.includes(path.split('.').at(-1)?.toLowerCase() ?? '')
}

/** What names say of data beside what they are called. */
export type Shape = {
  readonly endings: readonly string[]
  /** From the root of some tree of folders, with a slash before; and the last part. */
  readonly paths: readonly { readonly whole: string; readonly last: string }[]
}

/** The endings and the folders of all names of data. */
export function shapeOf(names: readonly string[]): Shape {
  return {
    endings: names.flatMap(endingOf),
    paths: names.filter(isPath).map((one) => ({
      whole: `/${one.replace(/^(?:\.{0,2}\/)+/, '')}`,
      last: lastOf(one),
    })),
  }
}

/**
 * Whether data of two files that go by one name can be the same: a table as text and as Parquet can't, nor can files of
 * one name in two folders, such as `raw/train.csv` and `prepared/train.csv`.
 */
export function mayBeOne(one: Shape, other: Shape): boolean {
  const isOtherKind =
    one.endings.length > 0 &&
    other.endings.length > 0 &&
    !one.endings.some((ending) => other.endings.includes(ending))
  if (isOtherKind) return false
  const pairs = one.paths.flatMap((path) =>
    other.paths.filter(({ last }) => last === path.last).map(({ whole }) => [path.whole, whole] as const),
  )
  return pairs.length === 0 || pairs.some(([a, b]) => a.endsWith(b) || b.endsWith(a))
}

/** What a file of data is called at its end: `.csv.gz`; a name such as `acme.reviews` has none. */
function endingOf(written: string): readonly string[] {
  const ending = ENDING.exec(lastOf(written))?.[0].toLowerCase()
  const last = ending?.split('.').at(-1) ?? ''
  return ending !== undefined && [...TEXTS, ...BYTES].includes(last) ? [ending] : []
}

/** A path in some tree of folders; an address is of a place that nobody knows from here. */
function isPath(written: string): boolean {
  return written.includes('/') && !written.includes(':')
}

function lastOf(path: string): string {
  return path.split('/').findLast((part) => part !== '') ?? path
}
