/** What is personal in the line for earlier times goes: contacts with the end of the entry, the rest the day after, or by the label. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withdraw } from '../booking/index.js'
import { later, personInLine } from '../../tests/support/line.js'
import { testDatabase } from '../../tests/support/office.js'
import { smallOffice } from '../../tests/support/small-office.js'
import { erasePersonalData } from './index.js'

const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text)

test('an entry that is over keeps its person for the last word, then no more; its contacts go at once', async () => {
  const office = await testDatabase({ poolSize: 4 })
  const { context, clock } = office
  await smallOffice(office)
  const figure = async (text: string): Promise<number> =>
    (await context.database.pool.query<{ figure: number }>(`select (${text})::int as figure`)).rows[0]?.figure ?? -1
  const people = 'select count(*) from waiting where coalesce(person_name, person_email, person_phone, more_time::text) is not null'
  const contacts = 'select count(*) from waiting_contact'
  const [left] = [await personInLine(context, day('2020-06-05')), await personInLine(context, day('2020-05-27'))]
  await personInLine(context, day('2020-06-05'), undefined, { wished: { moreTime: true } })
  assert.deepEqual([await figure(people), await figure(contacts)], [3, 3])
  await withdraw(context, { reference: left, actor: 'citizen' })
  await later(office, 2 * 24 * 60)
  assert.equal(await figure(contacts), 1, 'one was withdrawn, one is over')
  await erasePersonalData(context, clock.now())
  assert.equal(await figure(people), 2, 'the word that it is over is still to be sent')
  await erasePersonalData(context, clock.now().add({ hours: 24 }))
  assert.equal(await figure(people), 1)
  await erasePersonalData(context, clock.now().add({ hours: 24 * 30 }))
  assert.equal(await figure(people), 0, 'by the label, whatever became of it')
})
