/** Messages: their templates with faults, what did not arrive, opinions; and each kind of mail in each language, as it is sent. */
import { composers } from '../../src/composers.js'
import { languages } from '../../src/platform/words.js'
import { messageKinds, readOutbox } from '../../src/messages/index.js'
import { endedMessage } from '../support/letters.js'
import type { Tools } from './screenshots.js'

export async function messages({ signIn, look, context }: Tools): Promise<void> {
  const page = await signIn('administrator')
  const opened = async (path: string, name: string): Promise<void> => {
    await page.goto(path)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await look(page, name)
  }
  await opened('/praca/szablony', 'templates')
  await opened('/praca/szablony/visit-reminder?w=uk', 'templates-kind')
  await opened('/praca/szablony/mail-times', 'templates-mail')
  await opened('/praca/szablony/mail-received/inbox-messages.received.days', 'templates-mail-sentence')
  const sentence = '/praca/szablony/visit-booked/booking-messages.short.booked'
  await opened(sentence, 'templates-sentence')
  await page.getByLabel('Zdanie SMS-a').fill('Wizyta {when')
  await page.getByRole('button', { name: 'Zapisz', exact: true }).click()
  await page.getByRole('heading', { name: 'Wystąpił problem' }).waitFor()
  await look(page, 'templates-wrong')
  await page.getByLabel('Zdanie SMS-a').fill('{office} zaprasza {when}, numer {reference}.')
  await page.getByRole('button', { name: 'Zapisz', exact: true }).click()
  await page.getByText('Zdanie jest zapisane').waitFor()
  await look(page, 'templates-saved')
  await page.goto(sentence)
  await page.getByRole('button', { name: 'Wróć do pierwotnego zdania' }).click()
  await page.getByText('Wróciło pierwotne zdanie').waitFor()
  await opened('/praca/opinie', 'opinions-none')
  const { pool } = context.database
  const now = context.clock.now()
  await pool.query(
    `insert into feedback_sum (day, service_id, unit_id, settled, wait, grade, answers)
     values ($1, 'rejestracja-pojazdow', 'wydzial-komunikacji', 'yes', 'short', 5, 31), ($1, 'rejestracja-pojazdow', 'wydzial-komunikacji', 'no', 'long', 2, 7)`,
    [now],
  )
  await opened('/praca/opinie', 'opinions')
  await opened('/praca/niedoreczone', 'undelivered-none')
  const { rows } = await pool.query<{ id: number }>(
    `select id from visit where state = 'booked' and starts_at > $1 order by starts_at, id limit 2`,
    [now],
  )
  for (const { id } of rows) await endedMessage(context, id, 'failed')
  await opened('/praca/niedoreczone', 'undelivered')
  await page
    .getByRole('link', { name: /^Popraw kontakt/ })
    .first()
    .click()
  await page.getByRole('heading', { level: 1, name: 'Popraw kontakt' }).waitFor()
  await page.getByLabel('Telefon').fill('12')
  await page.getByLabel('E-mail').fill('nie adres')
  await page.getByRole('button', { name: 'Zapisz i wyślij' }).click()
  await page.getByRole('heading', { name: 'Wystąpił problem' }).waitFor()
  await look(page, 'undelivered-contact-wrong')
  await page.context().close()
}

/** A mail to the office from the demonstration's own page, its acknowledgement answered, and what a clerk sees of it. */
export async function writing({ person, signIn, look, context }: Tools): Promise<void> {
  const page = await person()
  await page.goto('/skrzynka/napisz')
  await look(page, 'write-mail')
  const send = page.getByRole('button', { name: 'Wyślij e-mail' })
  await page.getByLabel('Adres e-mail').fill('anna@')
  await send.click()
  await page.getByText('Wystąpił problem').waitFor()
  await look(page, 'write-mail-error')
  await page.getByLabel('Imię i nazwisko').fill('Anna Zmyślona')
  await page.getByLabel('Adres e-mail').fill('anna@example.pl')
  await page.getByLabel('Temat').fill('Rejestracja samochodu')
  await page.getByLabel('Treść').fill('Dzień dobry, chcę zarejestrować samochód.')
  await page.getByLabel('Dołącz skan').check()
  await send.click()
  await page.getByRole('heading', { level: 1, name: 'E-mail jest w urzędzie' }).waitFor()
  await look(page, 'write-mail-sent')
  await readOutbox(context, composers)
  await page.goto('/skrzynka')
  await look(page, 'write-mail-mailbox')
  await page.getByRole('link', { name: 'Odpowiedz', exact: true }).first().click()
  await page.getByRole('heading', { level: 1, name: 'Odpowiedz urzędowi' }).waitFor()
  await look(page, 'write-mail-answer')
  await send.click()
  await page.getByText('Wystąpił problem').waitFor()
  await look(page, 'write-mail-answer-error')
  await page.context().close()
  const clerk = await signIn('obsluga')
  for (const [path, name] of [
    ['/praca', 'write-mail-menu'],
    ['/praca/poczta', 'write-mail-clerk'],
    ['/praca/poczta/odlozone', 'write-mail-apart'],
    ['/praca/prosby', 'write-mail-requests'],
  ] as const) {
    await clerk.goto(path)
    await look(clerk, name)
  }
  await clerk.context().close()
}

/** Pictures alone: what axe says of mails is in mails.test.ts. */
export async function mails({ signIn, look }: Tools): Promise<void> {
  const page = await signIn('administrator')
  for (const { kind } of messageKinds) {
    for (const language of languages) {
      await page.goto(`/praca/szablony/${kind}/podglad?w=${language}`)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await look(page, `mail-${kind}-${language}`)
    }
  }
  await page.emulateMedia({ colorScheme: 'dark' })
  for (const kind of ['visit-booked', 'mail-times']) {
    await page.goto(`/praca/szablony/${kind}/podglad?w=pl`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await look(page, `mail-${kind}-dark`)
  }
  await page.context().close()
}
