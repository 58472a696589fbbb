/** A hundred calls at a desk by keyboard, in a browser: from the key to the painted new state. */
import type pg from 'pg'
import { createApp } from '../src/app.js'
import { listenWide } from '../src/platform/http/listen.js'
import { openDesk } from '../src/queue/index.js'
import { enterAs, openBrowser, openPerson } from '../tests/support/browser.js'
import { serveByKeys, timeKeys } from '../tests/support/desk-by-keys.js'
import { signedIn } from '../tests/support/staff.js'
import { waits } from '../tests/support/waiting.js'
import { benchOffice } from './booking-office.js'
import { median, type Figures } from './harness.js'

const people = 100
const desk = 'hall/1/1'

/** `console_key_to_state_ms`: the median of call, start and finish a hundred times each, and the slowest of twenty. */
export async function consoleBench(server: pg.ClientConfig): Promise<Figures> {
  const office = await benchOffice(server, 'console', 1)
  const context = { ...office.context, demonstration: false }
  const app = await createApp(context)
  const port = await listenWide(app, { host: '127.0.0.1', port: 0 })
  const browser = await openBrowser()
  try {
    const clerk = await signedIn(context, 'service-office')
    for (let person = 0; person < people; person += 1) await waits(context, { serviceId: 'short', arrivedAt: context.clock.now() })
    await openDesk(context, { desk, actor: 'system', now: context.clock.now(), accountId: clerk.accountId })
    const address = `http://127.0.0.1:${port}`
    const page = await openPerson(browser, address)
    await enterAs(page, address, clerk.headers)
    await timeKeys(page)
    await page.goto(`/praca/stanowisko/${encodeURIComponent(desk)}`)
    await page.locator('#wezwij').waitFor()
    const { took, numbers } = await serveByKeys(page, people)
    if (new Set(numbers).size !== people) throw new Error('a key called nobody, or somebody twice')
    const sorted = took.toSorted((a, b) => a - b)
    return { console_key_to_state_ms: median(took), console_key_to_state_p95_ms: sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN }
  } finally {
    await browser.close()
    await app.close()
    await office.close()
  }
}
