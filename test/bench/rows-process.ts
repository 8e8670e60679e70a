import { intervalOf } from '../../src/checks/interval.ts'
import type { RowsPlan } from '../../src/sources/rows/plan.ts'
import { readRows } from '../../src/sources/rows/read.ts'

// `node rows-process.ts FILE with|without|calibrated`: counts the rows of one file, and prints what that took as JSON.
const [file = '', areas] = process.argv.slice(2)
const plan: RowsPlan = {
  ...{ dataset: 'bench', label: 'y', prediction: 'yhat', groups: ['team'], values: {}, confidence: 0.975 },
  ...(areas !== 'without' && { score: 'p' }),
  ...(areas === 'with' && { uncalibrated: true }),
}
const start = performance.now()
const { reading } = await readRows({ file }, plan, { path: 'bench', sha: '' })
const shown = reading.measurements.filter(
  (one) => one.unit === 'fraction' && intervalOf(one, { own: 1, whole: 1 }).kind === 'formed',
)
const ms = performance.now() - start
const [problem] = reading.problems
if (problem !== undefined) throw new Error(JSON.stringify(problem))
const area = reading.measurements.find(({ metric, within }) => metric === 'roc_auc' && within === undefined)
console.log(
  JSON.stringify({
    ...{ ms, shown: shown.length, megabytes: process.resourceUsage().maxRSS / 1024 },
    ...(area && { area: area.value }),
  }),
)
