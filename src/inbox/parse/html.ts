/**
 * A mail that is only HTML as plain text. Nothing in it runs and nothing is fetched: it is read as
 * text by a parser without a page.
 */
import { convert, type HtmlToTextOptions } from 'html-to-text'

const skipped = (selector: string) => ({ selector, format: 'skip' })

const plain: HtmlToTextOptions = {
  wordwrap: false,
  preserveNewlines: false,
  limits: { maxDepth: 100, maxChildNodes: 2_000, maxBaseElements: 1, ellipsis: '' },
  selectors: [
    ...['img', 'script', 'style', 'object', 'iframe', 'svg', 'template', 'noscript', 'input', 'head', 'title'].map(skipped),
    { selector: 'a', options: { ignoreHref: true } },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
    { selector: 'table', format: 'block' },
  ],
}
const withoutQuotes: HtmlToTextOptions = {
  ...plain,
  selectors: [
    ...(plain.selectors ?? []),
    ...['.gmail_quote', '.gmail_quote_container', 'blockquote', '.moz-cite-prefix', '.yahoo_quoted'].map(skipped),
  ],
}

/** Longest HTML read: deep nesting costs the parser the square of it. */
const htmlCharactersMax = 60_000

/** The text without quotations; with them where nothing else stands there. */
export function textOfHtml(whole: string): string {
  const html = bodyOnly(whole).slice(0, htmlCharactersMax)
  const own = convert(html, withoutQuotes)
  return own.trim() === '' ? convert(html, plain) : own
}

/** Outlook's styles alone are longer than most mails. */
function bodyOnly(html: string): string {
  const at = html.search(/<body[\s>]/i)
  return at < 0 ? html : html.slice(at)
}
