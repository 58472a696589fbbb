/** Every pair of colours that meets on a page, computed; and what is said of a theme that is wrong. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { projectFile } from '../platform/paths.js'

interface ThemeCheck {
  readonly pairs: readonly (readonly [ink: string, ground: string, least: number])[]
  readonly contrast: (a: string, b: string) => number
  readonly themeProblems: (theme: unknown) => string[]
}
const { pairs, contrast, themeProblems } = (await import(projectFile('scripts/theme.mjs'))) as ThemeCheck
const theme = () =>
  JSON.parse(readFileSync(projectFile('offices/theme.json'), 'utf8')) as { colours: Record<string, string>; font: { package: string } }

for (const [ink, ground, least] of pairs) {
  test(`${ink} on ${ground} is at least ${least}:1`, () => {
    const { colours } = theme()
    const ratio = contrast(colours[ink] as string, colours[ground] as string)
    assert.ok(ratio >= least, `${ratio.toFixed(2)}:1`)
  })
}

test('contrast is that of WCAG: black on white 21, the same colour 1', () => {
  assert.equal(contrast('#000000', '#ffffff'), 21)
  assert.equal(contrast('#777777', '#777777'), 1)
  assert.ok(Math.abs(contrast('#777777', '#ffffff') - 4.48) < 0.005)
})

test('a theme that cannot be read by everybody is refused with the pair named, and so is one with a colour missing', () => {
  assert.deepEqual(themeProblems(theme()), [])
  const pale = theme()
  pale.colours['accent'] = '#4fb3bf'
  const said = themeProblems(pale)
  assert.ok(said.includes('„accent” na „ground” ma kontrast 2.46:1, a potrzeba 4.5:1'), said.join('\n'))
  const lacking = theme()
  delete lacking.colours['focus']
  assert.deepEqual(themeProblems(lacking), ['kolor „focus” ma mieć postać #rrggbb, a jest: brak'])
  const odd = theme()
  odd.font.package = '../fonts'
  assert.match(themeProblems(odd).join(), /font\.package/)
  assert.ok(themeProblems(null).length > 0)
})

test('nothing but the theme names a colour by number in the sheets of screens', () => {
  for (const sheet of ['citizen', 'desk', 'display', 'door', 'frame', 'fonts']) {
    const text = readFileSync(projectFile(`src/ui/style/_${sheet}.scss`), 'utf8')
    assert.doesNotMatch(text.replaceAll(/\/\/.*/g, ''), /#[0-9a-f]{3,8}\b(?![^;{]*\{)/i, sheet)
  }
})
