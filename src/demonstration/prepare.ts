/**
 * Makes the demonstration ready: the example office and its acts, accounts with printed passwords,
 * and the seeded day. A second start on the same data finds all of it and prints the same.
 */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { hasOffice, importOffice, readOffice } from '../directory/index.js'
import { instantOf } from '../platform/clock.js'
import type { Context } from '../platform/context.js'
import { projectFile } from '../platform/paths.js'
import { importActs } from '../regulation/index.js'
import { makeDemonstrationAccounts, type PrintedAccount } from '../staff/index.js'
import { writeMailboxes } from '../inbox/index.js'
import { demonstrationMailboxes } from './mail/mailboxes.js'
import { seedDay } from './seed.js'
import { clearDay, isSeeded, markSeeded } from './store.js'

/** The day the ordinance was signed: the example's acts are known from then on. */
const signed = instantOf(Temporal.PlainDate.from('2020-05-22'), 7 * 60)

/** Returns the accounts to print. */
export async function prepareDemonstration(context: Context): Promise<readonly PrintedAccount[]> {
  const { office, problems } = readOffice(await readFile(projectFile('offices/leszno.json'), 'utf8'))
  assert(office !== null, `offices/leszno.json: ${JSON.stringify(problems)}`)
  if (!(await hasOffice(context.database))) {
    const errors = await importActs(context.database, JSON.parse(await readFile(projectFile('offices/leszno-acts.json'), 'utf8')), signed)
    assert(errors.length === 0, `offices/leszno-acts.json: ${JSON.stringify(errors)}`)
    // The office last: it is what says that the example is there.
    await importOffice(context.database, office, { now: signed, demonstration: true })
    for (const topic of ['directory', 'regulation']) context.changes.publish(topic)
  }
  const seeds = office.demonstration?.accounts ?? []
  const accounts = await makeDemonstrationAccounts(context, {
    demonstration: { accounts: seeds.map(({ unit, building, ...seed }) => ({ ...seed, unitId: unit, buildingId: building })) },
  })
  const { pool } = context.database
  // At each start: data of an earlier version have none.
  await writeMailboxes(pool, demonstrationMailboxes)
  if (!(await isSeeded(pool))) {
    // A start that was killed in the middle leaves half a day behind.
    await clearDay(pool)
    await seedDay(context)
    await markSeeded(pool, context.clock.now())
  }
  return accounts
}
