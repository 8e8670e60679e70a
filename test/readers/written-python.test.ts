import { expect, test } from 'vitest'
import { requiredBy } from '../../src/readers/requirements.ts'
import { pythonOf } from '../../src/readers/written-python.ts'

test.each<[unknown, string | undefined]>([
  [{ python: '2.7' }, '2.7'],
  [{ Python: 'Python 3.12.4' }, '3.12.4'],
  [{ python_version: 'CPython-3.12' }, '3.12'],
  [{ python: '==3.12.4' }, '3.12.4'],
  [{ python: 'v3.12.4 of conda-forge' }, '3.12.4'],
  [{ python: 'the newest' }, undefined],
  [{ python: null }, undefined],
  [{ pythonic: '2.7' }, undefined],
  ['python 2.7', undefined],
  [undefined, undefined],
])('the Python of %j', (environment, python) => {
  expect(pythonOf(environment).python).toBe(python)
})

test('the digests of a requirement are kept as they begin, all of them or none', () => {
  const hex = (index: number) => index.toString(16).padStart(4, '7c41').padEnd(64, '0e93b5d2')
  const packageOf = (...hashes: readonly string[]) => {
    const required = requiredBy(`a==1 ${hashes.map((hash) => `--hash=${hash}`).join(' ')}`)
    return required?.kind === 'package' ? required.package : undefined
  }
  const many = (count: number) => Array.from({ length: count }, (_, index) => `sha256:${hex(index)}`)

  expect(packageOf(`sha256:${hex(1)}`, `sha256:${hex(2)}`)?.sums).toEqual([
    hex(1).slice(0, 20),
    hex(2).slice(0, 20),
  ])
  expect(packageOf(...many(200))?.sums).toHaveLength(200)
  expect(packageOf(...many(201))).toEqual({ written: 'a==1', hashed: true })
  expect(packageOf(`sha256:${hex(1)}`, `sha512:${hex(1)}${hex(2)}`)).not.toHaveProperty('sums')
})
