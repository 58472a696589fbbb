/** The pass in a real browser: in three languages, with axe and at 320 px, on paper, outdated, called off, and next in line. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createApp } from '../../src/app.js'
import { languages } from '../../src/platform/words.js'
import { signedPassText, type Visit } from '../../src/visit/index.js'
import { assertAccessible, openBrowser, openPerson, screenshot, type Page } from '../support/browser.js'
import { testLeszno } from '../support/office.js'
import { bookedVisit } from '../support/visits.js'

const office = await testLeszno()
const { context } = office
const { pool } = context.database
const app = await createApp(context)
const address = await app.listen({ port: 0, host: '127.0.0.1' })
const browser = await openBrowser()
after(async () => {
  await browser.close()
  await app.close()
})

const pictures = process.env['OKIENKO_PICTURES']
async function look(page: Page, name: string): Promise<void> {
  if (pictures !== undefined) {
    await screenshot(page, `${pictures}/pass-${name}-1280.png`)
    await page.setViewportSize({ width: 320, height: 900 })
    await screenshot(page, `${pictures}/pass-${name}-320.png`)
    await page.setViewportSize({ width: 1280, height: 900 })
  }
  await assertAccessible(page)
}

let hour = 7
/** A visit of its own hour, on a day of May 2020. */
async function visitOn(day: number): Promise<Visit> {
  hour = hour === 14 ? 8 : hour + 1
  const start = Temporal.PlainDateTime.from({ year: 2020, month: 5, day, hour }).toZonedDateTime('Europe/Warsaw').toInstant()
  return bookedVisit(office, { serviceId: 'rejestracja-pojazdow', start })
}

const linkOf = ({ reference }: Visit, wish = ''): string => `/l/${reference}-${context.secrets.secretOf(reference)}${wish}`
const codeOf = (visit: Visit): string => new URL(signedPassText(context, visit, office.directory.office.settings)).pathname

test('the pass says the way and what is not known of it, and the self-check unfolds, in three languages', async () => {
  const visit = await visitOn(26)
  for (const language of languages) {
    const page = await openPerson(browser, address)
    await page.goto(linkOf(visit))
    await page.goto(`/wizyta/${visit.reference}?lang=${language}`)
    for (const fold of await page.locator('main summary').all()) await fold.click()
    await look(page, language)
    await page.goto(`/objawy?lang=${language}`)
    for (const fold of await page.locator('main summary').all()) await fold.click()
    await look(page, `symptoms-${language}`)
    await page.goto(codeOf(visit).toUpperCase())
    await look(page, `code-${language}`)
    await page.context().close()
  }
})

test('without script the pass shows the same, and both answers unfold', async () => {
  const visit = await visitOn(26)
  const page = await openPerson(browser, address, { javaScript: false })
  await page.goto(linkOf(visit))
  await page.getByText('Mam katar, kaszel').click()
  await page.getByText('Proszę nie załatwiać sprawy osobiście').waitFor()
  assert.equal(await page.locator('details#z-objawami a[href$="/zmien"]').count(), 1)
})

test('on paper the pass of any matter is one sheet of A4, in every language', async () => {
  const visit = await visitOn(26)
  const page = await openPerson(browser, address)
  await page.goto(linkOf(visit))
  const { directory } = office
  const sheets = async (language: string): Promise<number> => {
    await page.goto(`/wizyta/${visit.reference}/druk?lang=${language}`)
    const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true })
    return pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0
  }
  const matters = [...directory.services.values()].filter(({ closed, dropOff }) => !closed && !dropOff)
  for (const service of matters) {
    const desk = directory.desksOf(service.id)[0]
    await pool.query('update visit set service_id = $2, building_id = $3, room_id = $4 where id = $1', [
      visit.id,
      service.id,
      service.buildingId,
      desk?.roomId ?? null,
    ])
    if (pictures !== undefined) {
      await page.goto(`/wizyta/${visit.reference}/druk?lang=pl`)
      await page.emulateMedia({ media: 'print' })
      await page.setViewportSize({ width: 688, height: 1032 })
      await screenshot(page, `${pictures}/paper-${service.id}.png`)
      await page.emulateMedia({ media: null })
      await page.setViewportSize({ width: 1280, height: 900 })
    }
    // Ukrainian runs longest; the matter with most to say is looked at in each.
    for (const language of service.id === 'podatki-lokalne' ? languages : (['uk'] as const))
      assert.equal(await sheets(language), 1, `${service.id} ${language}`)
  }
  await look(page, 'print')
})

test('from the link to a cancelled visit in one step; then the old time, the calendar, and the way to another', async () => {
  const visit = await visitOn(27)
  const page = await openPerson(browser, address)
  await page.goto(linkOf(visit, '/odwolaj'))
  assert.equal(await page.locator('main button').count(), 1)
  await look(page, 'cancel')
  await page.locator('main').getByRole('button', { name: 'Odwołaj wizytę' }).click()
  await page.getByRole('heading', { level: 1, name: 'Wizyta została odwołana' }).waitFor()
  await page.getByText('Odwołany termin').waitFor()
  await page.getByRole('link', { name: /Usuń z kalendarza/ }).waitFor()
  await look(page, 'cancelled')
  await page.goto(codeOf(visit))
  await page.getByRole('heading', { level: 1, name: 'Przepustka jest nieaktualna' }).waitFor()
  await look(page, 'outdated')
})

test('inside, the page counts by itself how many are called before', async () => {
  const first = await visitOn(28)
  const second = await visitOn(28)
  office.clock.moveTo(first.startsAt)
  const arrive = async ({ id }: Visit): Promise<void> => {
    await pool.query(
      `update visit set state = 'arrived', arrived_at = $2, due_at = $2, due_why = 'booked-due', ticket = $3 where id = $1`,
      [id, office.clock.now(), `B${900 + id}`],
    )
    context.changes.publish('queue:walowa-5')
  }
  await arrive(second)
  const page = await openPerson(browser, address)
  await page.goto(linkOf(second))
  await page.getByText('Nikt nie czeka wcześniej').waitFor()
  // Booked for an earlier hour, this person comes in later and goes before: the page says that it is so.
  await page.getByText('Kolejność wynika z umówionych godzin').waitFor()
  await arrive(first)
  await page.getByText('Wcześniej czeka 1 osoba').waitFor()
  await look(page, 'in-line')
})
