/**
 * The walks that pictures are taken on, in the order of a day: nothing a later walk needs is used up
 * by an earlier one. Each opens people of its own.
 */
import { machineClock } from '../../src/platform/clock.js'
import type { Language } from '../../src/platform/words.js'
import { inLanguage } from '../../src/ui/index.js'
import { makeRequest } from '../../src/booking/index.js'
import { makeLink } from '../../src/staff/actions.js'
import type { Locator } from 'playwright-core'
import type { Page } from '../support/browser.js'
import { confirmByCode, newestMessage } from '../support/confirming.js'
import { somebody } from '../support/visits.js'
import { unreachedMessages } from '../support/sending.js'
import type { Tools } from './screenshots.js'
import { kiosk } from './walks-kiosk.js'
import { plan } from './walks-plan.js'
import { keeping } from './walks-office.js'
import { waiting } from './walks-waiting.js'
import { messages, writing } from './walks-messages.js'

type Walk = (tools: Tools) => Promise<void>

const main = (page: Page) => page.locator('main')

/** Presses and waits for the page that follows: staff forms ask the network before they are sent. */
async function sent(page: Page, pressed: Locator): Promise<void> {
  const loaded = page.waitForEvent('load')
  await pressed.click()
  await loaded
}

async function toDetails(page: Page, radio = 0, language: Language = 'pl'): Promise<void> {
  await page.goto(inLanguage('/sprawy/rejestracja-pojazdow/terminy', language))
  await page.getByRole('radio').nth(radio).check()
  await page.locator('main form button').first().click()
  await page.waitForURL('**/dane')
}

/** To the page of the code. */
async function toCode(page: Page, email: string, radio = 0): Promise<void> {
  await toDetails(page, radio)
  await page.locator('input[name=name]').fill('Anna Świerczewska-Zmyślona')
  await page.locator('input[name=email]').fill(email)
  await page.getByRole('checkbox').first().check()
  await page.locator('main form button').first().click()
  await page.waitForURL('**/sprawdz')
  await page.locator('main form button').last().click()
  await page.waitForURL('**/potwierdz')
}

const citizen: Walk = async ({ person, look, moveClock, context }) => {
  const page = await person()
  for (const [name, address] of [
    ['home', '/'],
    ['services', '/sprawy'],
    ['services-found', '/sprawy?q=rejestracja+pojazdow'],
    ['services-none', '/sprawy?q=zzzz'],
    ['services-life', '/sprawy?q=%C5%9Blub'],
    ['services-unit', '/sprawy?wydzial=wydzial-komunikacji'],
    ['life-event', '/sytuacje/slub'],
    ['advice-web', '/sprawy/rejestracja-pojazdow'],
    ['advice-means', '/sprawy/rejestracja-pojazdow?mam=trusted-profile&mam=epuap-account'],
    ['advice-phone', '/sprawy/dowody-osobiste'],
    ['advice-fee', '/sprawy/usuniecie-drzew'],
    ['advice-chosen', '/sprawy/wymiana-prawa-jazdy/bez-wizyty/poczta'],
    ['advice-elsewhere', '/sprawy/paszporty'],
    ['advice-marriage', '/sprawy/usc-zaswiadczenie-do-malzenstwa'],
    ['advice-drop-off', '/sprawy/podatki-lokalne'],
    ['unknown-service', '/sprawy/nie-ma-takiej'],
    ['no-web', '/sprawy/dowody-osobiste/terminy'],
    ['request', '/sprawy/dowody-osobiste/prosba'],
    ['lookup', '/wizyta'],
    ['symptoms', '/objawy'],
    ['contact', '/kontakt'],
    ['rules', '/zasady'],
    ['rules-day', '/zasady?dzien=2020-06-11'],
    ['privacy', '/prywatnosc'],
    ['declaration', '/deklaracja-dostepnosci'],
    ['not-found', '/nie-ma'],
    ['screens', '/ekran'],
    ['queues', '/kolejki'],
    ['queues-building', '/kolejki/walowa-5'],
    ['gallery', '/galeria'],
  ] as const) {
    await page.goto(address)
    await look(page, `citizen-${name}`)
  }
  await page.goto('/sprawy/rejestracja-pojazdow/terminy')
  await look(page, 'citizen-times')
  await page.locator('main form button').first().click()
  await page.getByText('Wystąpił problem').waitFor()
  await look(page, 'citizen-times-error')
  await toDetails(page)
  await look(page, 'citizen-details')
  await page.locator('main form button').first().click()
  await page.getByText('Wystąpił problem').waitFor()
  await look(page, 'citizen-details-error')
  await page.locator('input[name=name]').fill('Anna Świerczewska-Zmyślona')
  await page.locator('input[name=email]').fill('anna@example.org')
  await page.locator('main form button').first().click()
  await page.waitForURL('**/sprawdz')
  await look(page, 'citizen-check')
  await page.locator('main form button').last().click()
  await page.waitForURL('**/potwierdz')
  await look(page, 'citizen-code')
  await page.locator('input[name=kod]').fill('000 000')
  await page.locator('main form button').first().click()
  await page.getByText('Wystąpił problem').waitFor()
  await look(page, 'citizen-code-error')
  for (let wrong = 0; wrong < 4; wrong += 1) {
    await page.locator('input[name=kod]').fill('000000')
    await sent(page, page.locator('main form button').first())
  }
  await page.getByText('Za dużo błędnych kodów').waitFor()
  await look(page, 'citizen-code-spent')
  await sent(page, page.locator('main form button').first())
  await look(page, 'citizen-code-sent')
  const { link } = await newestMessage(context, page)
  await page.goto(link)
  await look(page, 'citizen-link')
  await page.goBack()
  await confirmByCode(context, page)
  await look(page, 'citizen-booked')
  await newestMessage(context, page)
  await page.goto('/skrzynka')
  await look(page, 'citizen-mailbox')
  await page.goBack()
  const pass = page.url()
  await page.goto(`${pass}/druk`)
  await look(page, 'citizen-print')
  await page.emulateMedia({ media: 'print' })
  await look(page, 'citizen-print-paper')
  await page.emulateMedia({ media: 'screen' })
  await page.goto(`${pass}/zmien`)
  await look(page, 'citizen-move')
  await page.getByRole('radio').nth(4).check()
  await page.locator('main form button').first().click()
  await page.waitForURL('**/wizyta/*')
  await look(page, 'citizen-moved')
  await page.goto(`${pass.split('?')[0]}/odwolaj`)
  await look(page, 'citizen-cancel')
  await page.locator('main').getByRole('button').first().click()
  await page.waitForURL('**/wizyta/*')
  await look(page, 'citizen-cancelled')
  await page.goto('/wizyta')
  await sent(page, page.locator('main form button').first())
  await look(page, 'citizen-lookup-error')
  await page.locator('main input').first().fill('K7MPQX2D')
  await page.locator('main input').nth(1).fill('601 234 567')
  await sent(page, page.locator('main form button').first())
  await look(page, 'citizen-lookup-unknown')
  await page.goto('/sprawy/dowody-osobiste/prosba')
  await sent(page, page.locator('main form button').last())
  await look(page, 'citizen-request-error')
  await page.locator('input[name=name]').fill('Halina Ćwiczebna')
  await page.locator('input[name=phone]').fill('655 298 100')
  for (const box of await main(page).getByRole('checkbox').all()) await box.check()
  await page.locator('main form button').last().click()
  await page.getByRole('heading', { name: 'Prośba została wysłana' }).waitFor()
  await look(page, 'citizen-request-done')
  // A hold that ran out, at the end: it takes the clock along.
  const late = await person()
  await toDetails(late, 1)
  await moveClock('2020-05-25T07:45')
  await late.reload()
  await look(late, 'citizen-expired')
  const first = await person()
  await toCode(first, 'pierwsza@example.org', 2)
  await confirmByCode(context, first)
  const again = await person()
  await toCode(again, 'pierwsza@example.org', 9).catch(() => undefined)
  await look(again, 'citizen-limit')
}

const languages: Walk = async ({ person, look, context }) => {
  for (const language of ['en', 'uk'] as const) {
    const page = await person()
    for (const [name, address] of [
      ['home', '/'],
      ['services', '/sprawy'],
      ['services-found', '/sprawy?q=rejestracja+pojazdow'],
      ['services-none', '/sprawy?q=zzzz'],
      ['life-event', '/sytuacje/slub'],
      ['advice-web', '/sprawy/rejestracja-pojazdow'],
      ['advice-phone', '/sprawy/dowody-osobiste'],
      ['times', '/sprawy/rejestracja-pojazdow/terminy'],
      ['request', '/sprawy/dowody-osobiste/prosba'],
      ['contact', '/kontakt'],
      ['rules', '/zasady'],
      ['privacy', '/prywatnosc'],
      ['declaration', '/deklaracja-dostepnosci'],
      ['not-found', '/nie-ma'],
    ] as const) {
      await page.goto(inLanguage(address, language))
      await look(page, `${language}-${name}`)
    }
    await toDetails(page, 3, language)
    await sent(page, page.locator('main form button').first())
    await look(page, `${language}-details-error`)
    await page.locator('input[name=name]').fill('Oksana Zmyślona')
    await page.locator('input[name=email]').fill(`${language}@example.org`)
    await page.getByRole('checkbox').first().check()
    await page.locator('main form button').first().click()
    await page.waitForURL('**/sprawdz')
    await look(page, `${language}-check`)
    await page.locator('main form button').last().click()
    await page.waitForURL('**/potwierdz')
    await look(page, `${language}-code`)
    await confirmByCode(context, page)
    await look(page, `${language}-booked`)
    await newestMessage(context, page)
    await page.goto('/skrzynka')
    await look(page, `${language}-mailbox`)
    await page.goBack()
    const { rows } = await context.database.pool.query<{ id: number }>('select id from visit where reference = $1', [
      new URL(page.url()).pathname.split('/').at(-1),
    ])
    await page.goto(inLanguage(`/q/${context.secrets.passToken(rows[0]?.id ?? 0)}`, language))
    await look(page, `${language}-pass-code`)
  }
}

const staff: Walk = async ({ person, signIn, look, context }) => {
  const nobody = await person()
  await nobody.goto('/praca/logowanie')
  await look(nobody, 'staff-sign-in')
  await nobody.locator('input[name=login]').fill('obsluga')
  await nobody.locator('input[type=password]').fill('zgaduje')
  await sent(nobody, nobody.locator('main').getByRole('button').first())
  await look(nobody, 'staff-sign-in-wrong')
  const invited = await person()
  const { rows } = await context.database.pool.query<{ id: number }>('select id from account where login = $1', ['sekretarz'])
  await invited.goto(new URL(await makeLink(context, rows[0]?.id ?? 0, machineClock.now())).pathname)
  await look(invited, 'staff-password')
  for (const login of ['administrator', 'sekretarz', 'obsluga', 'naczelnik', 'wejscie-walowa-5', 'pokoj22-1']) {
    const page = await signIn(login).catch(() => null)
    if (page === null) continue
    await look(page, `staff-after-${login}`)
    await page.goto('/praca')
    await look(page, `staff-menu-${login}`)
    if (login === 'administrator') {
      await page.goto('/praca/ekrany')
      await look(page, 'staff-screens')
      await unreachedMessages(context)
      await page.goto('/praca/wiadomosci')
      await look(page, 'staff-messages')
      await page.goto('/praca/konta')
      await look(page, 'staff-accounts')
      await page.goto('/praca/akty')
      await look(page, 'staff-acts')
      await page.goto('/praca/akty/nowy')
      await look(page, 'staff-act-new')
      await page.goto('/praca/akty/wczytaj')
      await look(page, 'staff-act-import')
    }
    await page.context().close()
  }
}

const office: Walk = async ({ signIn, look, context }) => {
  await makeRequest(context, { serviceId: 'dowody-osobiste', times: [], person: somebody('Ewa Zmyślona'), key: crypto.randomUUID() })
  const page = await signIn('obsluga')
  await page.goto('/praca/obsluga')
  await look(page, 'office-console')
  await page.goto('/praca/obsluga?sprawa=rej+poj')
  await look(page, 'office-matters')
  await page.locator('input[name=szukane]').fill('zmyś')
  await page.keyboard.press('Enter')
  await page.getByText('Znaleziono').first().waitFor()
  await look(page, 'office-found')
  await page.locator('input[name=szukane]').fill('')
  await page.keyboard.press('Enter')
  await page.getByText('Wystąpił problem').waitFor()
  await look(page, 'office-search-error')
  await page.goto('/praca/obsluga/umow/rejestracja-pojazdow')
  await look(page, 'office-book')
  const bookButton = page.locator('#umow button[data-key="F8"]')
  await sent(page, bookButton)
  await look(page, 'office-book-error')
  await page.locator('input[name=start]').nth(4).focus()
  await page.keyboard.press('Enter')
  await page.getByText('Nikt inny go teraz nie weźmie').waitFor()
  await look(page, 'office-kept')
  await page.locator('input[name=name]').fill('Wanda Telefoniczna')
  await page.locator('input[name=phone]').fill('601 234 567')
  await sent(page, bookButton)
  await page.waitForURL('**/wizyta/*')
  await look(page, 'office-booked')
  const visit = page.url().split('?')[0] ?? ''
  await page.goto(`${visit}/zmien`)
  await look(page, 'office-move')
  await page.goto(`${visit}/odwolaj`)
  await look(page, 'office-cancel')
  await sent(page, page.locator('main form button').last())
  await look(page, 'office-cancel-error')
  await page.getByRole('radio').first().check()
  await sent(page, page.locator('main form button').last())
  await look(page, 'office-cancelled')
  await calls(page, look)
}

/** Calls that leave something to be done, the one list, and what came in the last weeks. */
async function calls(page: Page, look: Tools['look']): Promise<void> {
  const press = (name: string): Promise<void> => sent(page, page.locator('main button', { hasText: name }).first())
  await page.goto('/praca/obsluga/umow/dowody-osobiste')
  await page.locator('input[name=name]').fill('Olga Zmyślona')
  await press('Oddzwonić lub napisać')
  await look(page, 'office-task')
  await press('Zapisz zadanie')
  await look(page, 'office-task-error')
  await page.locator('input[name=phone]').fill('601 765 432')
  await press('Zapisz zadanie')
  await look(page, 'office-task-done')
  await press('Wystarczyła porada')
  await look(page, 'office-call-ended')
  await page.goto('/praca/prosby')
  await look(page, 'office-requests')
  await sent(page, page.locator('td a').first())
  await look(page, 'office-request')
  await page.goto('/praca/prosby?kanal=ring')
  await sent(page, page.locator('td a').first())
  await press('Biorę tę prośbę')
  await press('Zapisz próbę')
  await look(page, 'office-ring-error')
  const request = page.url().replace(/\/proba$/, '')
  await page.goto(`${request}/przekaz`)
  await look(page, 'office-pass')
  await page.goto(request)
  await page.getByLabel('nikt nie odbiera').check()
  await press('Zapisz próbę')
  await page.goto('/praca/prosby/zestawienie')
  await look(page, 'office-calls')
}

const desk: Walk = async ({ signIn, look, moveClock }) => {
  await moveClock('2020-05-25T07:50')
  const page = await signIn('pokoj22-2')
  await page.goto('/praca/stanowisko')
  await look(page, 'desk-list')
  const address = '/praca/stanowisko/walowa-5%2F22%2F2'
  await page.goto(address)
  await look(page, 'desk-open')
  const press = async (act: string, name: string): Promise<void> => {
    const button = page.locator(`button[value=${act}]`)
    if ((await button.count()) === 0) return
    await sent(page, button.first())
    await look(page, `desk-${name}`)
  }
  await press('wezwij', 'called')
  await press('nie-zglosil', 'missed-too-soon')
  await press('ponow', 'recall-too-soon')
  await press('rozpocznij', 'serving')
  await page
    .locator('summary')
    .first()
    .click()
    .catch(() => undefined)
  await look(page, 'desk-person')
  await page.locator('#przekazanie summary, #kolejnosc summary').first().click()
  await look(page, 'desk-order')
  await press('odloz', 'parked')
  await press('przywolaj', 'called-back')
  await press('rozpocznij', 'serving-again')
  await page.goto(`${address}?maly=1`)
  await look(page, 'desk-small')
  await page.goto(address)
  await press('zakoncz', 'finished')
  await press('przerwa', 'paused')
  await press('wznow', 'resumed')
  await press('zamknij', 'closed')
  await press('otworz', 'opened')
  await press('wezwij', 'second')
  await press('zakoncz', 'second-finished')
  const other = await signIn('pokoj21-1')
  await other.goto('/praca/stanowisko/walowa-5%2F21%2F1')
  await look(other, 'desk-busy')
  const nobody = await signIn('obsluga')
  await nobody.goto('/praca/stanowisko/karasia-15%2Fbiuro-obslugi%2F1')
  await look(nobody, 'desk-service-office')
  await nobody.goto('/praca/sala/walowa-5')
  await nobody.locator('main details summary').first().click()
  await look(nobody, 'desk-live-room')
}

const door: Walk = async ({ signIn, look, context, moveClock }) => {
  await moveClock('2020-05-25T07:52')
  const page = await signIn('wejscie-walowa-5')
  const base = '/praca/wejscie/walowa-5'
  await page.goto(base)
  await look(page, 'door')
  const codes = await context.database.pool.query<{ id: number }>('select id from visit where building_id = $1 limit 1', ['walowa-5'])
  await page.goto(`/q/${context.secrets.passToken(codes.rows[0]?.id ?? 0)}`)
  await look(page, 'door-code-of-camera')
  const { rows } = await context.database.pool.query<{
    reference: string
    state: string
    building_id: string
    day: string
    starts: number
  }>(
    `select reference, state, building_id, to_char(day, 'YYYY-MM-DD') as day, extract(hour from starts_at at time zone 'Europe/Warsaw')::int * 60 + extract(minute from starts_at at time zone 'Europe/Warsaw')::int as starts
       from visit order by starts_at`,
  )
  const here = rows.filter((row) => row.building_id === 'walowa-5')
  const pick = (test: (row: (typeof rows)[number]) => boolean): string => here.find(test)?.reference ?? 'ZZZZ9999'
  const today = '2020-05-25'
  const scan = async (code: string, name: string): Promise<void> => {
    await page.goto(base)
    await page.locator('input[name=kod]').fill(code)
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')])
    await look(page, `door-${name}`)
  }
  const soon = pick((row) => row.state === 'booked' && row.day === today && row.starts >= 475 && row.starts <= 480)
  await scan(soon, 'come-in')
  await scan(soon, 'same-again')
  await moveClock('2020-05-25T07:55')
  await scan(soon, 'already-in')
  await scan(
    pick((row) => row.state === 'booked' && row.day === today && row.starts > 540),
    'too-early',
  )
  await scan(
    pick((row) => row.state === 'booked' && row.day > today),
    'another-day',
  )
  await scan(
    pick((row) => row.state === 'cancelled'),
    'cancelled',
  )
  await scan(
    pick((row) => row.state === 'served'),
    'over',
  )
  await scan(
    pick((row) => row.state === 'pending'),
    'not-confirmed',
  )
  await scan(rows.find((row) => row.building_id !== 'walowa-5')?.reference ?? '', 'wrong-building')
  await scan('ZZZZ9999', 'unknown')
  await scan('zmyś', 'surname')
  await scan('qqqq', 'surname-none')
  await page.goto(`${base}?kod=brak`)
  await look(page, 'door-no-booking')
  await page.goto(`${base}?kod=brak&szukaj=${encodeURIComponent('dowód')}`)
  await look(page, 'door-help-search')
  await page.goto(`${base}?kod=brak&sprawa=rejestracja-pojazdow`)
  await look(page, 'door-help-matter')
  await page.locator('input[name=name]').fill('Ola Przykładowa')
  await sent(page, page.getByRole('button', { name: 'Umów na ten termin' }))
  await look(page, 'door-help-given')
  await sent(page, page.getByRole('button', { name: 'Drukuj przepustkę' }))
  await look(page, 'door-help-pass')
  await page.goto(`${base}/zdalnie/rejestracja-pojazdow`)
  await look(page, 'door-help-remote')
  await page.goto(`${base}/ewakuacja`)
  await look(page, 'door-evacuation')
  await page.goto(`${base}/bez-sieci`)
  await page.getByText('Łączność jest.').waitFor()
  await look(page, 'door-kept-page')
  await page.goto(`${base}/niezgodnosci`)
  await look(page, 'door-conflicts-none')
  await page.goto(`${base}?kod=dokumenty`)
  await look(page, 'door-documents-elsewhere')
  await page.goto(base)
  await sent(page, page.getByRole('button', { name: 'Dostawa' }))
  await look(page, 'door-delivery')
  await moveClock('2020-05-25T08:15')
  await scan(
    pick((row) => row.state === 'booked' && row.day === today && row.starts === 480 && row.reference !== soon),
    'too-late',
  )
  for (const summary of await page.locator('main summary').all()) await summary.click()
  await look(page, 'door-too-late-opened')
  const other = await signIn('obsluga')
  await other.goto('/praca/wejscie/karasia-15')
  await look(other, 'door-karasia')
  await sent(other, other.getByRole('button', { name: 'Składa dokumenty' }))
  await look(other, 'door-drop-off')
  await sent(other, other.getByRole('button', { name: 'Drukuj potwierdzenie' }))
  await look(other, 'door-papers-receipt')
  await other.goto('/praca/wejscie/karasia-15')
  await other.getByText('Koperta została złożona wcześniej').click()
  await other.getByLabel('Godzina złożenia').fill('8:05')
  await sent(other, other.getByRole('button', { name: 'Składa dokumenty' }))
  await look(other, 'door-envelope')
  await other.goto('/praca/wejscie/karasia-15/bez-sieci')
  await other.getByRole('button', { name: 'Przyjmij kopertę' }).click()
  await other.getByRole('heading', { level: 1, name: 'Koperta przyjęta' }).waitFor()
  await look(other, 'door-envelope-without-network')
  await other.goto('/praca/wejscie/karasia-15/koperty')
  await look(other, 'door-papers-list')
  await other.goto('/praca/stanowisko/karasia-15%2Fbiuro-obslugi%2F1')
  await look(other, 'desk-drop-off')
  const left = await context.database.pool.query<{ reference: string }>(
    `select reference from visit where building_id = 'karasia-15' and receipt is not null and ticket is not null order by id desc limit 1`,
  )
  await other.goto(`/praca/stanowisko/karasia-15%2Fbiuro-obslugi%2F1/potwierdzenie/${left.rows[0]?.reference}`)
  await look(other, 'door-receipt')
}

const display: Walk = async ({ person, glance, look }) => {
  const page = await person()
  await page.goto('/ekran/walowa-5')
  await page.waitForLoadState('load')
  await glance(page, 'display', 1920, 1080)
  await glance(page, 'display', 1080, 1920)
  await look(page, 'display')
  for (const [name, query] of [
    ['far', '?metry=12'],
    ['corridor', '?uklad=korytarz&powtorz=tak'],
    ['desk', '?uklad=stanowisko&stanowisko=walowa-5/4/1'],
  ] as const) {
    await page.goto(`/ekran/walowa-5${query}`)
    await glance(page, `display-${name}`, 1920, 1080)
    await look(page, `display-${name}`)
  }
  await page.goto('/ekran/walowa-5')
  // Without the network the screen says that its numbers may be old.
  await page.context().setOffline(true)
  await page.locator('[data-live-now=offline], [data-live-now=stale]').waitFor()
  await look(page, 'display-stale')
  await page.context().setOffline(false)
  await page.goto('/ekran/karasia-15')
  await glance(page, 'display-empty', 1920, 1080)
  await page.goto('/uk/ekran/walowa-5')
  await glance(page, 'display-uk', 1920, 1080)
}

/** A visit that waits to be confirmed, as a clerk sees it, and what its owner sees once its time for that is over; takes the clock along. */
const lapse: Walk = async ({ person, signIn, look, moveClock }) => {
  const page = await person()
  await toCode(page, 'spozniona@example.org', 12)
  const reference = new URL(page.url()).pathname.split('/').at(-2) ?? ''
  const clerk = await signIn('obsluga')
  await clerk.goto(`/praca/obsluga/wizyta/${reference}`)
  await look(clerk, 'office-pending')
  await moveClock('2020-05-25T09:30')
  await page.reload()
  await page.getByRole('heading', { name: 'Czas na potwierdzenie minął' }).waitFor()
  await look(page, 'citizen-lapsed')
  await sent(page, page.locator('main form button').first())
  await look(page, 'citizen-lapsed-again')
  await clerk.reload()
  await look(clerk, 'office-lapsed')
}

/** What follows once an act is published. */
const publication: Walk = async ({ signIn, look, glance }) => {
  const page = await signIn('sekretarz')
  for (const [name, address] of [
    ['compliance', '/praca/zgodnosc'],
    ['compliance-wrong', '/praca/zgodnosc?od=31.06.2020&do=wczoraj'],
    ['compliance-events', '/praca/zgodnosc/zdarzenia?co=bookings&od=2020-05-01&do=2020-05-31'],
    ['changes', '/praca/co-sie-zmienia'],
    ['conditions', '/praca/akty/warunki'],
    ['condition-new', '/praca/akty/warunki/nowy'],
    ['contacts', '/praca/kontakty'],
    ['review', '/praca/przeglad'],
    ['tasks', '/praca/zadania'],
    ['poster', '/plakat/walowa-5'],
    ['poster-wrong', '/plakat/walowa-5?dzien=jutro'],
    ['poster-later', '/uk/plakat/karasia-15?dzien=2026-01-02&wydanie=duzy'],
  ] as const) {
    await page.goto(address)
    await look(page, `publication-${name}`)
  }
  await page.emulateMedia({ media: 'print' })
  for (const [name, address] of [
    ['poster-paper', '/plakat/walowa-5'],
    ['poster-paper-large', '/en/plakat/karasia-15?wydanie=duzy'],
  ] as const) {
    await page.goto(address)
    // A sheet of A4 without its margins.
    await glance(page, `publication-${name}`, 703, 1047)
  }
}

export const walks: Readonly<Record<string, Walk>> = {
  staff,
  citizen,
  languages,
  office,
  keeping,
  desk,
  display,
  door,
  kiosk,
  waiting,
  plan,
  lapse,
  publication,
  messages,
  writing,
}
