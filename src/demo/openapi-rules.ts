/** What GitHub asks of a request beyond its schema: documented in words only, or counted in bytes. */
export function rulesBeyondSchema(operation: string, body: unknown): readonly string[] {
  if (operation === 'actions/review-custom-gates-for-run')
    return longerThan(fields(body).comment, 1024, 'comment')
  if (operation === 'repos/create-deployment-status')
    return longerThan(fields(body).description, 140, 'description')
  if (operation !== 'checks/create' && operation !== 'checks/update') return []
  const run = fields(body)
  const output = fields(run.output)
  const annotations = Array.isArray(output.annotations) ? output.annotations.map(fields) : []
  return [
    ...whenConcluded(run),
    ...longerThan(output.summary, 65_535, 'output.summary'),
    ...longerThan(output.text, 65_535, 'output.text'),
    ...annotations.flatMap((annotation, index) =>
      annotationFaults(annotation, `output.annotations.${index}`),
    ),
  ]
}

function whenConcluded(run: Fields): readonly string[] {
  if (run.conclusion === 'stale') return ['only GitHub concludes with stale']
  if (run.conclusion !== undefined) return []
  if (run.status === 'completed') return ['a completed check run needs a conclusion']
  return run.completed_at === undefined ? [] : ['a check run with completed_at needs a conclusion']
}

function annotationFaults(annotation: Fields, where: string): readonly string[] {
  const { start_line: start, end_line: end } = annotation
  const ordered = typeof start !== 'number' || typeof end !== 'number' || (start >= 1 && start <= end)
  const column = annotation.start_column !== undefined || annotation.end_column !== undefined
  return [
    ...(ordered ? [] : [`${where}: lines count from 1 and end_line is not before start_line`]),
    ...(column && start !== end ? [`${where}: columns are for annotations of a single line`] : []),
    ...longerThan(annotation.message, 65_536, `${where}.message`),
    ...longerThan(annotation.raw_details, 65_536, `${where}.raw_details`),
    ...(typeof annotation.title === 'string' && annotation.title.length > 255
      ? [`${where}.title is longer than 255 characters`]
      : []),
  ]
}

function longerThan(text: unknown, bytes: number, where: string): readonly string[] {
  return typeof text === 'string' && Buffer.byteLength(text) > bytes
    ? [`${where} is longer than ${bytes} bytes`]
    : []
}

type Fields = Readonly<Record<string, unknown>>

function fields(value: unknown): Fields {
  // Any object is a record of unknown values.
  return typeof value === 'object' && value !== null ? (value as Fields) : {}
}
