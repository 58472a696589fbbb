// The look of a city: colours, font and mark, in one file (offices/theme.json, or the one OKIENKO_THEME
// names). It is built into the sheets, so that a page asks for nothing more. Colours that meet on a page
// must be far enough apart, or nothing is built.

/** Ink, ground, least contrast: 4.5 for text, 3 for what is no text, 7 for screens read from afar (WCAG 1.4.3, 1.4.6, 1.4.11). */
export const pairs = [
  ['accent', 'ground', 4.5],
  ['accent', 'ground-quiet', 4.5],
  ['accent', 'accent-pale', 4.5],
  ['accent-dark', 'accent-pale', 4.5],
  ['accent-dark', 'ground', 4.5],
  ['ground', 'accent', 4.5],
  ['ground', 'accent-dark', 4.5],
  ['focus', 'accent', 3],
  ['ink', 'ground', 4.5],
  ['ink', 'ground-quiet', 4.5],
  ['ink', 'accent-pale', 4.5],
  ['ink', 'demonstration', 4.5],
  ['ink', 'focus', 4.5],
  ['ink-quiet', 'ground', 4.5],
  ['ink-quiet', 'ground-quiet', 4.5],
  ['ground', 'success', 4.5],
  ['error', 'ground', 4.5],
  ['ground', 'error', 4.5],
  ['line-strong', 'ground', 3],
  ['warning', 'demonstration', 3],
  ['warning', 'ground', 4.5],
  ['night-ink', 'night', 7],
  ['night-quiet', 'night', 7],
  ['night-accent', 'night', 7],
  ['night-error', 'night', 7],
  ['night-ink', 'night-raised', 7],
  ['night-quiet', 'night-raised', 7],
  ['ink', 'night-accent', 7],
  ['ink', 'night-quiet', 7],
  ['night-ink', 'night-yes', 7],
  ['night-ink', 'night-wait', 7],
  ['night-ink', 'night-no', 7],
]

/** Of no pair: a line that only divides. */
const alone = ['line']

/**
 * What is wrong with a theme, a sentence each, in Polish, for who edits it; empty for a good one.
 * @param {unknown} theme
 * @returns {string[]}
 */
export function themeProblems(theme) {
  const { colours = {}, font = {}, mark = {} } = theme ?? {}
  const names = new Set([...pairs.flatMap(([ink, ground]) => [ink, ground]), ...alone])
  const problems = [...names]
    .filter((name) => !/^#[0-9a-f]{6}$/i.test(colours[name] ?? ''))
    .map((name) => `kolor „${name}” ma mieć postać #rrggbb, a jest: ${colours[name] ?? 'brak'}`)
  for (const name of Object.keys(colours)) if (!names.has(name)) problems.push(`nie ma koloru o nazwie „${name}”`)
  if (problems.length > 0) return problems
  for (const [ink, ground, least] of pairs) {
    const ratio = contrast(colours[ink], colours[ground])
    // Cut, not rounded: 4.49 is not enough and must not read as if it were.
    if (ratio < least) problems.push(`„${ink}” na „${ground}” ma kontrast ${Math.floor(ratio * 100) / 100}:1, a potrzeba ${least}:1`)
  }
  if (!/^[\w -]+$/.test(font.family ?? '')) problems.push('„font.family” ma być nazwą kroju')
  if (!/^@fontsource\/[a-z0-9-]+$/.test(font.package ?? '')) problems.push('„font.package” ma być paczką @fontsource/…')
  if (!/^[\d .-]+$/.test(mark.viewBox ?? '')) problems.push('„mark.viewBox” ma mieć cztery liczby')
  if (!Array.isArray(mark.shapes) || mark.shapes.length === 0 || !mark.shapes.every(isShape))
    problems.push('„mark.shapes” ma być listą kształtów: d oraz fill albo stroke (ink, ground)')
  return problems
}

function isShape(shape) {
  if (shape?.width !== undefined && typeof shape.width !== 'number') return false
  const paints = [shape?.fill, shape?.stroke].filter((paint) => paint !== undefined)
  return (
    /^[MmLlHhVvCcSsQqTtAaZz\d .,-]+$/.test(shape?.d ?? '') &&
    paints.length > 0 &&
    paints.every((paint) => ['ink', 'ground'].includes(paint))
  )
}

/** The theme as the sheets read it: a variable for each colour, the font and its files. */
export function themeSheet({ colours, font }) {
  const lines = Object.entries(colours).map(([name, colour]) => `$${name}: ${colour};`)
  return [
    ...lines,
    `$font: '${font.family}';`,
    `$font-stack: ('${font.family}', arial, sans-serif);`,
    `$font-file: '${fontFile(font)}';`,
  ].join('\n')
}

/** How the files of the font begin. */
export function fontFile(font) {
  return font.package.slice('@fontsource/'.length)
}

/** The mark as a picture of its own, for the tab of a browser. */
export function markPicture({ colours, mark }) {
  const paint = { ink: colours.accent, ground: colours.ground }
  const shapes = mark.shapes.map(({ d, fill, stroke, width = 1 }) => {
    const line = stroke === undefined ? '' : ` stroke="${paint[stroke]}" stroke-width="${width}" stroke-linejoin="round"`
    return `<path fill="${fill === undefined ? 'none' : paint[fill]}"${line} d="${d}"/>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${mark.viewBox}">${shapes.join('')}</svg>`
}

/** WCAG 2.2: how far apart two colours are, 1 to 21. */
export function contrast(a, b) {
  const [light, dark] = [luminance(a), luminance(b)].toSorted((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(colour) {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
