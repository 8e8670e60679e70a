import { test } from 'vitest'
import { aFolder } from './databases.ts'
import { fewKills } from './few.ts'

test(
  'nothing that was answered is lost on a folder, though the process is killed a few times',
  () => fewKills(aFolder, 1),
  120_000,
)
