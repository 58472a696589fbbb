/** The line for earlier times: into it with and without a visit, an offer refused by one and taken by the next, and the office's view. */
import assert from 'node:assert/strict'
import { book, cancel, freeStarts } from '../../src/booking/index.js'
import { officeDay } from '../../src/platform/clock.js'
import type { Page } from '../support/browser.js'
import { somebody } from '../support/visits.js'
import type { Tools } from './screenshots.js'

const serviceId = 'rejestracja-pojazdow'
const button = (page: Page, name: string) => page.locator('main').getByRole('button', { name })

/** Books a free time of a coming day as the office would, past the pages. */
async function booked({ context }: Tools, which: 'first' | 'last'): Promise<string> {
  const now = context.clock.now()
  const from = officeDay(now).add({ days: 1 })
  const days = await freeStarts(context, { serviceId, from, to: from.add({ days: 7 }), now })
  const starts = (days ?? []).flatMap((day) => day.starts)
  const start = (which === 'first' ? starts[0] : starts.at(-1))?.start ?? assert.fail('nothing is free')
  const outcome = await book(context, { serviceId, start, channel: 'phone', person: somebody(), actor: 'system', key: crypto.randomUUID() })
  return outcome.allowed ? outcome.reference : assert.fail(outcome.code)
}

export async function waiting(tools: Tools): Promise<void> {
  const { person, look, signIn, context } = tools
  const first = await person()
  await first.goto(`/sprawy/${serviceId}/lista`)
  await look(first, 'citizen-line-join')
  await button(first, 'Dopisz mnie do listy').click()
  await first.getByText('Wystąpił problem').waitFor()
  await look(first, 'citizen-line-join-error')
  await first.locator('input[name=name]').fill('Anna Świerczewska-Zmyślona')
  await first.locator('input[name=email]').fill('czeka@example.org')
  await button(first, 'Dopisz mnie do listy').click()
  await first.waitForURL('**/lista/*')
  await look(first, 'citizen-line')
  // Who opens the link of the message is nobody's invention, and keeps the place of the joining.
  const entry = new URL(first.url()).pathname.split('/').at(-1) ?? ''
  await first.goto(`/o/${entry}-${context.secrets.secretOf(entry)}`)
  const reference = await booked(tools, 'last')
  const second = await person()
  await second.goto(`/l/${reference}-${context.secrets.secretOf(reference)}`)
  await second.getByRole('link', { name: 'Powiadom mnie o wcześniejszym terminie' }).click()
  await second.waitForURL('**/wczesniej')
  await look(second, 'citizen-line-visit')
  await button(second, 'Powiadom mnie').click()
  await second.waitForURL('**/lista/*')
  await look(second, 'citizen-line-second')
  await cancel(context, { reference: await booked(tools, 'first'), actor: 'citizen', reason: 'citizen-wish' })
  await first.reload()
  await look(first, 'citizen-line-offer')
  const clerk = await signIn('obsluga')
  await clerk.goto('/praca/lista')
  await look(clerk, 'office-line')
  await clerk.locator('main table a').first().click()
  await clerk.waitForURL(/\/praca\/lista\/[A-Z2-9]{8}$/)
  await look(clerk, 'office-line-entry')
  await clerk.goto(`/praca/lista/dopisz?sprawa=${serviceId}`)
  await look(clerk, 'office-line-add')
  const loaded = clerk.waitForEvent('load')
  await button(clerk, 'Dopisz do listy').click()
  await loaded
  await look(clerk, 'office-line-add-error')
  await button(first, 'Ten termin mi nie odpowiada').click()
  await first.waitForURL('**/lista/*?co=declined')
  await look(first, 'citizen-line-declined')
  await second.reload()
  await look(second, 'citizen-line-offer-visit')
  await button(second, 'Zmień na ten termin').click()
  await second.waitForURL('**/wizyta/*')
  await look(second, 'citizen-line-moved')
  await button(first, 'Wypisz mnie z listy').click()
  await first.getByRole('heading', { name: 'Czekanie zakończone' }).waitFor()
  await look(first, 'citizen-line-left')
  await first.goto(`/lista/ABCDEFGH`)
  await look(first, 'citizen-line-unknown')
}
