/**
 * Every page of the table in every language and state: valid, and looked at in a browser.
 *
 * In Polish: on the smallest phone by every rule of axe; on a desk's screen, in forced colours and
 * with text twice as large by the rules whose answer can change there; with text far apart for room.
 * In Ukrainian: on the phone by the rules that longer words can break; a part without a name is found by the outline.
 * In all three: outline, width, and the language of the parts. `OKIENKO_EVERY_PAGE=1` looks at every
 * language in every way, at both widths by every rule.
 */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createApp } from '../../src/app.js'
import { languages, type Language } from '../../src/platform/words.js'
import { axeProblems, bringAxe, everyWay, layoutRules, openBrowser, openPerson, widths, type Page } from '../support/browser.js'
import { assertValidPage } from '../support/html.js'
import { cutText, enlargeText, outlineProblems, overflow, spaceText, unmarkedPolish } from '../support/page-checks.js'
import { officeOfPages, pageServer, publicPages, reachPage } from '../support/public-pages.js'
import type { Seen } from '../support/visitor.js'

const office = await officeOfPages()
const app = await createApp(office.context)
const server = await pageServer(app)
const browser = await openBrowser()
const people = new Map<Language, Page>()
for (const language of languages) {
  const person = await openPerson(browser, server.address)
  if (language !== 'en' || everyWay) await bringAxe(person)
  people.set(language, person)
}
after(async () => {
  await browser.close()
  await server.close()
})

const [wide, narrow] = widths
/** Of the rules of layout, those that forced colours can break, and those that large text can. */
const ofColour = everyWay ? layoutRules : ['color-contrast', 'link-in-text-block']
const ofSpace = everyWay ? layoutRules : ['scrollable-region-focusable', 'target-size']

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
  await server.show(page, seen)
  note('outline', await outlineProblems(page))
  if (language !== 'pl' && !letters) note('not marked as Polish', await unmarkedPolish(page, language))
  await tooWide(`${wide} px`)
  const full = everyWay || language === 'pl'
  if (full) note(`${wide} px`, await axeProblems(page, everyWay ? {} : { only: layoutRules }))
  await page.setViewportSize({ width: narrow, height: 900 })
  await tooWide(`${narrow} px`)
  // Structure and colours are one in all languages; Ukrainian has the longest words.
  if (full || language === 'uk') note(`${narrow} px`, await axeProblems(page, full ? {} : { only: [...ofSpace, 'valid-lang'] }))
  if (!full) return found
  await page.emulateMedia({ forcedColors: 'active' })
  note('forced colours', await axeProblems(page, { only: ofColour }))
  await page.emulateMedia({ forcedColors: 'none' })
  await spaceText(page)
  await tooWide(`spaced text at ${narrow} px`)
  note('spaced text', await cutText(page))
  await page.setViewportSize({ width: wide, height: 900 })
  await enlargeText(page)
  await tooWide(`text of 200 % at ${wide} px`)
  note('text of 200 %', [...(await cutText(page)), ...(await axeProblems(page, { only: ofSpace }))])
  return found
}

/** `OKIENKO_PAGES=^lot` looks at those alone. */
const asked = new RegExp(process.env['OKIENKO_PAGES'] ?? '')

for (const page of publicPages.filter(({ name }) => asked.test(name))) {
  test(`${page.name} (${page.state}) is whole in every language`, async () => {
    const found: string[] = []
    for (const language of languages) {
      const seen = await reachPage(office, app, page, language)
      await assertValidPage(seen.html)
      assert.match(seen.html, new RegExp(`<html lang="${language}"`))
      assert.match(seen.html, /<meta name="deklaracja-dostępności" content="\/deklaracja-dostepnosci"/)
      assert.match(seen.html, /href="(?:\/en|\/uk)?\/deklaracja-dostepnosci"/)
      found.push(...(await problems(people.get(language) as Page, seen, language, page.letters)))
    }
    assert.deepEqual(found, [])
  })
}
