/**
 * Every page a citizen can meet, with its states and the way there: one table that the checks of
 * accessibility, language and weight go over. A page that is added joins by a line here.
 *
 * The way is walked without a browser, once per language; what was sent back is then shown to a
 * browser as it was (`pageServer`), so that an answer to a form is looked at like any other page.
 */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import type { Language } from '../../src/platform/words.js'
import type { Page } from './browser.js'
import type { TestOffice } from './office.js'
import { bookingPages } from './public-pages-booking.js'
import {
  at,
  booked,
  checked,
  held,
  ofVisit,
  referenceIn,
  request,
  somebody,
  startsOn,
  times,
  whenVisit,
  type PublicPage,
} from './public-pages-ways.js'
import { visitor, type Seen } from './visitor.js'

export { officeOfPages } from './public-pages-booking.js'

export const publicPages: readonly PublicPage[] = [
  { name: 'home', state: 'full', first: true, reach: at('/') },
  { name: 'services', state: 'full', first: true, reach: at('/sprawy') },
  { name: 'services-found', state: 'full', first: true, reach: at('/sprawy?q=rejestracja+pojazdow') },
  { name: 'services-none', state: 'empty', first: true, reach: at('/sprawy?q=zzzz') },
  { name: 'advice-web', state: 'full', first: true, reach: at('/sprawy/rejestracja-pojazdow') },
  {
    name: 'advice-means',
    state: 'full',
    first: true,
    reach: at('/sprawy/rejestracja-pojazdow?mam=trusted-profile&mam=epuap-account'),
  },
  { name: 'advice-phone', state: 'full', first: true, reach: at('/sprawy/dowody-osobiste') },
  { name: 'advice-drop-off', state: 'full', first: true, reach: at('/sprawy/podatki-lokalne') },
  { name: 'drop-off', state: 'full', first: true, reach: at('/sprawy/skladanie-dokumentow') },
  { name: 'unknown-service', state: 'refused', first: true, status: 404, reach: at('/sprawy/nie-ma-takiej') },
  { name: 'times', state: 'full', first: true, reach: at(times) },
  {
    name: 'times-error',
    state: 'error',
    status: 422,
    reach: async (person) => {
      await person.open(times)
      return person.send({}, times)
    },
  },
  {
    name: 'times-taken',
    state: 'refused',
    status: 409,
    reach: async (person) => {
      const start = startsOn(await person.open(times))[0] as string
      return person.send({ start: `${start.slice(0, 17)}30Z` }, times)
    },
  },
  { name: 'times-not-on-the-web', state: 'refused', first: true, status: 409, reach: at('/sprawy/dowody-osobiste/terminy') },
  { name: 'details', state: 'empty', reach: held },
  {
    name: 'details-error',
    state: 'error',
    status: 422,
    reach: async (person) => {
      await held(person)
      return person.send({ name: '', phone: '12', email: 'a@' })
    },
  },
  { name: 'check', state: 'full', reach: checked },
  {
    name: 'hold-expired',
    state: 'refused',
    status: 409,
    reach: async (person, tools) => {
      const { path } = await checked(person, tools)
      await tools.change(referenceIn(path), "held_until = '2020-05-01'")
      return person.send()
    },
  },
  {
    name: 'limit',
    state: 'refused',
    status: 409,
    reach: async (person, tools) => {
      const phone = tools.phone()
      for (let visits = 0; visits < 10; visits++) {
        await held(person)
        await person.send({ ...somebody, phone, urgent: 'tak' })
        const last = await person.send()
        if (last.status !== 200) return last
      }
      return assert.fail('the office has a limit of open visits per contact')
    },
  },
  { name: 'pass', state: 'full', reach: ofVisit('') },
  { name: 'pass-print', state: 'full', reach: ofVisit('/druk') },
  { name: 'pass-move', state: 'full', reach: ofVisit('/zmien') },
  { name: 'pass-cancel', state: 'full', reach: ofVisit('/odwolaj') },
  {
    name: 'pass-moved',
    state: 'full',
    reach: async (person, tools) => {
      const page = `/wizyta/${await booked(person, tools)}/zmien`
      const target = startsOn(await person.open(page)).at(-1) as string
      return person.send({ start: target }, page)
    },
  },
  {
    name: 'pass-cancelled',
    state: 'full',
    reach: async (person, tools) => {
      const page = `/wizyta/${await booked(person, tools)}/odwolaj`
      await person.open(page)
      return person.send({}, page)
    },
  },
  {
    name: 'pass-arrived',
    state: 'full',
    reach: whenVisit(
      "state = 'arrived', arrived_at = starts_at, due_at = starts_at, due_why = 'booked-due', ticket = 'B' || (900 + id % 100)",
    ),
  },
  { name: 'pass-missed', state: 'full', reach: whenVisit("state = 'missed', ended_at = starts_at") },
  {
    name: 'pass-code',
    state: 'full',
    reach: async (person, tools) => {
      const { rows } = await tools.context.database.pool.query<{ id: number }>('select id from visit where reference = $1', [
        await booked(person, tools),
      ])
      return person.open(`/q/${tools.context.secrets.passToken(rows[0]?.id ?? 0)}`)
    },
  },
  { name: 'pass-unknown', state: 'refused', first: true, status: 404, reach: at('/wizyta/AAAAAAAA') },
  { name: 'lookup', state: 'empty', first: true, reach: at('/wizyta') },
  {
    name: 'lookup-opened',
    state: 'full',
    reach: async (person, tools) => {
      await booked(person, tools)
      return person.open('/wizyta')
    },
  },
  {
    name: 'lookup-error',
    state: 'error',
    status: 422,
    reach: async (person) => {
      await person.open('/wizyta')
      return person.send({ reference: '', contact: '' })
    },
  },
  {
    name: 'lookup-unknown',
    state: 'refused',
    status: 404,
    reach: async (person) => {
      await person.open('/wizyta')
      return person.send({ reference: 'K7MPQX2D', contact: '601 234 567' })
    },
  },
  { name: 'request', state: 'empty', first: true, reach: at(request) },
  {
    name: 'request-error',
    state: 'error',
    status: 422,
    reach: async (person) => {
      await person.open(request)
      return person.send({ name: '', phone: '1' })
    },
  },
  {
    name: 'request-done',
    state: 'full',
    reach: async (person, { phone }) => {
      await person.open(request)
      return person.send({ ...somebody, phone: phone(), days: ['2020-05-27', '2020-05-28'], parts: 'morning' })
    },
  },
  ...bookingPages,
  { name: 'contact', state: 'full', first: true, reach: at('/kontakt') },
  { name: 'contact-found', state: 'full', reach: at('/kontakt?q=rejestracja+pojazdow') },
  { name: 'contact-none', state: 'empty', reach: at('/kontakt?q=zzzz') },
  { name: 'rules', state: 'full', first: true, reach: at('/zasady') },
  { name: 'rules-day', state: 'full', first: true, reach: at('/zasady?dzien=2020-06-11') },
  { name: 'rules-later', state: 'full', first: true, reach: at('/zasady?dzien=2026-01-02') },
  { name: 'rules-error', state: 'error', first: true, status: 422, reach: at('/zasady?dzien=wczoraj') },
  { name: 'acts', state: 'full', first: true, reach: at('/akty') },
  { name: 'act', state: 'full', first: true, reach: at('/akty/k-219-2020') },
  { name: 'act-not-held', state: 'empty', first: true, reach: at('/akty/k-187-2020') },
  // Hangs at a door: nobody's first view.
  { name: 'poster', state: 'full', reach: at('/plakat/walowa-5') },
  { name: 'poster-large', state: 'full', reach: at('/plakat/karasia-15?dzien=2026-01-02&wydanie=duzy') },
  { name: 'poster-error', state: 'error', status: 422, reach: at('/plakat/walowa-5?dzien=wczoraj') },
  { name: 'privacy', state: 'full', first: true, reach: at('/prywatnosc') },
  { name: 'declaration', state: 'full', first: true, reach: at('/deklaracja-dostepnosci') },
  { name: 'queues', state: 'full', first: true, reach: at('/kolejki') },
  { name: 'queues-building', state: 'full', first: true, reach: at('/kolejki/walowa-5') },
  { name: 'screens', state: 'full', first: true, reach: at('/ekran') },
  // A device's page: nobody's first view.
  { name: 'pairing', state: 'full', reach: at('/urzadzenie') },
  { name: 'not-found', state: 'refused', first: true, status: 404, reach: at('/nie-ma') },
  { name: 'gallery', state: 'full', reach: at('/galeria') },
  { name: 'gallery-answers', state: 'full', reach: at('/galeria/odpowiedzi') },
]

let phones = 602_000_000

/** The page in a language, as an office answers it to somebody who has just come: with its status. That it is valid is asked by pages.test.ts. */
export async function reachPage(office: TestOffice, app: FastifyInstance, page: PublicPage, language: Language): Promise<Seen> {
  const { context } = office
  const seen = await page.reach(visitor(app, language, { validate: false }), {
    context,
    language,
    phone: () => String((phones += 1)),
    change: async (reference, set) => {
      const { rowCount } = await context.database.pool.query(`update visit set ${set} where reference = $1`, [reference])
      assert.equal(rowCount, 1)
    },
  })
  assert.equal(seen.status, page.status ?? 200, `${page.name} in ${language}: ${seen.path}`)
  return seen
}

/**
 * Listens for a browser, and shows it what was sent back under its own address and with its own
 * headers; whatever else the page asks for comes from the program. Not by the browser's interception,
 * which fetches every style sheet and font anew.
 */
export async function pageServer(app: FastifyInstance): Promise<{
  readonly address: string
  readonly show: (browser: Page, seen: Seen) => Promise<void>
  readonly close: () => Promise<void>
}> {
  await app.ready()
  let shown: Seen | null = null
  const server = createServer((incoming, response) => {
    if (shown === null || incoming.headers['sec-fetch-dest'] !== 'document') return app.routing(incoming, response)
    const { status, headers, html } = shown
    const kept = ['content-type', 'content-security-policy'].map((name) => [name, String(headers[name])])
    return response.writeHead(status, Object.fromEntries(kept)).end(html)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    show: async (browser, seen) => {
      shown = seen
      await browser.goto(seen.path)
      shown = null
    },
    close: async () => {
      server.close()
      server.closeAllConnections()
      await app.close()
    },
  }
}
