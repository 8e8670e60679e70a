import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parseCriteria } from '../../src/criteria/criteria.ts'
import { demoWeights } from '../../src/demo/files.ts'
import { parseYaml } from '../../src/text/yaml.ts'
import { rowsFor, tableOf } from '../support/numbers-asked.ts'
import { gonogo, localRepository } from './clone.ts'

const CRITERIA = '.gonogo/criteria/s.yml'
const MANIFEST = 'models/s/release.yml'

test.each<readonly [string, readonly string[]]>([
  ['no trait', []],
  ['tabular and personal data', ['tabular', 'personal-data']],
  ['text and personal data', ['text', 'personal-data']],
  ['vision and personal data', ['vision', 'personal-data']],
  ['generative', ['generative']],
])('what init writes at low risk, merged unchanged, comes to go: %s', async (_, traits) => {
  const { folder, git, commit, remove } = localRepository()
  try {
    await gonogo(folder, ['init', 's', '--risk', 'low', ...traits.flatMap((trait) => ['--trait', trait])])
    commit('Criteria', {})
    const training = commit('Train', { 'train.py': 'fit()\n' })
    git('checkout', '--quiet', '-b', 'release')
    const text = readFileSync(join(folder, CRITERIA), 'utf8')
    const asked = parseCriteria(parseYaml(text, CRITERIA), CRITERIA).criteria?.criteria ?? []
    const rows = asked.flatMap((one) => (one.check === 'metric' ? rowsFor(one) : []))
    commit('Results', {
      'models/s/model.safetensors': demoWeights(1).bytes,
      'models/s/metrics.csv': tableOf(rows),
      [MANIFEST]: `gonogo: 1\nmodel: s\nversion: 1.0.0\ntraining: { commit: ${training} }\n`,
    })
    expect(await gonogo(folder, ['manifest', '--from', 'models/s', '--write'])).toMatchObject({ code: 0 })
    commit('Release', {})

    const { code, out } = await gonogo(folder, ['check', '--base', 'main'])

    expect([code, out.split('\n')[0]]).toEqual([
      0,
      expect.stringMatching(/^go: s 1\.0\.0 meets (all|the one) /),
    ])
  } finally {
    remove()
  }
})
