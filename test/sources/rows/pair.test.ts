import { describe, expect, test } from 'vitest'
import type { Paired } from '../../../src/core/paired.ts'
import { type PairedFile, pairRows } from '../../../src/sources/rows/pair.ts'
import { readRows } from '../../../src/sources/rows/read.ts'
import { clusterEstimate } from '../../../src/statistics/clusters.ts'
import { delongPaired } from '../../statistics/delong.ts'
import { random } from '../../statistics/independent.ts'

type Sample = {
  readonly id: string
  readonly y: string
  readonly own: readonly [answer: string, score: number]
  readonly other: readonly [answer: string, score: number]
  readonly sex: string
  readonly who: string
}

/** 200 samples by 60 people, of which two models answer some alike. */
const SAMPLES: readonly Sample[] = (() => {
  const next = random(5)
  return Array.from({ length: 200 }, (_, index): Sample => {
    const y = next() < 0.4 ? '1' : '0'
    const shared = next()
    const score = () => Math.floor(20 * (0.3 * Number(y) + 0.4 * shared + 0.3 * next())) / 20
    const [own, other] = [score(), score()]
    const answer = (of: number) => (of >= 0.5 ? '1' : '0')
    return {
      ...{ id: `case-${index}`, y, own: [answer(own), own], other: [answer(other), other] },
      ...{ sex: next() < 0.5 ? 'F' : 'M', who: `p${Math.floor(next() * 60)}` },
    }
  })
})()

const csv = (samples: readonly Sample[], side: 'own' | 'other', turned = false) => {
  const lines = samples.map((one) => [one.id, one.y, ...one[side], one.sex, one.who].join(','))
  return `id,y,yhat,p,sex,who\n${(turned ? lines.toReversed() : lines).join('\n')}\n`
}

const PLAN: PairedFile['plan'] = {
  ...{ dataset: 'holdout', label: 'y', prediction: 'yhat', score: 'p', id: 'id', positive: '1' },
  ...{ threshold: 0.5, groups: [], values: {}, confidence: 0.975 },
}
const file = (path: string, text: string, plan: Partial<PairedFile['plan']> = {}): PairedFile => ({
  ...{ content: new TextEncoder().encode(text), path, sha: path.repeat(3), plan: { ...PLAN, ...plan } },
})
/** The base's rows stand in another order. */
const pair = (
  own: string = csv(SAMPLES, 'own'),
  other: string = csv(SAMPLES, 'other', true),
  plan: Partial<PairedFile['plan']> = {},
  there = plan,
) => pairRows(file('own.csv', own, plan), file('base.csv', other, there))

const at = (figures: readonly Paired[] | undefined, pointer: string) =>
  figures?.find((one) => one.pointer === pointer)
const fourfold = (among: readonly Sample[], has: (sample: Sample, answer: string) => boolean) => {
  const all = among.map((one) => [has(one, one.own[0]), has(one, one.other[0])] as const)
  const of = (a: boolean, b: boolean) => all.filter(([one, other]) => one === a && other === b).length
  return {
    ...{ both: of(true, true), onlyOne: of(true, false) },
    ...{ onlyOther: of(false, true), neither: of(false, false) },
  }
}
const POSITIVES = SAMPLES.filter(({ y }) => y === '1')
const NEGATIVES = SAMPLES.filter(({ y }) => y === '0')

describe('rows of two models, found by the name of the sample', () => {
  test('whatever their order, come to the fourfold table of each rate whose denominator they share', async () => {
    const { pairs, problems } = await pair()
    const figures = pairs[0]?.figures

    expect(problems).toEqual([])
    expect(pairs[0]?.against).toEqual({ path: 'base.csv', sha: 'base.csv'.repeat(3) })
    expect(figures?.map(({ pointer }) => pointer)).toEqual([
      ...['/accuracy/0.5', '/selection_rate/0.5/1', '/recall/0.5/1', '/false_negative_rate/0.5/1'],
      ...['/false_positive_rate/0.5/1', '/true_negative_rate/0.5/1', '/roc_auc/1'],
    ])
    expect(at(figures, '/accuracy/0.5')).toMatchObject(fourfold(SAMPLES, ({ y }, answer) => answer === y))
    expect(at(figures, '/selection_rate/0.5/1')).toMatchObject(
      fourfold(SAMPLES, (_, answer) => answer === '1'),
    )
    expect(at(figures, '/recall/0.5/1')).toMatchObject(fourfold(POSITIVES, (_, answer) => answer === '1'))
    expect(at(figures, '/false_negative_rate/0.5/1')).toMatchObject(
      fourfold(POSITIVES, (_, answer) => answer === '0'),
    )
    expect(at(figures, '/false_positive_rate/0.5/1')).toMatchObject(
      fourfold(NEGATIVES, (_, answer) => answer === '1'),
    )
    expect(at(figures, '/true_negative_rate/0.5/1')).toMatchObject(
      fourfold(NEGATIVES, (_, answer) => answer === '0'),
    )
  })

  test('come to the difference of areas of DeLong, with its ties', async () => {
    const scores = (side: 'own' | 'other') => ({
      positives: POSITIVES.map((one) => one[side][1]),
      negatives: NEGATIVES.map((one) => one[side][1]),
    })
    const expected = delongPaired(scores('own'), scores('other'), 0.95)
    const found = at((await pair()).pairs[0]?.figures, '/roc_auc/1')
    if (!('area' in expected) || found?.kind !== 'area') throw new Error('no area')

    expect(found.difference).toBeCloseTo(expected.area, 12)
    expect(found.stderr).toBeCloseTo(expected.stderr, 12)
    expect(found).toMatchObject({ positives: POSITIVES.length, negatives: NEGATIVES.length })
  })

  test('stand where the same number of the file itself stands, and add up to it, by group too', async () => {
    const groups = { groups: ['sex'] }
    const text = csv(SAMPLES, 'own')
    const { reading } = await readRows(
      new TextEncoder().encode(text),
      { ...PLAN, ...groups },
      { path: 'own.csv', sha: 'a' },
    )
    const figures = (await pair(text, undefined, groups)).pairs[0]?.figures ?? []

    expect(figures.filter(({ pointer }) => pointer.endsWith('/sex=F'))).toHaveLength(6)
    for (const one of figures) {
      const measured = reading.measurements.find(({ source }) => source.pointer === one.pointer)
      expect(measured).toBeDefined()
      if (one.kind === 'rate') {
        expect(one.both + one.onlyOne).toBe(measured?.successes)
        expect(one.both + one.onlyOne + one.onlyOther + one.neither).toBe(measured?.samples)
      }
    }
  })

  test('of a group that only one file divides by, there are none', async () => {
    const { pairs } = await pair(undefined, undefined, { groups: ['sex'] }, { groups: [] })

    expect(pairs[0]?.figures.some(({ pointer }) => pointer.includes('sex='))).toBe(false)
    expect(pairs[0]?.figures).toHaveLength(7)
  })

  test('that belong together vary by their clusters, and no area is compared then', async () => {
    const figures = (await pair(undefined, undefined, { cluster: 'who' }, {})).pairs[0]?.figures
    const clusters = [...Map.groupBy(POSITIVES, ({ who }) => who).values()].map((own) => ({
      sum: own.reduce((all, { own: [a], other: [b] }) => all + Number(a) - Number(b), 0),
      samples: own.length,
    }))
    const recall = at(figures, '/recall/0.5/1')

    expect(recall).toMatchObject({ clustered: { clusters: clusters.length } })
    expect(recall?.kind === 'rate' && recall.clustered?.stderr).toBeCloseTo(
      clusterEstimate(clusters).stderr,
      10,
    )
    expect(figures?.some(({ kind }) => kind === 'area')).toBe(false)
  })

  test('take the clusters of the other file where only that one names them', async () => {
    const own = (await pair(undefined, undefined, { cluster: 'who' }, {})).pairs[0]?.figures
    const other = (await pair(undefined, undefined, {}, { cluster: 'who' })).pairs[0]?.figures

    expect(other).toEqual(own)
  })

  test('of one cluster show nothing', async () => {
    const text = (side: 'own' | 'other') => csv(SAMPLES, side).replace(/,p\d+$/gm, ',p0')

    expect((await pair(text('own'), text('other'), { cluster: 'who' })).pairs[0]?.figures).toEqual([])
  })

  test('may write the same truth in another way', async () => {
    const floats = csv(SAMPLES, 'other').replace(/^(case-\d+),([01]),/gm, '$1,$2.0,')

    expect((await pair(undefined, floats)).pairs[0]?.figures).toEqual((await pair()).pairs[0]?.figures)
  })

  test('of many classes have an accuracy alone', async () => {
    const classes = 'id,y,yhat\na,x,x\nb,y,z\nc,z,z\n'
    const { id: _, ...none } = PLAN
    const { positive: __, threshold: ___, score: ____, ...plan } = { ...none, id: 'id' }
    const of = (path: string, text: string): PairedFile => ({
      ...{ content: new TextEncoder().encode(text), path, sha: path, plan },
    })
    const { pairs } = await pairRows(of('a', classes), of('b', 'id,y,yhat\nc,z,y\nb,y,y\na,x,x\n'))

    expect(pairs[0]?.figures).toEqual([
      { kind: 'rate', pointer: '/accuracy', both: 1, onlyOne: 1, onlyOther: 1, neither: 0 },
    ])
  })

  test('whose columns have hostile names stay data', async () => {
    const name = `i"d' FROM x; DROP TABLE side0; --`
    const written = (text: string) => text.replace('id,', `"${name.replaceAll('"', '""')}",`)
    const { pairs } = await pair(written(csv(SAMPLES, 'own')), written(csv(SAMPLES, 'other')), { id: name })

    expect(pairs[0]?.figures).toEqual((await pair()).pairs[0]?.figures)
  })
})

describe('rows that cannot be laid beside each other', () => {
  const own = csv(SAMPLES, 'own')
  const other = csv(SAMPLES, 'other')
  const line = (text: string, index: number) => text.split('\n')[index] ?? ''
  const without = (text: string, index: number) => text.replace(`${line(text, index)}\n`, '')
  const unpaired = (why: string, named: string, rows: number) => ({
    ...{ path: 'own.csv', code: 'rows_unpaired', why, named, rows, other: 'base.csv' },
  })

  test.each<readonly [string, string, string, object]>([
    ['a sample that only the candidate has', own, without(other, 5), unpaired('only_here', 'id', 1)],
    ['a sample that only the base has', without(without(own, 5), 4), other, unpaired('only_there', 'id', 2)],
    [
      'a sample that is there twice',
      `${own}${line(own, 3)}\n`,
      other,
      { path: 'own.csv', code: 'bad_rows', flaw: 'id_twice', named: 'id', rows: 1 },
    ],
    [
      'a sample that the base has twice',
      own,
      other.replace('case-7,', 'case-8,'),
      { path: 'base.csv', code: 'bad_rows', flaw: 'id_twice', named: 'id', rows: 1 },
    ],
    [
      'a row without a name',
      own.replace('case-7,', ','),
      other,
      { path: 'own.csv', code: 'bad_rows', flaw: 'missing', named: 'id', rows: 1 },
    ],
    [
      'a sample of another truth',
      own,
      other.replace(/^(case-1[01]),([01]),/gm, (_, id, y) => `${id},${1 - Number(y)},`),
      unpaired('differ', 'y', 2),
    ],
    ['a sample of another group', own, other.replace(/,F,(p\d+)$/m, ',M,$1'), unpaired('differ', 'sex', 1)],
    ['a sample of another cluster', own, other.replace(/,p\d+$/m, ',p99'), unpaired('differ', 'who', 1)],
  ])('%s is named, and nothing is paired', async (_, one, two, problem) => {
    const came = await pair(one, two, { groups: ['sex'], cluster: 'who' })

    expect(came.pairs).toEqual([])
    expect(came.problems).toContainEqual(problem)
    // No name of a sample is told: it may be a person's.
    expect(JSON.stringify(came.problems)).not.toContain('case-')
  })

  test('what a file does wrong by itself is its own problem, and said there', async () => {
    expect(await pair(own.replace('id,', 'name,'))).toEqual({ pairs: [], problems: [] })
    expect(await pair(own, 'id,y,yhat,p,sex,who\n')).toEqual({ pairs: [], problems: [] })
  })

  test('rows that take too long are a problem', async () => {
    const { ROWS_LIMITS } = await import('../../../src/sources/rows/engine.ts')
    const came = await pairRows(file('own.csv', own), file('base.csv', other), { ...ROWS_LIMITS, seconds: 0 })

    expect(came).toEqual({
      pairs: [],
      problems: [{ path: 'own.csv', code: 'bad_rows', flaw: 'too_slow' }],
    })
  })
})
