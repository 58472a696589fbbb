/**
 * Pictures of every screen, for eyes: walks the seeded demonstration on a database of its own and
 * writes `screenshots/NAME-WIDTH.png` at a desk's and the smallest phone's width, with an index.html.
 * A walk that cannot go on is told and fails the run; the others go on. Words after the command
 * choose walks: `npm run screenshots door desk`.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { createApp } from '../../src/app.js'
import { prepareDemonstration } from '../../src/demonstration/index.js'
import { duties } from '../../src/duties.js'
import { runDueDuties } from '../../src/platform/duties.js'
import { projectFile } from '../../src/platform/paths.js'
import { openBrowser, openPerson, screenshot, widths, type Page } from '../support/browser.js'
import { openOffice } from '../support/office.js'
import { startTestServer } from '../support/server.js'
import { walks } from './walks.js'
import { mails } from './walks-messages.js'

const folder = projectFile('screenshots')
const chosen = process.argv.slice(2)
if (chosen.length === 0) rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })

const server = await startTestServer()
const { context, close } = await openOffice(server.host)
const accounts = await prepareDemonstration(context)
const app = await createApp(context)
const address = await app.listen({ port: 0, host: '127.0.0.1' })
const browser = await openBrowser()
const failures: string[] = []

const person = (): Promise<Page> => openPerson(browser, address)
const tools = {
  person,
  context,
  signIn: async (login: string): Promise<Page> => {
    const page = await person()
    await page.goto('/praca/logowanie')
    await page.locator('input[name=login]').fill(login)
    await page.locator('input[type=password]').fill(accounts.find((account) => account.login === login)?.password ?? '')
    await page.locator('main').getByRole('button').first().click()
    await page.waitForURL((url) => !url.pathname.endsWith('/logowanie'))
    return page
  },
  /** Moves the office's clock by the bar on the page, as whoever shows the demonstration does. */
  moveClock: async (wall: string): Promise<void> => {
    const page = await person()
    await page.goto('/')
    await page.getByLabel('Data i godzina').fill(wall)
    const moved = page.waitForEvent('load')
    await page.getByRole('button', { name: 'Przesuń' }).click()
    await moved
    await page.context().close()
    await runDueDuties(context, duties)
  },
  look: async (page: Page, name: string): Promise<void> => {
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 })
      await screenshot(page, path.join(folder, `${name}-${width}.png`))
      const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth')
      if (overflow > 0) failures.push(`${name}: ${overflow} px too wide at ${width} px`)
    }
    await page.setViewportSize({ width: widths[0], height: 900 })
  },
  /** A picture of the screen as it hangs, not of the whole page. */
  glance: async (page: Page, name: string, width: number, height: number): Promise<void> => {
    await page.setViewportSize({ width, height })
    await page.screenshot({ path: path.join(folder, `${name}-${width}x${height}.png`) })
  },
}
export type Tools = typeof tools

try {
  for (const [name, walk] of Object.entries({ ...walks, mails })) {
    if (chosen.length > 0 && !chosen.includes(name)) continue
    try {
      await walk(tools)
    } catch (error) {
      failures.push(`${name}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
} finally {
  await browser.close()
  await app.close()
  await close()
  await server.stop()
  rmSync(server.folder, { recursive: true, force: true })
}

const pictures = readdirSync(folder)
  .filter((file) => file.endsWith('.png'))
  .toSorted()
writeFileSync(
  path.join(folder, 'index.html'),
  `<!doctype html><html lang="pl"><meta charset="utf-8"><title>Okienko</title><body>${pictures
    .map(
      (file) =>
        `<h2>${file}</h2><a href="${file}"><img src="${file}" alt="${file}" style="max-width:40%;border:1px solid" loading="lazy"></a>`,
    )
    .join('\n')}</body></html>\n`,
)
console.log(`${pictures.length} pictures: ${folder}/index.html`)
for (const failure of failures) console.error(failure)
process.exit(failures.length > 0 ? 1 : 0)
