import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import pg from 'pg'
import { testDatabase, testLeszno } from '../../tests/support/office.js'
import { lesznoActs } from '../../tests/support/rules.js'
import { projectFile } from '../platform/paths.js'
import { clientsPerDesk, hours, importActs, mayEnter, ruleBook, safety, type ActsDocument, type RuleBook } from './index.js'

const signed = Temporal.Instant.from('2020-05-22T12:00:00Z')
const { context, directory } = await testLeszno({ at: signed })
type ActEntry = ActsDocument['acts'][number]

const on = (text: string): Temporal.Instant => Temporal.Instant.from(`${text}T10:00:00Z`)
const monday = Temporal.PlainDate.from('2020-06-08')

async function entered(acts: ActsDocument, now: Temporal.Instant): Promise<RuleBook> {
  assert.deepEqual(await importActs(context.database, acts, now), [])
  context.changes.publish('regulation')
  return ruleBook(context)
}

const lateAct = (change: Partial<ActEntry> = {}): ActsDocument => ({
  acts: [
    {
      id: 'K/300/2020',
      number: 'K/300/2020',
      title: 't',
      issuer: 'i',
      rank: 'ordinance',
      from: '2020-05-25',
      provisions: [
        { id: 'a', reference: '§ 1', kind: 'hours', parameters: { intervals: [{ from: '10:00', to: '18:00' }] }, scope: { unit: ['usc'] } },
      ],
      ...change,
    },
  ],
})
const cited = (book: RuleBook, day: Temporal.PlainDate, known?: Temporal.Instant): string =>
  hours(book, directory, 'usc', day, known)
    .basis.map((each) => (each.kind === 'provision' ? each.act : each.setting))
    .join()

function migration(name: string): string {
  return readFileSync(projectFile('migrations', name), 'utf8')
}

async function versions(): Promise<unknown> {
  const { rows } = await context.database.pool.query('select count(*) as acts, (select count(*) from condition) as conditions from act')
  return rows
}

test('the published schema of the acts is itself a valid schema', () => {
  const schema = JSON.parse(readFileSync(projectFile('offices/acts.schema.json'), 'utf8'))
  const ajv = new Ajv2020({ strict: false })
  assert.ok(ajv.validateSchema(schema), ajv.errorsText())
  assert.ok(!new Ajv2020({ strict: false, logger: false }).validateSchema({ ...schema, required: 'acts' }))
})

test('an act entered late with an earlier first day changes what applied, and not what was known', async () => {
  const before = await ruleBook(context)
  assert.equal(cited(before, monday), 'K/219/2020')
  const after = await entered(lateAct(), on('2020-06-15'))
  assert.equal(cited(after, monday), 'K/300/2020')
  assert.equal(cited(after, monday, on('2020-06-14')), 'K/219/2020')
  assert.equal(cited(after, monday, on('2020-06-15')), 'K/300/2020')
})

test('an act imported again with another last day and another rule leaves what was known before', async () => {
  const changed = lateAct({
    until: '2020-06-01',
    provisions: [{ id: 'b', reference: '§ 2', kind: 'clients-per-desk', parameters: { limit: 0 } }],
  })
  const after = await entered(changed, on('2020-07-01'))
  const inMay = Temporal.PlainDate.from('2020-05-25')
  assert.deepEqual([cited(after, monday), cited(after, monday, on('2020-06-20'))], ['K/219/2020', 'K/300/2020'])
  assert.deepEqual(
    [undefined, on('2020-06-20'), on('2020-06-14')].map((known) => clientsPerDesk(after, { day: inMay }, known).limit),
    [0, 1, 1],
  )
  // The very moment of the import is by the new version.
  assert.equal(clientsPerDesk(after, { day: inMay }, on('2020-07-01')).limit, 0)
  // Entered once more and changed back: three versions, each with its own time.
  const again = await entered(lateAct(), on('2020-08-01'))
  assert.deepEqual(
    ['2020-06-14', '2020-06-20', '2020-07-20', '2020-08-02'].map((known) => cited(again, monday, on(known))),
    ['K/219/2020', 'K/300/2020', 'K/219/2020', 'K/300/2020'],
  )
})

test('an act imported again unchanged makes no new version', async () => {
  const before = await versions()
  await entered(lesznoActs(), on('2020-09-01'))
  assert.deepEqual(await versions(), before)
})

test('the end of a state of epidemic that is entered later was not known before', async () => {
  const acts = lesznoActs()
  const ended = acts.conditions?.map((each) => ({ ...each, until: '2020-12-31' })) ?? []
  const after = await entered({ ...acts, conditions: ended }, on('2020-10-01'))
  const inJanuary = Temporal.Instant.from('2021-01-04T09:00:00Z')
  assert.equal(safety(after, inJanuary).length, 0)
  assert.equal(safety(after, inJanuary, {}, on('2020-09-30')).length, 6)
  await entered(lesznoActs(), on('2020-11-01'))
})

test('at the door, too, an act that is entered later was not known', async () => {
  const suspended = lateAct({
    id: 'K/400/2020',
    number: 'K/400/2020',
    signedOn: '2020-05-24',
    provisions: [{ id: 'a', reference: '§ 1', kind: 'admission', parameters: { mode: 'suspended' } }],
  })
  const book = await entered(suspended, on('2020-12-01'))
  const ask = (known?: Temporal.Instant): string =>
    mayEnter(book, directory, {
      buildingId: 'walowa-5',
      purpose: 'visit',
      at: on('2020-05-26'),
      visit: null,
      ...(known === undefined ? {} : { known }),
    }).code
  assert.deepEqual([ask(), ask(on('2020-11-30'))], ['admission-suspended', 'no-booking'])
})

test('a clock that was put back enters nothing before what it replaces', async () => {
  const book = await entered(lateAct({ id: 'K/400/2020', number: 'K/400/2020' }), on('2020-11-15'))
  const acts = [...book.acts, ...book.replaced.flatMap((each) => each.acts)].filter((act) => act.id === 'K/400/2020')
  assert.deepEqual(
    acts.map((act) => String(act.enteredAt)),
    [String(on('2020-12-01')), String(on('2020-12-01'))],
  )
})

test('a file never says when it was learned of', async () => {
  const past = lateAct({ enteredAt: '2020-05-01T00:00:00Z' } as Partial<ActEntry>)
  assert.deepEqual(
    (await importActs(context.database, past, on('2021-01-01'))).map((error) => error.field),
    ['/acts/0'],
  )
})

test('acts that an older version of the program wrote become the first versions', async () => {
  const { connection } = await testDatabase()
  const client = new pg.Client(connection)
  await client.connect()
  // The tables as they were before there were versions, in a place of their own.
  await client.query('create schema older')
  await client.query('set search_path to older')
  await client.query(migration('0003_regulation__create.sql'))
  await client.query(`
    insert into condition values ('plague', '{"title": "t", "source": null}', '2020-03-20', null);
    insert into act values ('K/1', 'ordinance', null, '2020-05-25', null, 'plague', '2020-05-22T12:00:00Z', '{"repeals": ["K/0"], "upholds": []}');
    insert into provision values ('K/1#a', 'K/1', '§ 1', 'safety', true, '{}', '{}', null, null, 'plague');`)
  await client.query(migration('0010_regulation__versions.sql'))
  const { rows } = await client.query(`
    select provision.id, facts ->> 'repeals' as repeals, assumed, act.superseded_at,
      (select entered_at = act.entered_at from condition) as condition_with_act
    from provision join act on act.version = act_version`)
  await client.end()
  assert.deepEqual(rows, [
    { id: 'K/1#a', repeals: '[{"act": "K/0", "reference": null}]', assumed: [], superseded_at: null, condition_with_act: true },
  ])
})
