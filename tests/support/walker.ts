/**
 * A person who walks from page to page of one language, by addresses and names of fields, and reads
 * their messages; what would lead out of the language fails the test.
 */
import assert from 'node:assert/strict'
import { composers } from '../../src/composers.js'
import { readOutbox } from '../../src/messages/index.js'
import type { Context } from '../../src/platform/context.js'
import { words, type Language } from '../../src/platform/words.js'
import { inLanguage } from '../../src/ui/index.js'
import { openPerson, type Browser, type Page } from './browser.js'
import { unmarkedPolish } from './page-checks.js'

/** The button of the form with a field of the name. */
export const formOf = (field: string): string => `main form:has([name=${field}]) button`
/** The button of the form that is sent to an address. */
export const formTo = (action: string): string => `main form[action$="${action}"] button`

/** A person in a browser who keeps to one language; every page they come to is looked at. */
export interface Walker {
  readonly page: Page
  readonly language: Language
  readonly email: string
  /** Opens the page of an address that is given without a language, in the person's. */
  open(path: string): Promise<void>
  /** Presses a link or a button that leads to a page at `path`, a pattern without the language. */
  press(selector: string, path: string): Promise<void>
  /** Sends a form with something wrong in it: the same page again, with a summary that leads to the field. */
  wrong(selector: string, path: string): Promise<void>
  /** Follows a link of a message. */
  follow(link: string, path: string): Promise<void>
  /** Types into the fields of these names. */
  type(fields: Readonly<Record<string, string>>): Promise<void>
  /** The newest message to this person, whose subject is that of the key. */
  message(subject: string): Promise<Message>
  /** On the page of a code: a wrong one, then the one of the message. */
  typeCode(subject: string, path: string): Promise<void>
  close(): Promise<void>
}

export interface Message {
  readonly text: string
  readonly links: readonly string[]
}

export interface WalkTools {
  readonly context: Context
  readonly browser: Browser
  /** Of the program. */
  readonly address: string
}

let people = 0

/** A fresh person whose browser is Polish, whatever their language; with an e-mail of somebody who walks already, their other device. */
export async function openWalker(
  tools: WalkTools,
  language: Language,
  options: { javaScript?: boolean; email?: string } = {},
): Promise<Walker> {
  const page = await openPerson(tools.browser, tools.address, options)
  const email = options.email ?? `osoba${(people += 1)}@example.org`
  const prefix = language === 'pl' ? '' : `/${language}`
  let here = ''
  let mailbox: Page | undefined
  const arrived = async (path: string): Promise<void> => {
    here = path
    const { pathname } = new URL(page.url())
    assert.match(pathname, new RegExp(`^${prefix}${path}$`))
    await assertInLanguage(page, language)
  }
  const going = async (go: () => Promise<unknown>, path: string): Promise<void> => {
    await Promise.all([page.waitForEvent('domcontentloaded'), go()])
    await arrived(path)
  }
  const self: Walker = {
    page,
    language,
    email,
    open: (path) => going(() => page.goto(inLanguage(path, language), { waitUntil: 'commit' }), path === '/' ? '/?' : path),
    press: (selector, path) => going(() => page.locator(selector).first().click(), path),
    async wrong(selector, path) {
      await self.press(selector, path)
      const [error] = await page.locator('.govuk-error-summary a').all()
      const field = await (error ?? assert.fail(`no error on ${page.url()}`)).getAttribute('href')
      assert.equal(await page.locator(`main ${field}`).count(), 1, field ?? '')
    },
    follow: (link, path) => going(() => page.goto(link, { waitUntil: 'commit' }), path),
    async type(fields) {
      for (const [name, value] of Object.entries(fields)) await page.fill(`main [name=${name}]`, value)
    },
    message: async (subject) => newestTo(tools, (mailbox ??= await page.context().newPage()), { email, language, subject }),
    async typeCode(subject, path) {
      const { text } = await self.message(subject)
      const code = /\b\d{6}\b/.exec(text)?.[0] ?? assert.fail(text)
      await self.type({ kod: code === '000000' ? '000001' : '000000' })
      await self.wrong(formOf('kod'), here)
      await self.type({ kod: code })
      await self.press(formOf('kod'), path)
    },
    close: () => page.context().close(),
  }
  return self
}

/** The page says its language, has one heading, no words of another language unmarked, and leads on only to pages in it. */
export async function assertInLanguage(page: Page, language: Language): Promise<void> {
  const url = page.url()
  const { said, headings, ways } = await page.evaluate(() => ({
    said: document.documentElement.lang,
    headings: document.querySelectorAll('h1').length,
    ways: [...document.querySelectorAll('main a[href^="/"], footer a[href^="/"], main form[action^="/"]')].map(
      (each) => each.getAttribute('href') ?? each.getAttribute('action') ?? '',
    ),
  }))
  assert.deepEqual({ said, headings, url }, { said: language, headings: 1, url })
  const astray = ways.filter((way) => !way.startsWith('/api/') && languageOf(way) !== language)
  assert.deepEqual(astray, [], url)
  if (language !== 'pl') assert.deepEqual(await unmarkedPolish(page, language), [], url)
}

const languageOf = (path: string): string => /^\/(en|uk)(?=[/?#]|$)/.exec(path)?.[1] ?? 'pl'

/** One reads after the other: a row that another takes at the moment would be no message yet. */
let reading = Promise.resolve(0)

/** Reads the mailbox in the person's language: their newest message is in it, as are its links. */
async function newestTo(
  { context }: WalkTools,
  mailbox: Page,
  wanted: { email: string; language: Language; subject: string },
): Promise<Message> {
  const { email, language, subject } = wanted
  reading = reading.then(() => readOutbox(context, composers))
  await reading
  await mailbox.goto(inLanguage('/skrzynka', language), { waitUntil: 'domcontentloaded' })
  const letter = mailbox.locator('article', { hasText: email }).first()
  const said = await letter.innerText()
  const [expected = ''] = words(language)(subject, { when: '…' }).split('…')
  assert.ok((await letter.locator('h2').innerText()).startsWith(expected), `${expected} – ${said}`)
  // Names that stay Polish are marked so; the rest is in the language of the page, which was the person's.
  assert.equal(await letter.locator(language === 'pl' ? '[lang]' : '[lang]:not([lang=pl])').count(), 0, said)
  const links = (await letter.locator('a').evaluateAll((all) => all.map((each) => each.getAttribute('href') ?? ''))).map((link) =>
    link.replace(context.publicUrl, ''),
  )
  assert.deepEqual([...new Set(links.map(languageOf))], links.length > 0 ? [language] : [], links.join(' '))
  await letter.evaluate((article) => {
    // Other people's are in their languages.
    for (const other of document.querySelectorAll('article')) if (other !== article) other.remove()
  })
  if (language !== 'pl') assert.deepEqual(await unmarkedPolish(mailbox, language), [])
  return { text: said, links }
}
