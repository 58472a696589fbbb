/** A citizen on the web in a real browser, page after page; axe looks at each page and state in pages.test.ts, the keyboard is in keyboard.test.ts. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createApp } from '../../src/app.js'
import { openBrowser, openPerson, untilTrue } from '../support/browser.js'
import { confirmByCode, newestMessage } from '../support/confirming.js'
import { testLeszno } from '../support/office.js'
import { bookedVisit } from '../support/visits.js'

const office = await testLeszno()
const { context } = office
const app = await createApp(context)
const address = await app.listen({ port: 0, host: '127.0.0.1' })
const browser = await openBrowser()
after(async () => {
  await browser.close()
  await app.close()
})

test('from the first page to a cancelled visit, and the browser finds nothing to complain about', async () => {
  const page = await openPerson(browser, address)
  const faults: string[] = []
  page.on('console', (message) => message.type() === 'error' && !/\b4\d\d\b/.test(message.text()) && faults.push(message.text()))
  await page.goto('/')
  await page.getByRole('button', { name: 'Wszystkie sprawy' }).click()
  await page.getByRole('link', { name: 'Rejestracja pojazdów' }).click()
  await page.getByLabel('profil zaufany lub certyfikat kwalifikowany').check()
  await page.getByLabel('konto na ePUAP').check()
  await page.getByRole('button', { name: 'Pokaż, jak to załatwić' }).click()
  await page.getByRole('button', { name: 'Nadal muszę przyjść' }).click()
  await page.getByLabel('8:00', { exact: true }).first().waitFor()
  await page.getByRole('button', { name: 'Dalej' }).click()
  await page.getByRole('link', { name: 'Proszę wybrać dzień i godzinę' }).waitFor()
  await page.getByLabel('8:00', { exact: true }).first().check()
  await page.getByRole('button', { name: 'Dalej' }).click()
  await page.getByRole('heading', { level: 1, name: 'Dane do wizyty' }).waitFor()
  await page.getByRole('button', { name: 'Dalej' }).click()
  await untilTrue(page, "document.title.startsWith('Błąd: Dane do wizyty')")
  await page.getByLabel('Imię i nazwisko').fill('Łucja Próbna-Żółć')
  await page.getByLabel('Telefon').fill('601 234 567')
  await page.getByLabel(/Oświadczam/).check()
  await page.getByRole('button', { name: 'Dalej' }).click()
  await page.getByRole('heading', { level: 1, name: 'Sprawdzenie przed rezerwacją' }).waitFor()
  // Back leads to the form that was sent back, with what was typed, and not to the browser's own page.
  await page.goBack()
  await untilTrue(page, "document.title.startsWith('Błąd: Dane do wizyty')")
  await page.goForward()
  await page.getByRole('heading', { level: 1, name: 'Sprawdzenie przed rezerwacją' }).waitFor()
  await page.getByRole('button', { name: 'Zarezerwuj wizytę' }).dblclick()
  await page.getByRole('heading', { level: 1, name: 'Potwierdzenie wizyty' }).waitFor()
  await page.getByRole('button', { name: 'Potwierdź wizytę' }).click()
  await page.getByRole('link', { name: 'Proszę wpisać sześć cyfr kodu z wiadomości' }).waitFor()
  assert.match(await page.title(), /^Błąd: /)
  await page.getByRole('button', { name: 'Wyślij nowy kod' }).dblclick()
  await page.getByText('Wysłaliśmy nowy kod').waitFor()
  await page.getByText('jeszcze 1 raz').waitFor()
  await confirmByCode(context, page)
  await page.getByRole('heading', { level: 1, name: 'Wizyta umówiona' }).waitFor()
  await page.getByRole('link', { name: 'Wersja do druku' }).click()
  await page.waitForURL('**/druk')
  await page.goBack()
  await page.getByRole('button', { name: 'Zmień termin' }).click()
  await page.getByLabel('9:00', { exact: true }).first().check()
  await page.getByRole('button', { name: 'Zmień termin' }).click()
  await page.getByText('Termin wizyty został zmieniony').waitFor()
  await page.getByRole('link', { name: 'Odwołaj wizytę' }).click()
  await page.getByRole('button', { name: 'Odwołaj wizytę' }).click()
  await page.getByRole('heading', { level: 1, name: 'Wizyta została odwołana' }).waitFor()
  assert.deepEqual(faults, [], 'the browser found nothing to complain about')
})

test('by the link on another device: looking at it confirms nothing, its button does, also without a script', async () => {
  for (const [javaScript, time] of [
    [true, 3],
    [false, 5],
  ] as const) {
    const page = await openPerson(browser, address, { javaScript })
    await page.goto('/sprawy/rejestracja-pojazdow/terminy')
    await page.getByRole('radio').nth(time).check()
    await page.getByRole('button', { name: 'Dalej' }).click()
    await page.getByLabel('Imię i nazwisko').fill('Jan Linkowy')
    await page.getByLabel('E-mail').fill(`link${time}@example.org`)
    await page.getByRole('button', { name: 'Dalej' }).click()
    await page.getByRole('button', { name: 'Zarezerwuj wizytę' }).click()
    await page.waitForURL('**/potwierdz')
    const { link } = await newestMessage(context, page)
    const phone = await openPerson(browser, address, { javaScript, width: 320 })
    await phone.goto(link)
    await phone.reload()
    await page.reload()
    await page.getByRole('heading', { level: 1, name: 'Potwierdzenie wizyty' }).waitFor()
    await phone.getByRole('button', { name: 'Potwierdź wizytę' }).click()
    await phone.getByRole('heading', { level: 1, name: 'Wizyta umówiona' }).waitFor()
    await page.reload()
    await page.getByRole('heading', { level: 1, name: 'Wizyta umówiona' }).waitFor()
    await phone.goto(link)
    await phone.getByRole('heading', { level: 1, name: 'Wizyta umówiona' }).waitFor()
    await newestMessage(context, phone)
    await phone.goto('/skrzynka')
    await phone.getByRole('link', { name: 'Odwołaj wizytę' }).first().waitFor()
    const cancel = await phone.getByRole('link', { name: 'Odwołaj wizytę' }).first().getAttribute('href')
    await phone.goto((cancel ?? '').replace(context.publicUrl, address))
    await phone.getByRole('button', { name: 'Odwołaj wizytę' }).click()
    await phone.getByRole('heading', { level: 1, name: 'Wizyta została odwołana' }).waitFor()
    await page.context().close()
    await phone.context().close()
  }
})

test('who comes after the hour is told so, and takes the same time again with what was typed', async () => {
  const page = await openPerson(browser, address)
  await page.goto('/sprawy/rejestracja-pojazdow/terminy')
  await page.getByRole('radio').nth(9).check()
  await page.getByRole('button', { name: 'Dalej' }).click()
  await page.getByLabel('Imię i nazwisko').fill('Jan Spóźniony')
  await page.getByLabel('E-mail').fill('spozniony@example.org')
  await page.getByRole('button', { name: 'Dalej' }).click()
  await page.getByRole('button', { name: 'Zarezerwuj wizytę' }).click()
  await page.waitForURL('**/potwierdz')
  office.clock.moveTo(office.clock.now().add({ minutes: 61 }))
  await page.getByLabel('Kod z wiadomości').fill('123456')
  await page.getByRole('button', { name: 'Potwierdź wizytę' }).click()
  await page.getByRole('heading', { level: 1, name: 'Czas na potwierdzenie minął' }).waitFor()
  const { link } = await newestMessage(context, page)
  const phone = await openPerson(browser, address, { javaScript: false })
  await phone.goto(link)
  await phone.getByRole('button', { name: 'Zarezerwuj ten termin jeszcze raz' }).click()
  await phone.getByText('Jan Spóźniony').waitFor()
  await phone.getByRole('button', { name: 'Zarezerwuj wizytę' }).click()
  await confirmByCode(context, phone)
  await phone.getByRole('heading', { level: 1, name: 'Wizyta umówiona' }).waitFor()
})

test('on the day the page of a visit follows the door and the queue by itself, title and all', async () => {
  const start = Temporal.Instant.from('2020-05-27T08:00:00Z')
  const { id, reference } = await bookedVisit(office, { serviceId: 'nabycie-zbycie-pojazdu', start })
  office.clock.moveTo(start.subtract({ minutes: 10 }))
  const page = await openPerson(browser, address)
  await page.goto(`/l/${reference}-${context.secrets.secretOf(reference)}`)
  await page.getByRole('heading', { level: 1, name: 'Wizyta umówiona' }).waitFor()
  const arrived = `state = 'arrived', arrived_at = starts_at, due_at = starts_at, due_why = 'booked-due', ticket = 'B901'`
  await context.database.pool.query(`update visit set ${arrived} where id = $1`, [id])
  context.changes.publish('queue:walowa-5')
  await page.getByRole('heading', { level: 1, name: 'proszę czekać na wezwanie' }).waitFor()
  await page.getByText('B 901').waitFor()
  const desk = office.directory.desksOf('rejestracja-pojazdow')[0]
  await context.database.pool.query(
    `update visit set state = 'called', called_at = starts_at, called_count = 1, desk_id = $2 where id = $1`,
    [id, desk?.id],
  )
  context.changes.publish('queue:walowa-5')
  await page.getByRole('heading', { level: 1, name: 'Proszę podejść do stanowiska' }).waitFor()
  assert.match(await page.title(), /^Proszę podejść do stanowiska – Okienko/)
})
