/** What data may be called by a path: `data/train-2026.csv.gz` is what a manifest calls `train-2026`, and the whole path is too. */
export function formsOf(written: string): readonly string[] {
  const last = written.split('/').findLast((part) => part !== '') ?? written
  const forms = [written, last, last.replace(/(?<=[^.])(?:\.[A-Za-z][A-Za-z0-9]{0,7}){1,2}$/, '')]
  return forms.map((form) => form.toLowerCase())
}
