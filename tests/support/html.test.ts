import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertValidPage } from './html.js'

const page = (main: string): string =>
  `<!DOCTYPE html><html lang="pl"><head><meta charset="utf-8"><title>Strona</title></head><body><main><h1>Strona</h1>${main}</main></body></html>`

const field = (rest = ''): string => `<input type="text" id="pole" name="pole" autocomplete="off"${rest}>`

const hidden = (key: string, rest: string): string =>
  page(`<form method="post" action="/a"><input type="hidden" name="klucz" value="${key}">${rest}<button>Dalej</button></form>`)

test('a page is found out for a reference to nobody, a field without a label, an id given twice and a label of no field', async () => {
  await assertValidPage(
    page(`<form><label for="pole">Pole</label>${field(' aria-describedby="opis"')}<p id="opis">Opis</p><button>Dalej</button></form>`),
  )
  for (const [wrong, rule] of [
    [`<label for="pole">Pole</label>${field(' aria-describedby="nie-ma"')}`, 'no-missing-references'],
    [field(), 'input-missing-label'],
    [`<label for="pole"></label>${field()}`, 'input-missing-label'],
    [`<label for="pole">Pole</label>${field()}<p id="pole">Opis</p>`, 'no-dup-id'],
    ['<label for="opis">Pole</label><p id="opis">Opis</p>', 'valid-for'],
    ['<p><div>Opis</div></p>', 'close-order'],
  ] as const)
    await assert.rejects(
      assertValidPage(page(`<form>${wrong}<button>Dalej</button></form>`)),
      (error: Error) => error.message.includes(rule),
      rule,
    )
})

test('a page met again with another key in a hidden field is the same; with another text it is looked at anew', async () => {
  await assertValidPage(hidden('a', ''))
  await assertValidPage(hidden('b', ''))
  await assert.rejects(assertValidPage(hidden('b', '<p><div></div></p>')))
  await assert.rejects(assertValidPage(hidden('c', '<p><div></div></p>')), 'and stays wrong')
})
