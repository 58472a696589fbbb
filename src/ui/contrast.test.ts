/** Every pair of colours that meets on a page, computed: 7:1 for text we choose, 4.5:1 for functional ones. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { projectFile } from '../platform/paths.js'

const tokens = new Map(
  [...readFileSync(projectFile('src/ui/style/_tokens.scss'), 'utf8').matchAll(/^\$([\w-]+): (#[0-9a-f]{6});/gm)].map(([, name, value]) => [
    name as string,
    value as string,
  ]),
)

/** Ink, ground, least contrast. */
const pairs: readonly (readonly [string, string, number])[] = [
  ['accent', 'ground', 7],
  ['accent', 'ground-quiet', 7],
  ['accent', 'accent-pale', 7],
  ['accent-dark', 'accent-pale', 7],
  ['ground', 'accent', 7],
  ['ground', 'accent-dark', 7],
  ['ink', 'ground', 7],
  ['ink', 'ground-quiet', 7],
  ['ink', 'accent-pale', 7],
  ['ink', 'focus', 7],
  ['ink-quiet', 'ground', 7],
  ['ink-quiet', 'ground-quiet', 7],
  ['ground', 'success', 7],
  ['error', 'ground', 4.5],
  ['ground', 'error', 4.5],
  ['line-strong', 'ground', 3],
  ['warning', 'ground', 4.5],
  ['night-ink', 'night', 7],
  ['night-quiet', 'night', 7],
  ['night-accent', 'night', 7],
  ['night-ink', 'night-raised', 7],
  ['night-quiet', 'night-raised', 7],
  ['ink', 'night-accent', 7],
  ['ink', 'night-quiet', 7],
  ['night-ink', 'night-yes', 7],
  ['night-ink', 'night-wait', 7],
  ['night-ink', 'night-no', 7],
]

for (const [ink, ground, least] of pairs) {
  test(`${ink} on ${ground} is at least ${least}:1`, () => {
    const ratio = contrast(tokens.get(ink) as string, tokens.get(ground) as string)
    assert.ok(ratio >= least, `${ratio.toFixed(2)}:1`)
  })
}

/** WCAG 2.2, relative luminance and contrast ratio. */
function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].toSorted((x, y) => y - x) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
