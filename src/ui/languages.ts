/**
 * The language of a page stands in its address and nowhere else, so that a link opens for others as
 * it was copied: `/kontakt`, `/en/kontakt`, `/uk/kontakt` (docs/decisions/0012-languages.md). Pages
 * write addresses without it; it is put in here, when a page has become text and when an answer
 * leads on.
 */
import { languages, polishFrom, polishTo, type Language } from '../platform/words.js'

/** What has no language, or only Polish. A link with a secret finds its language itself. */
const withoutLanguage = /^\/(?:praca|api|assets|schemas|healthz|readyz|metrics)(?:[/?#]|$)/
const named = /^\/(?:pl|en|uk)(?=[/?#]|$)/

/** The same page in a language: an address of this site without one, such as `/sprawy?q=a`. */
export function inLanguage(path: string, language: Language): string {
  return language === 'pl' || withoutLanguage.test(path) ? path : `/${language}${path === '/' ? '' : path.replace(/^\/(?=\?)/, '')}`
}

/** An address as a page in the language links to it. One that names its language keeps it: `/pl/kontakt` is `/kontakt`. */
export function localAddress(path: string, language: Language): string {
  if (!path.startsWith('/') || path.startsWith('//')) return path
  if (!named.test(path)) return inLanguage(path, language)
  return path.startsWith('/pl') ? withinSite(path.slice(3)) : path
}

/** With one slash in front: with two, or with a backslash for one, a browser reads the name of another site. */
export function withinSite(path: string): string {
  return path.replace(/^[/\\]*/, '/')
}

/** What a header can carry: a person may have typed any letter, or the end of a line, into the address that leads on. */
export function headerAddress(address: string): string {
  return address.toWellFormed().replaceAll(/[^!-~]+/g, encodeURIComponent)
}

/** Every language's address of a page, for links that change the language; Polish is named so that `localHtml` leaves it. */
export function alternates(path: string): readonly { readonly language: Language; readonly href: string }[] {
  return languages.map((language) => ({ language, href: language === 'pl' ? `/pl${path}` : inLanguage(path, language) }))
}

/**
 * A page or a part of one, with its links and forms led to the language. In text and values a quote
 * is written `&quot;`, so that this finds attributes only.
 */
export function localHtml(html: string, language: Language): string {
  return html.replaceAll(
    / (href|action|formaction|data-live-source|data-live-events)="(\/[^"]*)"/g,
    (_, attribute: string, path: string) => ` ${attribute}="${localAddress(path, language)}"`,
  )
}

/** Polish words in other languages, marked for who listens (WCAG 3.1.2); where there can be no mark, as in a title, without. */
export function markPolish(html: string): string {
  if (!html.includes(polishFrom)) return html
  return html
    .replaceAll(/<(title|option|textarea)\b[^>]*>[^<]*/g, unmarked)
    .replaceAll(/<[a-z][^<>]*>/g, (tag) => (tag.includes(polishFrom) ? unmarked(tag) : tag))
    .replaceAll(marked, (_, words: string) => (isWhole(words) ? `<span lang="pl">${words}</span>` : words))
    .replaceAll(strays, '')
}

const marked = new RegExp(`${polishFrom}([^${polishFrom}${polishTo}]*)${polishTo}`, 'g')
const strays = new RegExp(`[${polishFrom}${polishTo}]`, 'g')

/** Text without the marks around Polish words, for what is no page: the plain text of a mail, an SMS. */
export function unmarked(text: string): string {
  return text.replaceAll(strays, '')
}

/** True when every element that begins in the text ends in it. */
function isWhole(html: string): boolean {
  let depth = 0
  for (const [tag] of html.matchAll(/<\/?[a-z][^<>]*>/g)) {
    if (/^<(?:br|img|input)\b/.test(tag)) continue
    depth += tag.startsWith('</') ? -1 : 1
    if (depth < 0) return false
  }
  return depth === 0
}
