/** What a person does who booked on the web and has the message: reads the code and types it. */
import type { Context } from '../../src/platform/context.js'
import { composers } from '../../src/composers.js'
import { confirmPending, type Outcome } from '../../src/booking/index.js'
import { readOutbox } from '../../src/messages/index.js'
import type { Page } from './browser.js'
import type { Seen, Visitor } from './visitor.js'

/** The six digits of the last message sent for a visit. */
export async function codeOf(context: Context, reference: string): Promise<string> {
  const { rows } = await context.database.pool.query<{ round: number }>(
    'select coalesce(c.round, 1)::int as round from visit v left join confirmation c on c.visit_id = v.id where v.reference = $1',
    [reference],
  )
  return context.secrets.confirmCode(reference, rows[0]?.round ?? 1)
}

/** Confirms a pending visit by its code, past the pages. */
export async function confirmed(context: Context, reference: string): Promise<Outcome> {
  return confirmPending(context, { reference, proof: { code: await codeOf(context, reference) } })
}

/** Types the code into the page that was shown after sending. */
export async function typeCode(context: Context, citizen: Visitor, page: Seen): Promise<Seen> {
  const [, reference = ''] = /\/wizyta\/([A-Z2-9]{8})\/potwierdz/.exec(page.path) ?? []
  return citizen.send({ kod: await codeOf(context, reference) }, `/wizyta/${reference}/potwierdz`)
}

/** Opens the mailbox of the demonstration beside the page and reads the newest message: its code and the address of its first link. */
export async function newestMessage(context: Context, page: Page): Promise<{ code: string; link: string }> {
  await readOutbox(context, composers)
  const mailbox = await page.context().newPage()
  await mailbox.goto(new URL('/skrzynka', page.url()).href)
  const message = mailbox.locator('article').first()
  const code = /\b(\d{6})\b/.exec(await message.innerText())?.[1] ?? ''
  const link = (await message.locator('a').first().getAttribute('href')) ?? ''
  await mailbox.close()
  return { code, link: link.replace(context.publicUrl, new URL(page.url()).origin) }
}

/** Types the code of the newest message on the page shown after sending, and waits for the visit's page. */
export async function confirmByCode(context: Context, page: Page): Promise<void> {
  await page.waitForURL((url) => url.pathname.endsWith('/potwierdz'))
  const { code } = await newestMessage(context, page)
  // Pasted as some programs show it.
  await page.locator('input[name=kod]').fill(`${code.slice(0, 3)} ${code.slice(3)}`)
  await page.locator('input[name=kod]').press('Enter')
  await page.waitForURL((url) => /^(\/en|\/uk)?\/wizyta\/[A-Z2-9]{8}$/.test(url.pathname))
}
