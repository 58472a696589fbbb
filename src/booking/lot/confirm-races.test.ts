/**
 * Entries confirmed by several processes at once, and while their draw is held: one entry per contact,
 * and nobody is told that an entry takes part which is not drawn. Each guard is shown by its absence.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { interrupted, rewritten } from '../../../tests/support/race.js'
import { testDatabase, type TestOffice } from '../../../tests/support/office.js'
import { atOnce, processes } from '../../../tests/support/processes.js'
import { smallOfficeByLot } from '../../../tests/support/release.js'
import { somebody } from '../../../tests/support/visits.js'
import type { Context } from '../../platform/context.js'
import { confirmEntry, enterLot, settleDraws } from '../index.js'
import type { ConfirmEntryOutcome } from './confirm.js'

const release = Temporal.Instant.from('2020-06-05T07:00:30+02:00')
const last = Temporal.Instant.from('2020-06-05T07:32:00+02:00')

interface Race {
  readonly office: TestOffice
  readonly clients: readonly Context[]
}

/** `guards`: what is taken out of the schema. */
async function opened(guards = ''): Promise<Race> {
  const office = await testDatabase({ at: release, poolSize: 4 })
  await smallOfficeByLot(office, 60)
  if (guards !== '') await office.context.database.pool.query(guards)
  return { office, clients: await processes(office, 4, 4) }
}

async function pending({ office: { context } }: Race, count: number, person = () => somebody()): Promise<string[]> {
  const references: string[] = []
  for (let index = 0; index < count; index += 1) {
    const outcome = await enterLot(context, { serviceId: 'short', wishes: [{ any: true }], person: person(), key: randomUUID() })
    assert.ok(outcome.allowed && outcome.confirmUntil !== null)
    references.push(outcome.reference)
  }
  return references
}

const confirm = (context: Context, reference: string): Promise<ConfirmEntryOutcome> =>
  confirmEntry(context, { reference, proof: { code: context.secrets.confirmCode(reference, 1) } })

async function entries({ office }: Race, where: string): Promise<number> {
  const { rows } = await office.context.database.pool.query<{ count: number }>(
    `select count(*)::int as count from lot_entry where ${where}`,
  )
  return rows[0]?.count ?? -1
}

/** Sixteen entries of one mailbox, spelled otherwise each time, confirmed at once. */
async function oneContact(guards = ''): Promise<{ race: Race; outcomes: ConfirmEntryOutcome[] }> {
  const race = await opened(guards)
  let spelled = 0
  const references = await pending(race, 16, () => ({ ...somebody(), email: `ola+${(spelled += 1)}@example.pl` }))
  const outcomes = await atOnce(16, (index) => confirm(race.clients[index % 4] as Context, references[index] as string))
  return { race, outcomes }
}

test('sixteen entries of one contact confirmed at once in four processes: one takes part', async () => {
  const { race, outcomes } = await oneContact()
  assert.equal(outcomes.filter(({ allowed }) => allowed).length, 1)
  assert.deepEqual(new Set(outcomes.filter(({ allowed }) => !allowed).map(({ code }) => code)), new Set(['lot-entered']))
  assert.equal(await entries(race, "state = 'waiting'"), 1)
})

test('without its guard one contact takes part several times', async () => {
  const { race } = await oneContact(
    'alter table lot_contact drop constraint lot_contact_once; alter table lot_contact add constraint lot_contact_once primary key (draw_id, contact, entry_id)',
  )
  assert.ok((await entries(race, "state = 'waiting'")) > 1)
})

test('entries are confirmed while two processes hold the draw: whoever hears yes is drawn, whoever is told no is not', async () => {
  const race = await opened()
  const references = await pending(race, 40)
  race.office.clock.moveTo(last)
  const settling = Promise.all([settleDraws(race.clients[0] as Context, last), settleDraws(race.clients[1] as Context, last)])
  const outcomes = await atOnce(40, (index) => confirm(race.clients[index % 4] as Context, references[index] as string))
  await settling
  await settleDraws(race.office.context, last)
  const yes = references.filter((_, index) => outcomes[index]?.allowed)
  assert.deepEqual(
    new Set(outcomes.filter(({ allowed }) => !allowed).map(({ code }) => code)).difference(new Set(['entry-ended'])),
    new Set(),
  )
  assert.equal(await entries(race, "state in ('won', 'lost') and rank is not null and confirmed_at is not null"), yes.length)
  assert.equal(await entries(race, "state = 'lost' and reason = 'not-confirmed' and rank is null"), 40 - yes.length)
})

/** Confirms without the lock of the entry and without looking at its state when it is written. */
const unlocked = (context: Context): Context =>
  rewritten(context, (text) =>
    text
      .replace('from lot_entry where id = $1 for update', 'from lot_entry where id = $1')
      .replace(`where id = $1 and state = 'pending'`, 'where id = $1'),
  )

/** Without the lock of the draw too. */
const loose = (context: Context): Context =>
  rewritten(unlocked(context), (text) => text.replace('from lot_draw where id = $1 for share', 'from lot_draw where id = $1'))

/** The draw is held just after the owner has read the entry. */
async function drawnMeanwhile(
  guards: string,
  change: (context: Context) => Context,
): Promise<{ race: Race; outcome: ConfirmEntryOutcome }> {
  const race = await opened(guards)
  const [reference = ''] = await pending(race, 1)
  race.office.clock.moveTo(last)
  const other = race.clients[1] as Context
  const owner = interrupted(change(race.clients[0] as Context), 'select id, draw_id', () => settleDraws(other, last))
  return { race, outcome: await confirm(owner, reference) }
}

test('the draw waits for who is just confirming, and then takes the entry', async () => {
  const { race, outcome } = await drawnMeanwhile('', (context) => context)
  assert.ok(outcome.allowed)
  await settleDraws(race.office.context, last)
  assert.equal(await entries(race, "state = 'won' and rank = 1"), 1)
})

test('without the locks the schema keeps an entry that was told no from waiting on; without that too somebody waits for ever', async () => {
  await assert.rejects(drawnMeanwhile('', loose), { constraint: 'lot_entry_ended' })
  const { race, outcome } = await drawnMeanwhile('alter table lot_entry drop constraint lot_entry_ended', loose)
  assert.ok(outcome.allowed)
  await settleDraws(race.office.context, last)
  assert.equal(await entries(race, "state = 'waiting' and rank is null"), 1)
})
