/**
 * Names of matters in the language of the reader, everywhere a person meets them: on pages, in
 * messages and in calendars; with the Polish name where it is shown or told at the office. Staff
 * read Polish. An office that gives no translation shows its Polish names, marked.
 */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { createApp } from '../src/app.js'
import { composers } from '../src/composers.js'
import { letterInMailbox, mailOf, readOutbox, smsOf } from '../src/messages/index.js'
import type { Language } from '../src/platform/words.js'
import { testLeszno, type TestOffice } from './support/office.js'
import { publicPages, reachPage } from './support/public-pages.js'
import { referenceIn } from './support/public-pages-ways.js'
import { signedIn } from './support/staff.js'
import { visitor, type Seen } from './support/visitor.js'

const polish = 'Rejestracja pojazdów'
const names: Readonly<Record<'en' | 'uk', string>> = { en: 'Vehicle registration', uk: 'Реєстрація транспортних засобів' }
const foreign = ['en', 'uk'] as const
const own = (language: Language): string => (language === 'pl' ? polish : names[language])
const marked = `<span lang="pl">${polish}</span>`
/** The name on a page with the Polish one below it. */
const both = (language: Language): string => `${own(language)} <span class="govuk-caption-m">${marked}</span>`

const room = (file: any): void => void (file.settings['holds-without-proof'] = 1000)
const office = await testLeszno({ change: room })
const bareOffice = await testLeszno({
  change: (file) => {
    room(file)
    for (const each of [...file.services, ...file.units, ...file.elsewhere]) delete each.translations
  },
})
const [app, bareApp] = await Promise.all([office, bareOffice].map(({ context }) => createApp(context)))
assert(app !== undefined && bareApp !== undefined)
after(() => Promise.all([app.close(), bareApp.close()]))

const show = (name: string, language: Language, at: TestOffice = office): Promise<Seen> => {
  const page = publicPages.find((each) => each.name === name) ?? assert.fail(name)
  return reachPage(at, at === office ? app : bareApp, page, language)
}

/** Pages on which the name alone is enough, and those a person shows or reads out at the office. */
const ownName = ['services', 'services-found', 'unit', 'times', 'wish', 'details', 'line-visit']
const bothNames = [
  'check',
  'code',
  'pass',
  'pass-print',
  'pass-cancel',
  'pass-cancelled',
  'pass-missed',
  'lookup-opened',
  'line-visit-joined',
]

for (const name of ownName)
  test(`${name} names the matter in the language of the page`, async () => {
    for (const language of foreign) assert.ok((await show(name, language)).html.includes(own(language)), language)
    const { html } = await show(name, 'pl')
    assert.ok(html.includes(polish))
    for (const language of foreign) assert.ok(!html.includes(own(language)))
  })

for (const name of bothNames)
  test(`${name} names the matter with the Polish name beside it`, async () => {
    for (const language of foreign) {
      const { html } = await show(name, language)
      assert.ok(html.includes(both(language)) || html.includes(`${own(language)} / ${marked}`), language)
    }
    const { html } = await show(name, 'pl')
    assert.ok(html.includes(polish) && !html.includes(`caption-m">${polish}`) && !html.includes(` / ${polish}`))
  })

test('the page of a matter says in the language of the page what it is, what to bring and who handles it, and what that is in Polish', async () => {
  const { html, text } = await show('advice-web', 'uk')
  assert.match(html, new RegExp(`<title>${names.uk} `))
  assert.ok(html.includes(`<h1 class="govuk-heading-xl">${names.uk}</h1>`))
  assert.ok(html.includes(`Польською: ${marked}`))
  assert.ok(text.includes('заповнена заява про реєстрацію wypełniony wniosek o rejestrację'))
  assert.ok(text.includes('Транспортний відділ Wydział Komunikacji'))
  const inPolish = await show('advice-web', 'pl')
  assert.ok(!inPolish.text.includes('Po polsku'))
})

test('what another office handles is named in the language of the page', async () => {
  for (const [language, name] of [
    ['en', 'Passports'],
    ['uk', 'Паспорти'],
  ] as const) {
    const { html } = await show('elsewhere', language)
    assert.ok(html.includes(`<h1 class="govuk-heading-xl">${name}</h1>`) && html.includes('<span lang="pl">Paszporty</span>'))
  }
})

/** The first matter a search shows: where it leads and its name. */
async function firstFound(language: Language, typed: string): Promise<readonly string[]> {
  const { html } = await visitor(app as FastifyInstance, language).open(`/sprawy?q=${encodeURIComponent(typed)}`)
  return /<li><a class="govuk-link" href="([^"]*)">([^<]*)/.exec(html)?.slice(1) ?? []
}

test('a search in a language finds by its words and by Polish ones, and answers in it', async () => {
  for (const language of foreign)
    for (const typed of [names[language], polish, 'rejestracja pojazdu'])
      assert.deepEqual(await firstFound(language, typed), [`/${language}/sprawy/rejestracja-pojazdow`, names[language]], typed)
})

test('messages and calendars are in the language of the visit, with the Polish name, which is marked where there can be a mark', async () => {
  for (const language of foreign) {
    const seen = await show('pass', language)
    const reference = referenceIn(seen.path)
    const headers = { cookie: `w_${reference}=${office.context.secrets.secretOf(reference)}` }
    const calendar = await app.inject({ url: `/${language}/wizyta/${reference}/kalendarz.ics`, headers })
    const unfolded = calendar.payload.replaceAll(/\r\n[ \t]/g, '')
    assert.match(unfolded, new RegExp(`SUMMARY:[^\r\n]*${names[language]} / ${polish}`))
    assert.doesNotMatch(unfolded, /[\uE000\uE001]/)
  }
  await readOutbox(office.context, composers)
  const { rows } = await office.context.database.pool.query<{ id: number; language: Language }>('select id, language from message')
  for (const language of foreign) {
    const said = rows.filter((row) => row.language === language)
    assert.ok(said.length > 0, language)
    for (const { id } of said) {
      const { letter } = (await letterInMailbox(office.context, id)) ?? assert.fail('the mailbox has it')
      const { html, text, calendar } = mailOf(letter, office.directory.office)
      assert.ok(text.replaceAll('\n', ' ').includes(`${names[language]} / ${polish}`), text)
      assert.ok(html.includes(`${names[language]} / <span lang="pl">${polish}</span>`), html)
      assert.doesNotMatch(html + text + smsOf(letter) + (calendar?.content ?? ''), /[\uE000\uE001]/)
    }
  }
})

test('staff read Polish, whatever the language of the person', async () => {
  const { headers } = await signedIn(office.context, 'service-office')
  const reference = referenceIn((await show('pass', 'uk')).path)
  const { statusCode, payload } = await app.inject({ url: `/praca/obsluga/wizyta/${reference}`, headers })
  assert.equal(statusCode, 200)
  assert.ok(payload.includes(polish) && !payload.includes(names.uk))
})

test('without a translation the Polish name stands there, marked, and no second one beside it', async () => {
  for (const language of foreign)
    for (const name of ['advice-web', 'services', 'times', 'check', 'pass']) {
      const { html } = await show(name, language, bareOffice)
      assert.ok(html.includes(marked), `${name} in ${language}`)
      assert.ok(
        !html.includes(`caption-m">${marked}`) &&
          !html.includes(` / ${marked}`) &&
          !html.includes(names[language]) &&
          !html.includes('Польською:'),
      )
    }
})
