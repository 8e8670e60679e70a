import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readEvidence } from '../../src/readers/index.ts'

const SAMPLES = new URL('../../../shared/samples/', import.meta.url)

function read(path: string) {
  return readEvidence(readFileSync(new URL(path, SAMPLES)), path, 'f00d')
}

function filesIn(folder: string): readonly string[] {
  const url = new URL(`${folder}/`, SAMPLES)
  return existsSync(url) ? readdirSync(url).map((name) => `${folder}/${name}`) : []
}

describe.skipIf(!existsSync(SAMPLES))('files that tools wrote', () => {
  test.each(filesIn('lm_eval'))('%s', (path) => {
    const { format, reading } = read(path)

    if (path.endsWith('.jsonl')) expect(reading.problems.map(({ code }) => code)).toEqual(['unknown_format'])
    else {
      expect(format).toBe('lm-eval')
      expect(reading.measurements.length).toBeGreaterThan(0)
      expect(reading.problems).toEqual([])
    }
  })

  test.each([
    ['piqa', 1838],
    ['winogrande', 1267],
    ['arc_easy', 2376],
    ['arc_challenge', 1172],
    ['lambada_openai', 5153],
    ['sciq', 1000],
    ['wsc', 104],
  ])('%s has %d samples', (task, samples) => {
    const found = [
      'lm_eval/v0.2-pythia-v0-410m-step71500-gptneox.json',
      'lm_eval/v0.3-pythia-12b-step1000-zeroshot.json',
    ]
      .flatMap((path) => read(path).reading.measurements)
      .filter(({ labels, metric }) => labels.task === task && metric === 'accuracy')

    expect(found.length).toBeGreaterThan(0)
    for (const measurement of found) expect(measurement).toMatchObject({ samples, recovered: true })
  })

  test.each([...filesIn('model-cards'), ...filesIn('hf_model_card')].filter((path) => path.endsWith('.md')))(
    '%s is a document',
    (path) => {
      expect(read(path).reading.records[0]).toMatchObject({ kind: 'document' })
    },
  )
})
