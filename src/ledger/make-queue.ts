import type { PgBoss, Queue } from 'pg-boss'

/** What a queue always has: pg-boss takes no other policy for one that is there. */
type Lasting = Pick<Queue, 'policy' | 'notify' | 'deadLetter'>
type Changing = Omit<Queue, 'name' | 'partition' | keyof Lasting>

/** Makes a queue, or brings one that another version made up to date. */
export async function makeQueue(
  boss: PgBoss,
  name: string,
  lasting: Lasting,
  changing: Changing,
): Promise<void> {
  await boss.createQueue(name, { ...lasting, ...changing })
  await boss.updateQueue(name, changing)
}
