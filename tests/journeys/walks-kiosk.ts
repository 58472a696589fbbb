/** The kiosk and the page of devices, for pictures. */
import { pairedDevice } from '../support/devices.js'
import type { Tools } from './screenshots.js'

export async function kiosk({ person, signIn, look, glance, context }: Tools): Promise<void> {
  const { cookie } = await pairedDevice(context, 'kiosk', 'walowa-5')
  const page = await person()
  await page.goto('/urzadzenie')
  await look(page, 'device-pairing')
  const [name = '', value = ''] = cookie.split('=')
  await page.context().addCookies([{ name, value, url: new URL(page.url()).origin }])
  const { rows } = await context.database.pool.query<{ reference: string }>(
    `select reference from visit where building_id = 'walowa-5' and state = 'booked' and day > (select min(day) from visit where state = 'booked') limit 1`,
  )
  for (const [picture, address] of [
    ['kiosk-start', '/kiosk'],
    ['kiosk-code', '/kiosk/wizyta'],
    ['kiosk-hour', '/kiosk/zapomniane'],
    ['kiosk-matters', '/kiosk/sprawy'],
    ['kiosk-no-booking', '/kiosk/sprawa/dowody-osobiste'],
    ['kiosk-help', '/kiosk/pomoc'],
    ['kiosk-start-uk', '/uk/kiosk'],
  ] as const) {
    await page.goto(address)
    await glance(page, picture, 1080, 1920)
    await look(page, picture)
  }
  await page.goto('/kiosk/wizyta')
  await page.getByRole('button', { name: 'Słuchaj' }).click()
  await page.locator('[data-speech-on="yes"]').waitFor({ state: 'attached' })
  await look(page, 'kiosk-spoken')
  await page.getByLabel('Numer wizyty').fill(rows[0]?.reference ?? 'ZZZZ9999')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/kiosk/odpowiedz*')
  await glance(page, 'kiosk-another-day', 1080, 1920)
  const administrator = await signIn('administrator')
  await administrator.goto('/praca/urzadzenia')
  await look(administrator, 'devices')
  await administrator.getByLabel('Nazwa').fill('Kiosk w holu')
  await administrator.getByLabel('Adres drukarki kiosku').fill('192.168.1.40')
  await administrator.getByRole('button', { name: 'Dodaj urządzenie' }).click()
  await administrator.locator('[data-pairing-code]').waitFor()
  await look(administrator, 'devices-code')
  const screen = await pairedDevice(context, 'display', 'walowa-5', { screen: '?uklad=korytarz' })
  await administrator.goto(`/praca/urzadzenia/${screen.device.id}/ekran`)
  await look(administrator, 'device-screen')
}
