/**
 * Every page of the table in every language and state: axe, outline, width, language of its parts.
 *
 * In Polish each is looked at on a desk's screen and on the smallest phone, in forced colours, with
 * text twice as large and far apart; in Ukrainian on the phone by every rule, in English and
 * Ukrainian for outline, width and language on both. `OKIENKO_EVERY_PAGE=1` looks at every language in every way, by every rule.
 */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createApp } from '../../src/app.js'
import { languages, type Language } from '../../src/platform/words.js'
import { axeProblems, openBrowser, openPerson, widths, type Page } from '../support/browser.js'
import { cutText, enlargeText, outlineProblems, overflow, spaceText, unmarkedPolish } from '../support/page-checks.js'
import { officeOfPages, publicPages, reachPage, showPage } from '../support/public-pages.js'
import type { Seen } from '../support/visitor.js'

const office = await officeOfPages()
const app = await createApp(office.context)
const address = await app.listen({ port: 0, host: '127.0.0.1' })
const browser = await openBrowser()
const people = new Map<Language, Page>()
for (const language of languages) people.set(language, await openPerson(browser, address))
after(async () => {
  await browser.close()
  await app.close()
})

const everyWay = process.env['OKIENKO_EVERY_PAGE'] !== undefined
const [wide, narrow] = widths
/** The rules whose answer hangs on how a page is laid out and coloured; the others say the same at every width. */
const ofLayout = ['color-contrast', 'link-in-text-block', 'scrollable-region-focusable', 'target-size']

/** What is wrong with the page, as sentences that say where it was looked at. */
async function problems(page: Page, seen: Seen, language: Language, letters = false): Promise<string[]> {
  const found: string[] = []
  const note = (where: string, sentences: readonly string[]): void =>
    void found.push(...sentences.map((each) => `${language}, ${where}: ${each}`))
  const tooWide = async (where: string): Promise<void> => {
    const by = await overflow(page)
    if (by > 0) note(where, [`${by} px too wide`])
  }
  await page.setViewportSize({ width: wide, height: 900 })
  await showPage(page, seen)
  note('outline', await outlineProblems(page))
  if (language !== 'pl' && !letters) note('not marked as Polish', await unmarkedPolish(page, language))
  await tooWide(`${wide} px`)
  const full = everyWay || language === 'pl'
  if (full) note(`${wide} px`, await axeProblems(page, everyWay ? undefined : ofLayout))
  await page.setViewportSize({ width: narrow, height: 900 })
  await tooWide(`${narrow} px`)
  // The structure is one in all languages; Ukrainian has the longest words.
  if (full || language === 'uk') note(`${narrow} px`, await axeProblems(page))
  if (!full) return found
  await page.emulateMedia({ forcedColors: 'active' })
  note('forced colours', await axeProblems(page, ofLayout))
  await page.emulateMedia({ forcedColors: 'none' })
  await spaceText(page)
  await tooWide(`spaced text at ${narrow} px`)
  note('spaced text', await cutText(page))
  await page.setViewportSize({ width: wide, height: 900 })
  await enlargeText(page)
  await tooWide(`text of 200 % at ${wide} px`)
  note('text of 200 %', [...(await cutText(page)), ...(await axeProblems(page, ofLayout))])
  return found
}

for (const page of publicPages) {
  test(`${page.name} (${page.state}) is whole in every language`, async () => {
    const found: string[] = []
    for (const language of languages) {
      const seen = await reachPage(office, app, page, language)
      assert.match(seen.html, new RegExp(`<html lang="${language}"`))
      assert.match(seen.html, /<meta name="deklaracja-dostępności" content="\/deklaracja-dostepnosci"/)
      assert.match(seen.html, /href="(?:\/en|\/uk)?\/deklaracja-dostepnosci"/)
      found.push(...(await problems(people.get(language) as Page, seen, language, page.letters)))
    }
    assert.deepEqual(found, [])
  })
}
