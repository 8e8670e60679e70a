import { cpus } from 'node:os'
import { acceptance } from './acceptance.ts'
import { coldStart } from './cold-start.ts'
import { type Row, table } from './measure.ts'
import { scaling } from './replicas.ts'
import { deliveryToVerdict } from './verdict.ts'

/** `npm run bench`: everything, or only what is named. */
const PARTS: Readonly<Record<string, () => Promise<readonly Row[]>>> = {
  acceptance,
  verdict: async () => [await deliveryToVerdict()],
  replicas: scaling,
  check: async () => [await coldStart()],
}

const named = process.argv.slice(2)
const rows: Row[] = []
for (const [name, part] of Object.entries(PARTS))
  if (named.length === 0 || named.includes(name)) rows.push(...(await part()))
console.log(`${cpus().length} cores, Node ${process.versions.node}\n\n${table(rows)}`)
process.exit(0)
