import { test } from 'vitest'
import { aServer } from './databases.ts'
import { fewKills } from './few.ts'

test(
  'nothing that was answered is lost on PostgreSQL with two replicas, though they are killed a few times',
  () => fewKills(aServer, 2),
  120_000,
)
