/**
 * Pages that are the same for everybody come from memory, and never say what was so before: a change
 * of the office or of its acts shows at once, in every process, and so does another day. Each is run
 * through two processes of one office.
 */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { createApp } from '../src/app.js'
import { importOffice } from '../src/directory/index.js'
import { instantOf, officeDay } from '../src/platform/clock.js'
import { importActs } from '../src/regulation/index.js'
import { lesznoActs, lesznoFile, testLeszno } from './support/office.js'
import { processes } from './support/processes.js'
import { until } from './support/race.js'
import { signedIn } from './support/staff.js'

const office = await testLeszno()
const { clock } = office
const [here, there] = (await processes(office, 2, 4)).map((context) => ({ ...context, demonstration: false }))
assert(here !== undefined && there !== undefined)
const apps = await Promise.all([here, there].map((context) => createApp(context)))
const [first, second] = apps
assert(first !== undefined && second !== undefined)
after(() => Promise.all(apps.map((app) => app.close())))

const matter = '/sprawy/rejestracja-pojazdow'
const kept = [
  '/',
  '/en',
  '/uk/sprawy',
  '/sprawy?wydzial=wydzial-komunikacji',
  '/sytuacje/pojazd',
  matter,
  `/en${matter}`,
  '/kontakt',
  '/zasady',
]
const ask = (app: FastifyInstance, url: string, headers: Record<string, string> = {}) => app.inject({ url, headers })

test('a page is given again by its mark alone, in each coding and language the same one', async () => {
  for (const url of kept) {
    const answer = await ask(first, url)
    assert.equal(answer.statusCode, 200, url)
    assert.equal(answer.headers['cache-control'], 'public, max-age=0, must-revalidate', url)
    assert.equal(answer.headers['vary'], 'accept-encoding')
    const etag = String(answer.headers['etag'])
    const again = await ask(second, url, { 'if-none-match': etag })
    assert.deepEqual([again.statusCode, again.payload], [304, ''], `${url}: both processes make the same page`)
    const packed = await ask(first, url, { 'accept-encoding': 'br' })
    assert.deepEqual([packed.headers['content-encoding'], packed.headers['etag']], ['br', etag])
    assert.equal((await ask(first, url, { 'if-none-match': '"another"' })).statusCode, 200)
  }
  assert.notEqual((await ask(first, '/')).headers['etag'], (await ask(first, '/en')).headers['etag'])
})

test('what an address says that the page does not read is not on it', async () => {
  const plain = await ask(first, matter)
  const tagged = await ask(first, `${matter}?utm_source=gazeta&name=Anna`)
  assert.equal(tagged.payload, plain.payload)
  // What somebody ticked or typed makes a page of its own, which nobody keeps.
  for (const url of [`${matter}?mam=epuap-account`, '/sprawy?q=dowod', '/zasady?dzien=2020-06-11'])
    assert.equal((await ask(first, url)).headers['cache-control'], 'no-store', url)
})

test('who works here sees the way back to work, and nobody else does', async () => {
  const { headers } = await signedIn(here, 'service-office')
  for (const url of ['/', matter, '/kontakt']) {
    const atWork = await ask(first, url, headers)
    assert.match(atWork.payload, /href="\/praca"/)
    assert.equal(atWork.headers['cache-control'], 'no-store')
    assert.doesNotMatch((await ask(first, url)).payload, /href="\/praca"/)
  }
})

async function showsOffice(app: FastifyInstance): Promise<boolean> {
  const pages = await Promise.all(['/', '/sprawy', matter, '/kontakt'].map((url) => ask(app, url)))
  const names = await Promise.all([matter, `/en${matter}`, '/uk/sprawy'].map((url) => ask(app, url)))
  return (
    pages.every(({ payload }) => payload.includes('Urząd po zmianie')) &&
    ['Rejestracja po zmianie', 'Registration after the change', 'Реєстрація після зміни'].every((name, at) =>
      names[at]?.payload.includes(name),
    )
  )
}

test('a change of the office shows at once where it was made, and in another process', async () => {
  for (const app of apps) assert.equal(await showsOffice(app), false)
  const file = lesznoFile((changed) => {
    changed.office.name = 'Urząd po zmianie'
    Object.assign(
      changed.services.find((service: { id: string }) => service.id === 'rejestracja-pojazdow'),
      {
        name: 'Rejestracja po zmianie',
        translations: { en: { name: 'Registration after the change' }, uk: { name: 'Реєстрація після зміни' } },
      },
    )
  })
  await importOffice(here.database, file, { now: clock.now(), demonstration: false })
  here.changes.publish('directory')
  assert.ok(await showsOffice(first))
  assert.ok(await until(() => showsOffice(second), Boolean))
})

async function showsAct(app: FastifyInstance): Promise<boolean> {
  return (await ask(app, '/zasady')).payload.includes('w sprawie zmienionej')
}

test('a change of an act shows at once where it was made, and in another process', async () => {
  const acts = lesznoActs() as { acts: { title: string; provisions: { kind: string; until?: string }[] }[] }
  const before = await ask(second, '/zasady')
  for (const app of apps) assert.doesNotMatch((await ask(app, '/zasady')).payload, /w sprawie zmienionej/)
  for (const act of acts.acts) act.title = 'w sprawie zmienionej'
  assert.deepEqual(await importActs(here.database, acts, clock.now()), [])
  here.changes.publish('regulation')
  assert.ok(await showsAct(first))
  assert.ok(await until(() => showsAct(second), Boolean))
  assert.equal((await ask(second, '/zasady', { 'if-none-match': String(before.headers['etag']) })).statusCode, 200)
})

test('another day makes another page', async () => {
  const before = await ask(first, '/zasady')
  clock.moveTo(instantOf(officeDay(clock.now()).add({ days: 1 }), 8 * 60))
  const next = await ask(first, '/zasady', { 'if-none-match': String(before.headers['etag']) })
  assert.equal(next.statusCode, 200)
  assert.notEqual(next.payload, before.payload)
})

const clockOf = ({ payload }: { payload: string }) => /okienko-demo__sentence">[^<]*/.exec(payload)?.[0]

test('in a demonstration the bar of each reader is put in, and nothing is kept by anybody', async () => {
  const app = await createApp({ ...here, demonstration: true })
  after(() => app.close())
  const one = await ask(app, `${matter}?skad=plakat`)
  assert.equal(one.headers['cache-control'], 'no-store')
  assert.match(one.payload, /name="powrot" value="\/sprawy\/rejestracja-pojazdow\?skad=plakat"/)
  clock.moveTo(clock.now().add({ minutes: 7 }))
  const two = await ask(app, matter)
  assert.notEqual(clockOf(one), clockOf(two))
  assert.match(two.payload, /name="powrot" value="\/sprawy\/rejestracja-pojazdow"/)
  const keys = [one, two].map(({ payload }) => /name="klucz" value="([^"]+)"/.exec(payload)?.[1])
  assert.notEqual(keys[0], keys[1])
})
