/**
 * The symptom self-check leaves nothing behind, and a visit moved after it is moved like any other.
 *
 * What is compared: every row of every table of the database, as text; every line of the log at its
 * most talkative level; every request the browser sends (method, address, body, Referer and the names of
 * all headers); what the browser keeps; and the figures at /metrics. Two visits at the same time,
 * moved to the same time, one through the answer "I have symptoms" and one without: their rows, lines
 * and requests must be equal once what differs between any two visits is covered up (ids, references
 * and desks, the person's e-mail, keys of commands, durations). The office's clock stands, so times
 * need no cover.
 */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { pino } from 'pino'
import { createApp } from '../../src/app.js'
import { openBrowser, openPerson, type Page } from '../support/browser.js'
import { testLeszno } from '../support/office.js'
import { bookedVisit } from '../support/visits.js'
import type { Visit } from '../../src/visit/index.js'

const office = await testLeszno()
const lines: string[] = []
const context = { ...office.context, log: pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) }) }
const { pool } = context.database
const app = await createApp(context)
const address = await app.listen({ port: 0, host: '127.0.0.1' })
const browser = await openBrowser()
after(async () => {
  await browser.close()
  await app.close()
})

const start = Temporal.Instant.from('2020-05-26T07:00:00Z')
const answers = ['#bez-objawow', '#z-objawami'] as const

/** Every row of every table: `table row`. */
async function everyRow(): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
  )
  assert.ok(rows.length > 20)
  const tables = await Promise.all(
    rows.map(async ({ name }) => {
      const { rows: all } = await pool.query<{ row: string }>(`select to_jsonb(t)::text as row from "${name}" t`)
      return all.map(({ row }) => `${name} ${row}`)
    }),
  )
  return tables.flat().toSorted()
}

async function ownPage(visit: Visit): Promise<Page> {
  const page = await openPerson(browser, address)
  await page.goto(`/l/${visit.reference}-${context.secrets.secretOf(visit.reference)}`)
  await page.waitForLoadState('networkidle')
  return page
}

const booked = (): Promise<Visit> => bookedVisit({ ...office, context }, { serviceId: 'nabycie-zbycie-pojazdu', start })

/** What a browser keeps: cookies and both stores. */
const kept = async (page: Page): Promise<unknown> => [
  await page.context().cookies(),
  await page.evaluate('[JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie, history.length, location.href]'),
]

/** How often each address was asked, but for those of the figures and of what pages are drawn with. */
const figures = async (): Promise<string[]> =>
  (await (await fetch(`${address}/metrics`)).text())
    .split('\n')
    .filter((line) => line.startsWith('okienko_http_seconds_count') && !/\/metrics|\/assets\//.test(line))
    .toSorted()

/** All requests from now on. */
function listen(page: Page): Promise<string>[] {
  const sent: Promise<string>[] = []
  page.on('request', (request) =>
    sent.push(
      request.allHeaders().then((headers) =>
        JSON.stringify({
          method: request.method(),
          url: request.url(),
          body: request.postData(),
          referer: headers['referer'] ?? null,
          names: Object.keys(headers).toSorted(),
        }),
      ),
    ),
  )
  return sent
}

test('neither answer leaves a row, a line of the log, a request or anything in the browser', async () => {
  const page = await ownPage(await booked())
  const before = { rows: await everyRow(), lines: [...lines], kept: await kept(page) }
  assert.ok(
    before.lines.some((line) => line.includes('/wizyta/:reference')),
    'the log is on',
  )
  const sent = listen(page)
  for (const answer of answers) {
    const fold = page.locator(`details${answer}`)
    await fold.locator('summary').click()
    await fold.locator('p').first().waitFor()
    await fold.locator('summary').click()
    await fold.locator('p').first().waitFor({ state: 'hidden' })
    await fold.locator('summary').click()
  }
  await page.waitForLoadState('networkidle')
  assert.deepEqual(await Promise.all(sent), [])
  assert.deepEqual(lines, before.lines)
  assert.deepEqual(await kept(page), before.kept)
  assert.deepEqual(await everyRow(), before.rows)
})

test('that somebody opened the page of the self-check is neither logged nor counted, and the next page is not told', async () => {
  const page = await openPerson(browser, address)
  await page.goto('/zasady')
  await page.waitForLoadState('networkidle')
  const before = { rows: await everyRow(), lines: lines.length, figures: await figures() }
  await page.getByRole('link', { name: 'Sprawdź objawy przed przyjściem' }).click()
  await page.getByRole('heading', { level: 1, name: 'Objawy choroby' }).waitFor()
  for (const answer of answers) await page.locator(`details${answer} summary`).click()
  await page.waitForLoadState('networkidle')
  // Reading the figures is itself a line of the log, and the page's style and script are another's too.
  const own = lines.slice(before.lines).filter((line) => !/"\/metrics"|"\/assets\//.test(line))
  assert.deepEqual(own, [])
  assert.deepEqual(await figures(), before.figures)
  assert.deepEqual(await everyRow(), before.rows)
  assert.equal(new URL(page.url()).search, '')
  const sent = listen(page)
  await page.getByRole('link', { name: 'Moja wizyta: zmiana terminu albo odwołanie' }).click()
  await page.getByRole('heading', { level: 1, name: 'Moja wizyta' }).waitFor()
  assert.equal(JSON.parse((await sent[0]) ?? '{}').referer, null)
})

/** Moves the visit in a browser, by the button in the answer or by the ordinary one, and tells all it left. */
async function moved(visit: Visit, way: 'after-check' | 'without'): Promise<Record<'rows' | 'lines' | 'sent', string[]>> {
  const page = await ownPage(visit)
  const [rows, logged] = [await everyRow(), lines.length]
  if (way === 'after-check') for (const answer of answers) await page.locator(`details${answer} summary`).click()
  const sent = listen(page)
  const move = `a[href="/wizyta/${visit.reference}/zmien"]`
  const links = page.locator(move)
  assert.equal(await links.count(), 2)
  const markup = await links.evaluateAll((all) => all.map((each) => (each as unknown as { outerHTML: string }).outerHTML))
  assert.equal(markup[0], markup[1], 'both ways to another time are the same, to the letter')
  await (way === 'after-check' ? page.locator(`details#z-objawami ${move}`) : page.locator(`main .govuk-button-group ${move}`)).click()
  await page.getByLabel('11:00', { exact: true }).first().check()
  await page.getByRole('button', { name: 'Zmień termin' }).click()
  await page.getByText('Termin wizyty został zmieniony').waitFor()
  await page.waitForLoadState('networkidle')
  const left = (await everyRow()).filter((row) => !rows.includes(row))
  const result = { rows: left, lines: lines.slice(logged), sent: await Promise.all(sent) }
  await page.context().close()
  return result
}

/** Covers what differs between any two visits, and between any two requests. */
function covered(texts: readonly string[], { id, reference, person }: Visit): string[] {
  return texts.map((text) =>
    text
      .replaceAll(reference, 'REFERENCE')
      .replaceAll(person.email ?? '-', 'EMAIL')
      .replaceAll(encodeURIComponent(person.email ?? '-'), 'EMAIL')
      .replaceAll(new RegExp(`("visit_id": |"visit": )${id}\\b`, 'g'), '$1ID')
      .replaceAll(/"(id|desk_id|ms|time|reqId|pid)": ?("[^"]*"|\d+)/g, '"$1": 0')
      .replaceAll(/"desks": "[^"]*"/g, '"desks": ""')
      // The time given back is kept under a visit of its own, for as many minutes as a random number says.
      .replaceAll(/"visit_id": \d+/g, '"visit_id": KEPT')
      .replaceAll(/"(after|held_until)": ("[^"]*"|\d+)/g, '"$1": RANDOM')
      .replaceAll(/("kind": "kept".*"reference": )"[A-Z2-9]{8}"/g, '$1"KEPT"')
      .replaceAll(/"(body_hash|contact|key)": "[^"]*"/g, '"$1": ""')
      .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'KEY'),
  )
}

test('a visit moved after the answer “I have symptoms” equals one moved without it: rows, lines and requests', async () => {
  const [first, second] = [await booked(), await booked()]
  const checked = await moved(first, 'after-check')
  const plain = await moved(second, 'without')
  for (const part of ['rows', 'lines', 'sent'] as const) {
    assert.ok(checked[part].length > 0, part)
    assert.deepEqual(covered(checked[part], first), covered(plain[part], second), part)
  }
  const told = checked.rows.map((row) => row.replace('"reason": null', '"reason": "illness"'))
  assert.notDeepEqual(covered(told, first), covered(plain.rows, second), 'a reason would show')
  assert.ok(checked.rows.some((row) => row.startsWith('event ') && row.includes('"moved"')))
})
