import { z } from 'zod'
import { WRITTEN_KINDS } from '../core/records/kinds.ts'
import { Criteria } from '../criteria/criteria.ts'
import { Floor } from '../criteria/floor.ts'
import { Manifest } from '../criteria/manifest.ts'
import { recordSchema } from '../readers/record-schema.ts'
import { TrainingRecord } from '../readers/training-record.ts'
import { clean } from '../render/clean.ts'
import { EXIT, UsageError, type World } from './world.ts'

export const SCHEMAS: Readonly<Record<string, { readonly schema: z.ZodType; readonly title: string }>> = {
  criteria: { schema: Criteria, title: 'gonogo criteria: .gonogo/criteria/<model>.yml' },
  floor: { schema: Floor, title: "gonogo floor: .gonogo/floor.yml in the organisation's .github repository" },
  manifest: { schema: Manifest, title: 'gonogo release manifest: models/<model>/release.yml' },
  record: {
    schema: z.discriminatedUnion('record', [TrainingRecord, ...WRITTEN_KINDS.map(recordSchema)]),
    title: 'gonogo record, of any kind',
  },
}

/** `gonogo schema NAME`: the JSON Schema made from the definition that parses the file. */
export function schema(world: World, name: string): number {
  const known = Object.hasOwn(SCHEMAS, name) ? SCHEMAS[name] : undefined
  if (known === undefined)
    throw new UsageError(`there is no schema ${clean(name)}; there are ${Object.keys(SCHEMAS).join(', ')}`)
  const json = {
    ...z.toJSONSchema(known.schema, { io: 'input', unrepresentable: 'any' }),
    title: known.title,
  }
  world.stdout.write(`${JSON.stringify(json, null, 2)}\n`)
  return EXIT.go
}
