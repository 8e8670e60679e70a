import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { LockedError, lockFolder } from '../../src/ledger/folder-lock.ts'
import { type Child, startChild } from './processes.ts'

let folder: string
const children: Child[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gonogo-lock-'))
})
afterEach(async () => {
  await Promise.all(children.splice(0).map((child) => child.kill()))
  await rm(folder, { recursive: true, force: true })
})

async function start(): Promise<Child> {
  const child = await startChild('lock', folder)
  children.push(child)
  return child
}

const note = () => join(folder, 'gonogo.holder.json')

test('a folder is free again once it is released, however often', async () => {
  const lock = await lockFolder(folder)
  await Promise.all([lock.release(), lock.release()])
  await lock.release()

  const again = await lockFolder(folder)
  // A holder of before can't let go of what another one has now.
  await lock.release()
  await expect(lockFolder(folder)).rejects.toThrow(LockedError)
  await again.release()
})

test('the same process does not get a folder twice', async () => {
  const lock = await lockFolder(folder)

  await expect(lockFolder(folder)).rejects.toThrow(
    `${folder} is in use by process ${process.pid} on ${hostname()}; stop it, or set DATABASE_URL`,
  )
  // Nor after it was refused once.
  await expect(lockFolder(folder)).rejects.toThrow(LockedError)
  await lock.release()
})

test('a process that runs holds it, and one that was killed does not, from that moment on', async () => {
  const child = await start()
  child.go()
  expect(await child.says()).toBe('held')
  await expect(lockFolder(folder)).rejects.toThrow(`in use by process ${child.pid} on ${hostname()}`)

  await child.kill()

  await (await lockFolder(folder)).release()
})

test('of many that find the lock of a dead one at once, one gets it', async () => {
  const dead = await start()
  dead.go()
  expect(await dead.says()).toBe('held')
  await dead.kill()
  const racers = await Promise.all([start(), start(), start(), start()])

  for (const racer of racers) racer.go()
  const said = await Promise.all(racers.map((racer) => racer.says()))

  expect(said.toSorted()).toEqual(['held', 'refused', 'refused', 'refused'])
})

test('an earlier life of this container, with our own process number, holds nothing', async () => {
  const lock = await lockFolder(folder)
  const ours = await readFile(note(), 'utf8')
  await lock.release()
  await writeFile(note(), ours)

  await (await lockFolder(folder)).release()
})

test('another host holds it until it was silent for long', async () => {
  await writeFile(note(), JSON.stringify({ pid: 1, host: 'elsewhere', kernel: 'another' }))
  await expect(lockFolder(folder)).rejects.toThrow('in use by process 1 on elsewhere')
  await utimes(note(), new Date(), new Date(Date.now() - 20_000))
  await expect(lockFolder(folder)).rejects.toThrow('in use by process 1 on elsewhere')

  await utimes(note(), new Date(), new Date(Date.now() - 31_000))

  const lock = await lockFolder(folder)
  expect(JSON.parse(await readFile(note(), 'utf8'))).toMatchObject({ pid: process.pid, host: hostname() })
  await lock.release()
})

test.each(['', '{', '{"pid":"x"}'])('a note that says %j is nobody’s', async (text) => {
  await writeFile(note(), text)

  await (await lockFolder(folder)).release()
  expect(await readdir(folder)).toEqual(['gonogo.lock'])
})

test('a folder that is not there is not locked', async () => {
  await expect(lockFolder(join(folder, 'nowhere'))).rejects.not.toThrow(LockedError)
})
