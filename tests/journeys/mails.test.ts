/** Every kind of mail in every language, in a browser: axe finds nothing, nothing reaches beyond the smallest phone, also in the dark. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { exampleLetter, mailOf, messageKinds } from '../../src/messages/index.js'
import { languages } from '../../src/platform/words.js'
import { axeProblems, openBrowser } from '../support/browser.js'
import { testLeszno } from '../support/office.js'

test('axe finds nothing in a mail of any kind, in three languages, by day and by night', async () => {
  const { context, directory } = await testLeszno()
  const browser = await openBrowser()
  after(() => browser.close())
  const facts = { office: directory, publicUrl: context.publicUrl, now: context.clock.now() }
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await (await browser.newContext({ colorScheme, viewport: { width: 320, height: 700 } })).newPage()
    for (const kind of messageKinds) {
      for (const language of languages) {
        // In the dark only colours are others.
        if (colorScheme === 'dark' && kind !== messageKinds[0]) continue
        await page.setContent(mailOf(exampleLetter(facts, kind, language, new Map()), directory.office).html)
        assert.deepEqual(await axeProblems(page), [], `${kind.kind} ${language} ${colorScheme}`)
        const over = await page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth')
        assert.equal(over, 0, `${kind.kind} ${language}: ${over} px too wide`)
      }
    }
  }
})
