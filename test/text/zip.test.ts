import { zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { isZip, openZip } from '../../src/text/zip.ts'
import { zip as lying } from '../support/zip.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

test('entries are read by name, one at a time', () => {
  const zip = zipSync({ 'header.json': bytes('{}'), 'samples/1.json': bytes('{"a": 1}') })
  const opened = openZip(zip)

  expect(isZip(zip)).toBe(true)
  expect(opened?.names).toEqual(['header.json', 'samples/1.json'])
  expect(new TextDecoder().decode(opened?.read('samples/1.json'))).toBe('{"a": 1}')
  expect(opened?.read('other.json')).toBeUndefined()
})

test('what unpacks to far more than it takes is not read', () => {
  const opened = openZip(zipSync({ 'bomb.json': new Uint8Array(8 * 1024 * 1024) }))

  expect(opened?.names).toEqual(['bomb.json'])
  expect(opened?.read('bomb.json')).toBeUndefined()
})

test('a name that is there twice, and an archive that is cut off, are not believed', () => {
  const zip = zipSync({ 'header.json': bytes('{"one": 1}'), 'headex.json': bytes('{"two": 2}') })
  const twice = Uint8Array.from(zip)
  const at = (from: number) => Buffer.from(twice).indexOf('headex.json', from)
  for (let found = at(0); found >= 0; found = at(found + 1)) twice.set(bytes('header.json'), found)

  expect(openZip(twice)?.read('header.json')).toBeUndefined()
  expect(openZip(zip.subarray(0, zip.length - 30))).toBeUndefined()
})

test('an end that says that there are more entries than any archive has is not gone through', () => {
  const began = process.cpuUsage()

  expect(openZip(lying([{ name: 'a', content: 'x' }], { zip64: { at: 4 } }))).toBeUndefined()
  const { user, system } = process.cpuUsage(began)
  expect(user + system).toBeLessThan(1_000_000)
})
