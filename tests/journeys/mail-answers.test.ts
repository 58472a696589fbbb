/**
 * Mails answered by keyboard alone: five of them, of each kind, the next always one press away. Keys
 * besides what is written are counted; axe looks at the page in each state; and the form that comes
 * back keeps everything, also without script.
 */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createApp } from '../../src/app.js'
import { writeMailboxes } from '../../src/inbox/index.js'
import { assertAccessible, enterAs, openBrowser, openPerson, screenshot, type Page } from '../support/browser.js'
import { mailbox, taken } from '../support/mails/office.js'
import { testLeszno } from '../support/office.js'
import { signedIn } from '../support/staff.js'

const keysMax = 12
const { context, clock } = await testLeszno()
const { pool } = context.database
await writeMailboxes(pool, [mailbox])
const app = await createApp(context)
const address = await app.listen({ port: 0, host: '127.0.0.1' })
const browser = await openBrowser()
const faults: Error[] = []
after(async () => {
  assert.deepEqual(faults, [], 'no script fails')
  await browser.close()
  await app.close()
})
const clerk = await signedIn(context, 'service-office')

async function openMails(options: { javaScript?: boolean; path?: string } = {}): Promise<Page> {
  const page = await openPerson(browser, address, { javaScript: options.javaScript ?? true })
  page.on('pageerror', (fault) => faults.push(fault))
  await enterAs(page, address, clerk.headers)
  await page.goto(options.path ?? '/praca/poczta')
  return page
}

async function look(page: Page, name: string): Promise<void> {
  await assertAccessible(page)
  const folder = process.env['OKIENKO_PICTURES']
  if (folder === undefined) return
  await screenshot(page, `${folder}/${name}.png`)
  await page.setViewportSize({ width: 390, height: 900 })
  await screenshot(page, `${folder}/${name}-390.png`)
  await page.setViewportSize({ width: 1280, height: 900 })
}

const focusOn = (page: Page, selector: string): Promise<unknown> =>
  page.waitForFunction((wanted) => document.activeElement?.matches(wanted) === true, selector)

/** Office time passes, so that a key pressed a second ago is no second press. */
const rest = (page: Page): Promise<unknown> => page.waitForFunction(() => document.body.dataset['keyRests'] === undefined)

let minutes = 0
/** A mail that comes a minute after the one before; its reference. */
async function came(from: string, subject: string, text: string): Promise<string> {
  clock.moveTo(clock.now().add({ minutes: 1 }))
  await taken(context, { id: `<${(minutes += 1)}@poczta.example>`, from, subject, text })
  const { rows } = await pool.query<{ reference: string }>('select reference from request order by id desc limit 1')
  return rows[0]?.reference ?? assert.fail('the mail is a request')
}

const answersOf = async (reference: string): Promise<{ answer: string; body: string }[]> =>
  (
    await pool.query<{ answer: string; body: string }>(
      `select m.answer, m.body from mail m join mail_thread t on t.id = m.thread_id join request r on r.id = t.request_id
       where r.reference = $1 and m.kind = 'answer' order by m.id`,
      [reference],
    )
  ).rows

test('five mails are answered by keys alone, each by a dozen at most besides what is written', async (t) => {
  const references: string[] = []
  for (const [from, subject, text] of [
    ['Anna Pierwsza <anna@poczta.example>', 'Rejestracja samochodu', 'Dzień dobry, chcę zarejestrować samochód. Kiedy mogę przyjść?'],
    ['Jan Drugi <jan@poczta.example>', 'Prawo jazdy', 'Dzień dobry,\n\njak wymienić prawo jazdy bez przychodzenia?'],
    ['Ewa Trzecia <ewa@poczta.example>', 'Sprawa', 'Proszę o pomoc w mojej sprawie.'],
    ['Piotr Czwarty <piotr@poczta.example>', 'Dowód osobisty', 'Jednak rezygnuję.'],
    ['Ola Piąta <ola@poczta.example>', 'Rejestracja samochodu', 'Chcę zarejestrować samochód w przyszłym tygodniu.'],
  ] as const)
    references.push(await came(from, subject, text))
  const page = await openMails()
  await look(page, 'mails-list')
  const counts: number[] = []
  let keys = 0
  const press = async (...pressed: string[]): Promise<void> => {
    for (const key of pressed) {
      await page.keyboard.press(key)
      keys += 1
    }
  }
  const answered = async (): Promise<void> => {
    await press('F8')
    await page.waitForURL('**?co=answered')
    await rest(page)
    counts.push(keys)
    keys = 0
  }
  const next = async (index: number): Promise<void> => {
    await press('F2')
    await page.waitForURL(`**/praca/poczta/${references[index]}`)
    await rest(page)
  }

  await next(0)
  await look(page, 'mail-mine')
  await press('F3')
  await focusOn(page, '[name="start"]')
  // The first day at its second hour, the hour after it, and the second day.
  await press('1', '2', 'Space', '3', 'Space', 'Backspace', '2', 'Space')
  assert.equal(await page.locator('[name="start"]:checked').count(), 3)
  await look(page, 'mail-times')
  await answered()
  await look(page, 'mail-sent')

  await next(1)
  await press('F4')
  await focusOn(page, '#own')
  await page.keyboard.type('Wystarczy wniosek z podpisem zaufanym.')
  await look(page, 'mail-advice')
  await answered()
  await look(page, 'mail-settled')

  await next(2)
  await press('F6')
  await focusOn(page, '#own')
  await page.keyboard.type('O którą sprawę chodzi?')
  await look(page, 'mail-question')
  await answered()

  await next(3)
  await press('F9')
  await focusOn(page, '#reason')
  await press('Space')
  await look(page, 'mail-closing')
  await answered()

  // With a look at the mail before it leaves.
  await next(4)
  await press('F3', '1', '1', 'Space', 'Enter')
  await page.getByRole('heading', { name: 'Tak będzie wyglądał e-mail' }).waitFor()
  await focusOn(page, '#answer')
  await rest(page)
  await look(page, 'mail-preview')
  await answered()
  await page.getByText('Żaden inny e-mail nie czeka').waitFor()

  t.diagnostic(`keys besides what is written: ${counts.join(', ')}`)
  assert.ok(counts.every((count) => count <= keysMax))
  const sent = await Promise.all(references.map(answersOf))
  assert.deepEqual(
    sent.map((mails) => mails.map(({ answer }) => answer)),
    [['times'], ['advice'], ['question'], ['closed'], ['times']],
  )
  assert.equal((await pool.query(`select from mail_time`)).rowCount, 4)
})

test('whatever is asked for or wrong, the form comes back with what was chosen and typed, and its key', async () => {
  const reference = await came('Iga Długa <iga@poczta.example>', 'Rejestracja samochodu '.repeat(9), 'Kiedy mogę przyjść?\n\nIga')
  const page = await openMails({ path: `/praca/poczta/${reference}` })
  await look(page, 'mail-unclaimed')
  await page.keyboard.press('F2')
  await page.getByRole('button', { name: 'Wyślij odpowiedź' }).waitFor()
  await rest(page)
  const key = await page.locator('main [name="klucz"]').inputValue()
  await page.keyboard.press('F8')
  await page.getByRole('link', { name: 'Proszę wybrać, co odpowiadamy.' }).click()
  await focusOn(page, '#co')
  await look(page, 'mail-error-kind')
  await page.keyboard.press('F9')
  await page.locator('[name="reason"][value="doubled"]').check()
  await page.keyboard.press('F3')
  await focusOn(page, '[name="start"]')
  const times = page.locator('[name="start"]')
  for (const nth of [0, 1, 2, 3]) await times.nth(nth).check()
  const chosen = await page.locator('[name="start"]:checked').evaluateAll((all) => all.map((each) => each.getAttribute('value')))
  await page.locator('[name="keep"]').nth(2).check()
  const keep = await page.locator('[name="keep"]:checked').inputValue()
  await page.locator('#own').fill('Pierwsza linia.\n\nDruga <b>linia</b>.')
  const kept = async (): Promise<void> => {
    assert.deepEqual(
      {
        kind: await page.locator('[name="co"]:checked').inputValue(),
        starts: await page.locator('[name="start"]:checked').evaluateAll((all) => all.map((each) => each.getAttribute('value'))),
        keep: await page.locator('[name="keep"]:checked').inputValue(),
        reason: await page.locator('[name="reason"]:checked').inputValue(),
        own: await page.locator('#own').inputValue(),
        key: await page.locator('main [name="klucz"]').inputValue(),
      },
      { kind: 'times', starts: chosen, keep, reason: 'doubled', own: 'Pierwsza linia.\n\nDruga <b>linia</b>.', key },
    )
    assert.equal(new URL(page.url()).search, '', 'nothing of it stands in the address')
  }
  await page.keyboard.press('F8')
  await page.getByRole('link', { name: 'Można zaproponować najwyżej 3 terminy. Zaznaczono 4.' }).click()
  await focusOn(page, '#start')
  await kept()
  await look(page, 'mail-error-times')
  await page.keyboard.press('F7')
  await page.locator('legend', { hasText: 'czwartek 28 maja 2020' }).waitFor()
  await focusOn(page, '[data-of="times"] > h3')
  await kept()
  await page.locator('[name="start"]:checked').nth(3).uncheck()
  chosen.pop()
  await rest(page)
  await page.keyboard.press('F2')
  await page.getByRole('heading', { name: 'Tak będzie wyglądał e-mail' }).waitFor()
  await page.getByText('Druga <b>linia</b>.').waitFor()
  await rest(page)
  await page.keyboard.press('F2')
  await page.locator('#own').waitFor()
  await focusOn(page, '#answer')
  await kept()
  // Another matter has other times: those that are not its own are not proposed unseen.
  await page.locator('#sprawa').selectOption('dowody-osobiste')
  await page.keyboard.press('F8')
  await page.getByRole('link', { name: 'Sprawa jest teraz inna. Proszę zaznaczyć jej terminy.' }).waitFor()
  assert.equal(await page.locator('#own').inputValue(), 'Pierwsza linia.\n\nDruga <b>linia</b>.')
  // What the person writes meanwhile is read first; what was typed is still there.
  await taken(context, {
    id: '<dopisek@poczta.example>',
    from: 'iga@poczta.example',
    answers: `<${minutes}@poczta.example>`,
    text: 'Już nie trzeba.',
  })
  await page.keyboard.press('F4')
  await page.waitForTimeout(1_000)
  await page.keyboard.press('F8')
  await page.getByText('pojawiła się właśnie nowa wiadomość').waitFor()
  await page.getByText('Już nie trzeba.').waitFor()
  assert.equal(await page.locator('#own').inputValue(), 'Pierwsza linia.\n\nDruga <b>linia</b>.')
  assert.deepEqual(await answersOf(reference), [])
  await look(page, 'mail-refused')
  await rest(page)
  await page.keyboard.press('F10')
  await page.getByText('Wiadomość wróciła na listę').waitFor()
  await look(page, 'mails-given-back')
})

test('without script a mail is answered the same way; without :has all is in sight and only what belongs is read', async () => {
  const reference = await came('Leon Zwykły <leon@poczta.example>', 'Rejestracja samochodu', 'Kiedy mogę przyjść?')
  const page = await openMails({ javaScript: false, path: `/praca/poczta/${reference}` })
  await page.getByRole('button', { name: 'Odpowiadam' }).click()
  await page.getByLabel('Zadaj pytanie').check()
  assert.equal(await page.locator('[name="start"]').first().isVisible(), false)
  await page.getByLabel('Zaproponuj terminy').check()
  await page.locator('[name="start"]').first().check()
  await page.getByRole('button', { name: 'Późniejsze dni' }).click()
  assert.equal(await page.locator('[name="start"]:checked').count(), 1)
  await page.getByLabel('Zadaj pytanie').check()
  await page.locator('#own').fill('Który samochód?')
  await page.getByRole('button', { name: 'Podgląd' }).last().click()
  await page.getByRole('button', { name: 'Wyślij odpowiedź' }).click()
  await page.getByText('Pytanie czeka na wysłanie').waitFor()
  const [sent] = await answersOf(reference)
  assert.equal(sent?.answer, 'question')
  assert.match(sent?.body ?? '', /Który samochód\?/)
  assert.equal(
    (await pool.query(`select from mail_time mt join mail m on m.id = mt.mail_id where m.person_email = 'leon@poczta.example'`)).rowCount,
    0,
  )
})
