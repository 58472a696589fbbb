import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { projectFile, projectRoot } from '../../src/platform/paths.js'

interface StyleTools {
  readonly writtenClasses: (sources: string) => (name: string) => boolean
  readonly trimSheet: (css: string, isWritten: (name: string) => boolean) => { screen: string; paper: string }
}
const { writtenClasses, trimSheet } = (await import(projectFile('scripts/style.mjs'))) as StyleTools

test('a class is written when the source names it, its beginning or its shape', () => {
  const isWritten = writtenClasses(
    'class="govuk-body govuk-!-margin-bottom-1" `govuk-tag--${colour}` `okienko-${name}-page` `govuk-${kind}__item`',
  )
  for (const name of ['govuk-body', 'govuk-!-margin-bottom-1', 'govuk-tag--green', 'okienko-door-page', 'govuk-radios__item'])
    assert.ok(isWritten(name), name)
  for (const name of ['govuk-body-l', 'govuk-tag', 'okienko-door', 'govuk-radios__hint']) assert.ok(!isWritten(name), name)
})

test('rules for classes nobody writes go, what is for paper is apart, the rest stays in order', () => {
  const css =
    '\uFEFF@charset "UTF-8";:root{--a: 1}.govuk-a{content:"}.govuk-b{"}.govuk-a,.govuk-b{x:1}.govuk-b:hover{x:2}' +
    '@media(min-width: 40em){.govuk-b{x:3}@supports(y: 1){.govuk-a{x:4}}}@media print{.govuk-a{x:5}.govuk-b{x:6}}' +
    '.govuk-a:not(.govuk-b, .govuk-c:not(.d)){x:7}.govuk-\\!-b{x:8}p{x:9}@font-face{src:url(a)}'
  const { screen, paper } = trimSheet(css, (name) => name === 'govuk-a')
  assert.equal(
    screen,
    '@charset "UTF-8";:root{--a: 1}.govuk-a{content:"}.govuk-b{"}.govuk-a{x:1}@media(min-width: 40em){@supports(y: 1){.govuk-a{x:4}}}' +
      '.govuk-a:not(.govuk-b, .govuk-c:not(.d)){x:7}p{x:9}@font-face{src:url(a)}',
  )
  assert.equal(paper, '.govuk-a{x:5}')
})

test('the built sheets hold the rules of every class of ours that the sheets style', () => {
  const built = ['okienko', 'staff', 'print'].map((sheet) => readFileSync(projectFile('dist', 'assets', `${sheet}.css`), 'utf8')).join('')
  const own = globSync('src/ui/style/*.scss', { cwd: projectRoot }).flatMap((file) =>
    [...readFileSync(projectFile(file), 'utf8').matchAll(/\.(okienko-[\w-]+)/g)].map(([, name]) => name as string),
  )
  assert.ok(own.length > 100)
  assert.deepEqual(
    [...new Set(own)].filter((name) => !built.includes(`.${name}`)),
    [],
    'a rule of ours for a class no page writes is dead, or its class is put together in a way that is not found',
  )
})
