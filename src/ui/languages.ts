/**
 * The language of a page stands in its address and nowhere else, so that a link opens for others as
 * it was copied: `/kontakt`, `/en/kontakt`, `/uk/kontakt` (docs/decisions/0007-languages.md). Pages
 * write addresses without it; it is put in here, when a page has become text and when an answer
 * leads on.
 */
import { languages, type Language } from '../platform/words.js'

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
  return path.startsWith('/pl') ? path.slice(3).replace(/^(?!\/)/, '/') : path
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
