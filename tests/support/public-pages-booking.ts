/** The table of the citizens' pages, continued: what a visit is for, its confirmation, the line, a draw, ways without a visit. */
import assert from 'node:assert/strict'
import { composers } from '../../src/composers.js'
import { cancel, settleDraws, withdraw } from '../../src/booking/index.js'
import { officeDay } from '../../src/platform/clock.js'
import { tell } from '../../src/messages/deliveries.js'
import { readOutbox } from '../../src/messages/index.js'
import { newReference } from '../../src/platform/references.js'
import { importActs, type ActsDocument } from '../../src/regulation/index.js'
import { demonstrationMailboxes } from '../../src/demonstration/mail/mailboxes.js'
import { writeMailboxes } from '../../src/inbox/index.js'
import { proposedTime } from './mails/proposed.js'
import { lesznoActs, testLeszno, type TestOffice } from './office.js'
import { releaseActs } from './release.js'
import {
  at,
  booked,
  ofVisit,
  pending,
  referenceIn,
  somebody,
  startsOn,
  times,
  type PageTools,
  type PublicPage,
} from './public-pages-ways.js'
import type { Seen, Visitor } from './visitor.js'

/** Matters whose times tell of one state each, so that no page hangs on what another left. */
const full = 'wydanie-praw-jazdy'
const byLot = 'miedzynarodowe-prawo-jazdy'
const offered = 'wymiana-prawa-jazdy'
const line = '/sprawy/nabycie-zbycie-pojazdu/lista'
const draw = `/sprawy/${byLot}/losowanie`
const contact = '/sprawy/rejestracja-pojazdow/kontakt'

/** The example office with a matter nobody serves, a draw of a matter with a Polish name only that has just begun, and room for a test's many browsers without script. */
export async function officeOfPages(): Promise<TestOffice> {
  const office = await testLeszno({
    change: (file) => {
      file.settings['holds-without-proof'] = roomWithoutProof
      for (const service of file.services) if (service.id === byLot) delete service.translations
      for (const desk of file.desks) desk.services = desk.services.filter((id: string) => id !== full)
    },
  })
  const acts = releaseActs('weekly-lot', { service: [byLot] }).acts.map((act) => ({
    ...act,
    provisions: act.provisions.map((each) => ({ ...each, parameters: { ...each.parameters, weekday: 1, at: '07:19', lotMinutes: 10 } })),
  }))
  const own = lesznoActs() as ActsDocument
  const errors = await importActs(office.context.database, { ...own, acts: [...own.acts, ...acts] }, office.clock.now())
  assert.deepEqual(errors, [])
  await writeMailboxes(office.context.database.pool, demonstrationMailboxes)
  return office
}

const roomWithoutProof = 1000

const linkOf = ({ context }: PageTools, reference: string): string => `${reference}-${context.secrets.secretOf(reference)}`

const sentTo =
  (path: string, fields: Readonly<Record<string, string | readonly string[]>>): PublicPage['reach'] =>
  async (person) => {
    await person.open(path)
    return person.send(fields, path)
  }

const days = { od: '2020-05-26', do: '2020-06-05', pora: 'any' } as const

const write = '/skrzynka/napisz'

/** A mail of somebody new: the first of a day is acknowledged. */
async function written(person: Visitor, { phone }: PageTools): Promise<Seen> {
  await person.open(write)
  const [box] = demonstrationMailboxes
  return person.send({ name: somebody.name, email: `p${phone()}@example.pl`, skrzynka: box?.id ?? '', temat: 'Test', text: 'Test' }, write)
}

async function inLine(person: Visitor, { phone }: PageTools, path = line): Promise<Seen> {
  await person.open(path)
  return person.send({ ...days, ...somebody, phone: phone() }, path)
}

/** Who stands in the line of the offers: only the last may, so that the next time is not another's. */
const standing = new WeakMap<object, string>()

/** Somebody in line is offered the time another gives back. */
async function offer(person: Visitor, tools: PageTools): Promise<Seen> {
  const before = standing.get(tools.context)
  if (before !== undefined) await withdraw(tools.context, { reference: before, actor: 'citizen' })
  const joined = await inLine(person, tools, `/sprawy/${offered}/lista`)
  standing.set(tools.context, entryIn(joined.path))
  const other = await booked(person, tools, `/sprawy/${offered}/terminy`)
  const outcome = await cancel(tools.context, { reference: other, actor: 'citizen', reason: 'citizen-wish' })
  assert.ok(outcome.allowed, outcome.code)
  return person.open(`/lista/${entryIn(joined.path)}`)
}

/** The link of somebody who was asked how a visit was. */
async function opinion({ context }: PageTools): Promise<string> {
  const reference = newReference()
  await context.database.pool.query(
    `insert into feedback_invitation (reference, visit_id, service_id, unit_id, day)
     select $1, -count(*), 'dowody-osobiste', 'usc', '2020-05-25' from feedback_invitation`,
    [reference],
  )
  return new URL(tell(context, { secret: 'feedback-link', reference }, 'pl')).pathname
}

const entryIn = (path: string): string => /\/(?:lista|losowanie)\/([A-Z2-9]{8})/.exec(path)?.[1] ?? assert.fail(`no entry in ${path}`)

/** An entry that waits for its code. */
async function entering(person: Visitor, { phone }: PageTools): Promise<Seen> {
  await person.open(draw)
  return person.send({ ...somebody, phone: phone(), wishes: ['any', '', ''] }, draw)
}

async function inDraw(person: Visitor, tools: PageTools): Promise<Seen> {
  const reference = entryIn((await entering(person, tools)).path)
  return person.send({ kod: tools.context.secrets.confirmCode(reference, 1) }, `/losowanie/${reference}/potwierdz`)
}

/** The entry that is drawn, once for an office: after the draw there is no other. */
const drawn = new WeakMap<object, string>()

async function result(person: Visitor, tools: PageTools): Promise<Seen> {
  const { context } = tools
  if (!drawn.has(context)) {
    drawn.set(context, entryIn((await inDraw(person, tools)).path))
    await settleDraws(context, context.clock.now().add({ minutes: 60 }))
  }
  const reference = drawn.get(context) as string
  return person.open(`/losowanie/${reference}/${context.secrets.secretOf(reference)}`)
}

/** All places for browsers without script are taken, for as long as `then` takes. */
export async function inRush<T>({ context }: Pick<PageTools, 'context'>, then: () => Promise<T>): Promise<T> {
  const { pool } = context.database
  await pool.query(
    `insert into unproven_hold select 'rejestracja-pojazdow', o, null, 'infinity' from generate_series(1, $1::int) o
     on conflict (service_id, ordinal) do update set reference = null, until = 'infinity'`,
    [roomWithoutProof],
  )
  const seen = await then()
  await pool.query(`delete from unproven_hold where until = 'infinity'`)
  return seen
}

export const bookingPages: readonly PublicPage[] = [
  { name: 'unit', state: 'full', first: true, reach: at('/sprawy?wydzial=wydzial-komunikacji') },
  { name: 'life-event', state: 'full', first: true, reach: at('/sytuacje/slub') },
  { name: 'elsewhere', state: 'full', first: true, reach: at('/sprawy/paszporty') },
  { name: 'advice-answered', state: 'full', first: true, reach: at('/sprawy/rejestracja-pojazdow?odpowiedz=tak') },
  { name: 'advice-fee', state: 'full', first: true, reach: at('/sprawy/usuniecie-drzew') },
  { name: 'without-visit', state: 'full', reach: at('/sprawy/wymiana-prawa-jazdy/bez-wizyty/poczta') },
  { name: 'symptoms', state: 'full', first: true, reach: at('/objawy') },
  { name: 'wish', state: 'empty', first: true, reach: at('/sprawy/rejestracja-pojazdow/wizyta') },
  { name: 'wish-error', state: 'error', status: 422, reach: at(`${times}?osoby=9`) },
  { name: 'times-wish', state: 'full', reach: at(`${times}?osoby=2&dluzej=tak`) },
  { name: 'times-part', state: 'full', first: true, reach: at(`${times}?pora=rano`) },
  { name: 'times-month', state: 'full', reach: at(`${times}?widok=miesiac`) },
  { name: 'times-day', state: 'full', reach: at(`${times}?dzien=2020-05-27`) },
  { name: 'times-none-in-view', state: 'empty', reach: at(`${times}?dzien=2020-05-30`) },
  { name: 'times-none', state: 'empty', first: true, reach: at(`/sprawy/${full}/terminy`) },
  { name: 'times-by-lot', state: 'full', first: true, reach: at(`/sprawy/${byLot}/terminy`) },
  {
    name: 'times-rush',
    state: 'refused',
    status: 409,
    reach: (person, tools) =>
      inRush(tools, async () => {
        const starts = startsOn(await person.open(times))
        return person.send({ start: starts.at(-1) as string }, times)
      }),
  },
  { name: 'contact-check', state: 'empty', reach: at(contact) },
  { name: 'contact-check-error', state: 'error', status: 422, reach: sentTo(contact, { contact: '12' }) },
  {
    name: 'contact-check-code',
    state: 'empty',
    reach: async (person, tools) => sentTo(contact, { contact: tools.phone() })(person, tools),
  },
  {
    name: 'contact-check-code-error',
    state: 'error',
    status: 422,
    reach: async (person, { phone }) => {
      await person.open(contact)
      const { path } = await person.send({ contact: phone() }, contact)
      return person.send({ kod: '12' }, path.replace(/^\/(?:en|uk)\//, '/'))
    },
  },
  { name: 'code', state: 'empty', reach: pending },
  {
    name: 'code-error',
    state: 'error',
    status: 422,
    reach: async (person, tools) => {
      const reference = referenceIn((await pending(person, tools)).path)
      return person.send({ kod: '' }, `/wizyta/${reference}/potwierdz`)
    },
  },
  {
    name: 'code-link',
    state: 'full',
    reach: async (person, tools) => {
      const reference = referenceIn((await pending(person, tools)).path)
      return person.open(`/p/${reference}-${tools.context.secrets.confirmToken(reference, 1)}`)
    },
  },
  {
    name: 'code-link-unknown',
    state: 'refused',
    status: 404,
    reach: at('/p/AAAAAAAA-none'),
  },
  {
    name: 'lapsed',
    state: 'refused',
    reach: async (person, tools) => {
      const reference = referenceIn((await pending(person, tools)).path)
      await tools.change(reference, "confirm_until = '2020-05-25T05:00:00Z'")
      return person.open(`/wizyta/${reference}`)
    },
  },
  {
    name: 'mailbox',
    state: 'full',
    letters: true,
    reach: async (person, tools) => {
      await booked(person, tools)
      await readOutbox(tools.context, composers)
      return person.open('/skrzynka')
    },
  },
  { name: 'write-mail', state: 'full', reach: at(write) },
  {
    name: 'write-mail-error',
    state: 'error',
    status: 422,
    reach: sentTo(write, { name: '', email: 'a@', skrzynka: 'inna', temat: '', text: '' }),
  },
  { name: 'write-mail-sent', state: 'full', reach: written },
  {
    name: 'write-mail-answer',
    state: 'full',
    letters: true,
    reach: async (person, tools) => {
      await written(person, tools)
      await readOutbox(tools.context, composers)
      const { html } = await person.open('/skrzynka')
      const [, letter] = /napisz\?odpowiedz=(\d+)/.exec(html) ?? assert.fail('a letter that can be answered')
      return person.open(`${write}?odpowiedz=${letter}`)
    },
  },
  { name: 'line-join', state: 'empty', reach: at(line) },
  { name: 'line-join-several', state: 'full', reach: at(`${line}?osoby=2&dluzej=tak`) },
  { name: 'life-event-unknown', state: 'refused', first: true, status: 404, reach: at('/sytuacje/nie-ma') },
  { name: 'line-join-error', state: 'error', status: 422, reach: sentTo(line, { ...days, ...somebody, name: '', phone: '' }) },
  { name: 'line-joined', state: 'full', reach: inLine },
  {
    name: 'line-left',
    state: 'full',
    reach: async (person, tools) => {
      const entry = entryIn((await inLine(person, tools)).path)
      return person.send({}, `/lista/${entry}/opusc`)
    },
  },
  { name: 'line-visit', state: 'empty', reach: ofVisit('/wczesniej') },
  {
    name: 'line-visit-joined',
    state: 'full',
    reach: async (person, tools) => {
      const path = `/wizyta/${await booked(person, tools)}/wczesniej`
      await person.open(path)
      return person.send({ od: officeDay(tools.context.clock.now()).add({ days: 1 }).toString(), pora: 'any' }, path)
    },
  },
  { name: 'line-offer', state: 'full', reach: offer },
  {
    name: 'line-declined',
    state: 'full',
    reach: async (person, tools) => {
      const { path } = await offer(person, tools)
      return person.send({}, `/lista/${entryIn(path)}/nie`)
    },
  },
  {
    name: 'line-accepted',
    state: 'full',
    reach: async (person, tools) => {
      const entry = entryIn((await offer(person, tools)).path)
      await person.open(`/o/${linkOf(tools, entry)}`)
      await person.send({}, `/lista/${entry}/przyjmij`)
      return person.open(`/lista/${entry}`)
    },
  },
  { name: 'line-unknown', state: 'refused', status: 404, reach: at('/lista/ABCDEFGH') },
  { name: 'feedback', state: 'empty', reach: async (person, tools) => person.open(await opinion(tools)) },
  {
    name: 'feedback-error',
    state: 'error',
    status: 422,
    reach: async (person, tools) => {
      const link = await opinion(tools)
      await person.open(link)
      return person.send({ zalatwione: 'yes', czekanie: '', ocena: '' }, link)
    },
  },
  {
    name: 'feedback-done',
    state: 'full',
    reach: async (person, tools) => {
      const link = await opinion(tools)
      await person.open(link)
      return person.send({ zalatwione: 'yes', czekanie: 'short', ocena: '5' }, link)
    },
  },
  { name: 'feedback-gone', state: 'refused', status: 404, reach: at('/opinia/ABCDEFGH-x') },
  { name: 'lot', state: 'empty', reach: at(draw) },
  { name: 'lot-error', state: 'error', status: 422, reach: sentTo(draw, { name: '', wishes: ['', '', ''] }) },
  { name: 'lot-none', state: 'refused', status: 409, reach: at('/sprawy/rejestracja-pojazdow/losowanie') },
  { name: 'lot-code', state: 'empty', reach: entering },
  {
    name: 'lot-code-error',
    state: 'error',
    status: 422,
    reach: async (person, tools) => {
      const reference = entryIn((await entering(person, tools)).path)
      return person.send({ kod: '' }, `/losowanie/${reference}/potwierdz`)
    },
  },
  {
    name: 'lot-code-link',
    state: 'full',
    reach: async (person, tools) => {
      const reference = entryIn((await entering(person, tools)).path)
      return person.open(`/losowanie/${reference}/potwierdz/${tools.context.secrets.confirmToken(reference, 1)}`)
    },
  },
  { name: 'lot-entered', state: 'full', reach: inDraw },
  { name: 'lot-unknown', state: 'refused', status: 404, reach: at('/losowanie/ABCDEFGH') },
  { name: 'lot-result', state: 'full', reach: result },
  {
    name: 'lot-drawn',
    state: 'full',
    reach: async (person, tools) => {
      const { html } = await result(person, tools)
      return person.open(/href="(?:\/en|\/uk)?(\/losowania\/\d+)"/.exec(html)?.[1] ?? assert.fail('the entry leads to its draw'))
    },
  },
  { name: 'mail-time', state: 'full', reach: async (person, { context }) => person.open((await proposedTime(context)).link) },
  {
    name: 'mail-time-passed',
    state: 'refused',
    status: 409,
    reach: async (person, { context, change }) => {
      const { link, reference } = await proposedTime(context)
      await change(reference, "state = 'expired', ended_at = created_at")
      return person.open(link)
    },
  },
  { name: 'mail-time-unknown', state: 'refused', status: 404, reach: at('/propozycja/ABCDEFGH') },
]
