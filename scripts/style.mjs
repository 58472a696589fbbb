// What is left out of a compiled style sheet before it is served: rules for classes that no page
// writes, and what is only for paper, which goes into a sheet of its own that holds up no screen.
//
// The first view of a page must fit into 14 kB (tests/journeys/weight.test.ts); govuk-frontend brings
// every variant of its components. A class counts as written when the sources name it whole, or name
// how it begins before a `${`. Plain JavaScript, like build.mjs, and no parser: Sass has just written
// the sheet, so that braces and quotes are even.

/**
 * Which classes sources write.
 * @param {string} sources all of them, one after another
 * @returns {(name: string) => boolean}
 */
export function writtenClasses(sources) {
  const whole = new Set()
  const starts = []
  for (const { 0: name, index } of sources.matchAll(/(?:govuk|okienko)-[A-Za-z0-9_!-]+/g)) {
    if (sources.startsWith('${', index + name.length)) starts.push(name)
    else whole.add(name)
  }
  // `govuk-${kind}__input`: every name of that shape; with nothing after it, every block of one word.
  const shapes = [...sources.matchAll(/(govuk|okienko)-\$\{\w+\}([A-Za-z0-9_-]*)/g)].map(
    ([, prefix, rest]) => new RegExp(`^${prefix}-[a-z]+${rest}$`),
  )
  return (name) => whole.has(name) || starts.some((start) => name.startsWith(start)) || shapes.some((shape) => shape.test(name))
}

/**
 * A sheet without the rules for classes that are not written, and what it says of paper apart.
 * @param {string} css as Sass compressed it
 * @param {(name: string) => boolean} isWritten
 * @returns {{ screen: string, paper: string }}
 */
export function trimSheet(css, isWritten) {
  let paper = ''
  const trim = (text) => {
    let kept = ''
    for (const { head, body } of rulesOf(text)) {
      if (body === null) kept += `${head};`
      else if (/^@media print\b/.test(head)) paper += trim(body)
      else if (/^@(?:media|supports)\b/.test(head)) {
        const inner = trim(body)
        if (inner !== '') kept += `${head}{${inner}}`
      } else if (head.startsWith('@')) kept += `${head}{${body}}`
      else {
        const selectors = partsOf(head, ',').filter((selector) => isMet(selector, isWritten))
        if (selectors.length > 0) kept += `${selectors.join(',')}{${body}}`
      }
    }
    return kept
  }
  const screen = trim(css.replace(/^\uFEFF/, ''))
  return { screen, paper }
}

/** False when a class the selector needs is written nowhere; what `:not()` names need not be there. */
function isMet(selector, isWritten) {
  const needed = selector.replaceAll(/:not\((?:[^()]|\([^()]*\))*\)/g, '')
  return [...needed.matchAll(/\.((?:\\.|[\w-])+)/g)]
    .map(([, name]) => name.replaceAll('\\', ''))
    .every((name) => !/^(?:govuk|okienko)-/.test(name) || isWritten(name))
}

/** The rules of a sheet or of a block, in order; a statement such as `@charset` has no body. */
function rulesOf(text) {
  const rules = []
  let from = 0
  while (from < text.length) {
    const end = scan(text, from, (character) => character === '{' || character === ';')
    if (text[end] !== '{') {
      if (text.slice(from, end).trim() !== '') rules.push({ head: text.slice(from, end), body: null })
      from = end + 1
      continue
    }
    let depth = 0
    const close = scan(text, end, (character) => {
      if (character === '{') depth++
      return character === '}' && --depth === 0
    })
    rules.push({ head: text.slice(from, end), body: text.slice(end + 1, close) })
    from = close + 1
  }
  return rules
}

function partsOf(text, separator) {
  const parts = []
  let from = 0
  let depth = 0
  for (;;) {
    const end = scan(text, from, (character) => {
      if (character === '(' || character === '[') depth++
      else if (character === ')' || character === ']') depth--
      return depth === 0 && character === separator
    })
    parts.push(text.slice(from, end))
    if (end >= text.length) return parts
    from = end + 1
  }
}

/** The place of the first character outside quotes and escapes that is looked for, or the end. */
function scan(text, from, isIt) {
  let quote = ''
  for (let at = from; at < text.length; at++) {
    const character = text[at]
    if (character === '\\') at++
    else if (quote !== '') quote = character === quote ? '' : quote
    else if (character === '"' || character === "'") quote = character
    else if (isIt(character)) return at
  }
  return text.length
}
