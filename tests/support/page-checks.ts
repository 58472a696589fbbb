/**
 * What is asked of any page in a browser besides axe: its outline as a screen reader gives it, its
 * language and the languages of its parts, room for large and spaced text, marks of the focus.
 */
import { readFileSync } from 'node:fs'
import { projectFile } from '../../src/platform/paths.js'
import type { Page } from './browser.js'

/** What is wrong with the outline, as sentences: headings, landmarks and the names of fields. */
export async function outlineProblems(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const problems: string[] = []
    // Stays in here: what the browser runs sees nothing of this file.
    // oxlint-disable-next-line unicorn/consistent-function-scoping
    const all = (selector: string): Element[] =>
      [...document.querySelectorAll(selector)].filter((element) => element.closest('[hidden], template, noscript') === null)
    const nameOf = (element: Element): string => {
      const labelled = (element.getAttribute('aria-labelledby') ?? '').split(' ').filter(Boolean)
      return (
        element.getAttribute('aria-label') ??
        labelled
          .map((id) => all(`[id="${id}"]`)[0]?.textContent ?? '')
          .join(' ')
          .trim()
      )
    }
    const heads = all('h1, h2, h3, h4, h5, h6').map((each) => ({ level: Number(each.tagName[1]), text: each.textContent?.trim() ?? '' }))
    if (heads.filter(({ level }) => level === 1).length !== 1) problems.push(`h1: ${heads.filter(({ level }) => level === 1).length}`)
    // The summary of errors stands before the h1, as the design system has it.
    const ordered = heads.slice(heads.findIndex(({ level }) => level === 1))
    ordered.forEach(({ level, text }, index) => {
      if (text === '') problems.push(`an empty h${level}`)
      const before = ordered[index - 1]
      if (before !== undefined && level > before.level + 1)
        problems.push(`h${before.level} "${before.text}" is followed by h${level} "${text}"`)
    })
    if (all('main').length !== 1) problems.push(`main: ${all('main').length}`)
    // The bar of a demonstration is put into a page kept for all who ask, in a box of its own.
    const tops = [...document.body.children].flatMap((each) => (each.matches('div:not([class])') ? [...each.children] : [each]))
    const outside = tops.filter(
      (each) =>
        each.closest('[hidden]') === null &&
        each.textContent?.trim() !== '' &&
        !each.matches('header, main, footer, section[aria-label], .govuk-skip-link, .govuk-width-container'),
    )
    for (const each of outside) problems.push(`outside the landmarks: <${each.tagName.toLowerCase()} class="${each.className}">`)
    for (const kind of ['nav', 'aside', 'section[aria-label], section[aria-labelledby]', '[role=region]']) {
      const names = all(kind).map(nameOf)
      if (names.includes('')) problems.push(`a ${kind} without a name`)
      const twice = names.filter((name, index) => names.indexOf(name) !== index)
      if (twice.length > 0) problems.push(`two ${kind} named "${twice.join('", "')}"`)
    }
    for (const field of all('input:not([type=hidden]), select, textarea') as HTMLInputElement[]) {
      const label = [...(field.labels ?? [])].map((each) => each.textContent?.trim()).join('') || nameOf(field)
      if (label === '') problems.push(`a field without a name: ${field.name}`)
    }
    for (const group of all('fieldset'))
      if (group.querySelector('legend')?.textContent?.trim() === '') problems.push('a fieldset without a legend')
    for (const press of all('a[href], button')) {
      if (!press.textContent?.trim() && nameOf(press) === '') problems.push(`nothing to read on ${press.outerHTML.slice(0, 100)}`)
    }
    if (!document.querySelector('.govuk-skip-link[href="#main-content"]')) problems.push('no skip link')
    return problems
  })
}

/** Words in Latin letters that are names in every language. */
const names: readonly string[] = JSON.parse(readFileSync(projectFile('tests/support/names-in-every-language.json'), 'utf8')) as string[]

/**
 * Polish on a page in another language that is not marked `lang="pl"`: Polish letters, and on a page
 * in Ukrainian any word in Latin letters but names.
 */
export async function unmarkedPolish(page: Page, language: 'en' | 'uk'): Promise<string[]> {
  return page.evaluate(
    ({ language: own, names: known }) => {
      const found: string[] = []
      const isPolish = (text: string): boolean => {
        if (/[ąćęłńóśźżĄĆĘŁŃÓŚŹŻ]/.test(text)) return true
        if (own !== 'uk') return false
        // Addresses, numbers of visits and codes are no words.
        const words =
          text
            .replaceAll(/\S+@\S+|\S*\/\S+|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,3}\b|\b[A-Z2-9]{4} ?[A-Z2-9]{4}\b/g, '')
            .match(/[A-Za-z]{3,}/g) ?? []
        return words.some((word) => !known.includes(word))
      }
      const look = (text: string | null, element: Element | null): void => {
        if (text === null || element === null || element.closest('script, style, template, noscript, code') !== null) return
        const said = element.closest('[lang]')?.getAttribute('lang')
        if (said === own && isPolish(text)) found.push(text.trim().slice(0, 120))
      }
      const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT)
      while (walker.nextNode())
        if (walker.currentNode.parentElement?.tagName !== 'TITLE') look(walker.currentNode.nodeValue, walker.currentNode.parentElement)
      for (const element of document.querySelectorAll('[aria-label], [alt], [placeholder], [title]'))
        for (const name of ['aria-label', 'alt', 'placeholder', 'title']) look(element.getAttribute(name), element)
      return [...new Set(found)]
    },
    { language, names },
  )
}

export interface Focused {
  readonly name: string
  /** A mark of the focus, in shape or colour, that is there only while it is focused. */
  readonly marked: boolean
  /** In the window and not covered by anything (WCAG 2.4.11). */
  readonly inSight: boolean
}

/** What has the focus; null when the page has been left. */
export async function focused(page: Page): Promise<Focused | null> {
  return page.evaluate(() => {
    const here = document.activeElement as HTMLElement | null
    if (here === null || here === document.body || here === document.documentElement) return null
    // A radio that is drawn by its label is marked there.
    const drawn = [here, ...((here as HTMLInputElement).labels ?? [])].flatMap((each) => [
      getComputedStyle(each),
      getComputedStyle(each, '::before'),
      ...[...each.children].map((child) => getComputedStyle(child)),
    ])
    const look = (): string =>
      drawn.map((style) => [style.outline, style.boxShadow, style.backgroundColor, style.borderColor].join()).join('|')
    const withFocus = look()
    // A field of several parts, such as a date's, would begin anew at its first; the browser marks the part itself.
    const parts = (here as HTMLInputElement).type === 'datetime-local'
    if (!parts) here.blur()
    const without = parts ? '' : look()
    if (!parts) here.focus({ preventScroll: true })
    const box = ((here as HTMLInputElement).labels?.[0] ?? here).getBoundingClientRect()
    const top = document.elementFromPoint(
      Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1),
      Math.min(Math.max(box.top + Math.min(box.height / 2, 20), 0), innerHeight - 1),
    )
    const seen = [here, ...((here as HTMLInputElement).labels ?? [])].some((each) => each.contains(top) || top?.contains(each))
    const name =
      (here.getAttribute('aria-label') ?? here.textContent?.trim()) ||
      ((here as HTMLInputElement).labels?.[0]?.textContent?.trim() ?? here.tagName)
    return { name: name.replaceAll(/\s+/g, ' '), marked: withFocus !== without, inSight: box.bottom > 0 && box.top < innerHeight && seen }
  })
}

/** How many pixels the page is wider than the window. */
export async function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
}

/** Text twice as large (WCAG 1.4.4), as who sets a larger font in the browser has it. */
export async function enlargeText(page: Page): Promise<void> {
  await page.evaluate(() => {
    document.adoptedStyleSheets = []
    document.documentElement.style.fontSize = '200%'
  })
}

/** Text as far apart as WCAG 1.4.12 asks that it can be. */
export async function spaceText(page: Page): Promise<void> {
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(
      '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }',
    )
    document.adoptedStyleSheets = [sheet]
  })
}

/** Text that is cut off: a box with letters that hides what does not fit. */
export async function cutText(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('main *, header *, footer *')]
      .filter((each) => {
        const style = getComputedStyle(each)
        const hides = style.overflowX === 'hidden' || style.overflowY === 'hidden' || style.overflowX === 'clip'
        const wanted = each.clientWidth > 1 && each.clientHeight > 1
        return hides && wanted && (each.scrollWidth > each.clientWidth + 1 || each.scrollHeight > each.clientHeight + 1)
      })
      .map((each) => each.outerHTML.slice(0, 120)),
  )
}
