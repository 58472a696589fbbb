/**
 * From a message to what is kept, and from what is kept to what is read. Pure but for the words:
 * what a secret is comes as an argument.
 */
import { pageWords, type Language } from '../platform/words.js'
import { unmarked } from '../ui/index.js'
import { saidSo } from './templates/check.js'
import type { Content, Letter, Message, MessageLink, Said, Secret } from './model.js'

/** The brackets of a place; a value that holds one loses it, so that nobody names a secret by what was typed. */
const placeOf = (index: number): string => `⟦${index}⟧`
const places = /⟦(\d+)⟧/g

/** Says a message in its language, with marks around what is Polish in it where it is read as HTML; secrets become places. */
export function render(message: Message): Content {
  const secrets: Secret[] = []
  const hide = (secret: Secret): string => {
    secrets.push(secret)
    return placeOf(secrets.length - 1)
  }
  const say = (said: Said): string => sentence(message.language, said, hide)
  const plain = (said: Said): string => unmarked(say(said))
  const link = ({ href, label }: MessageLink) => ({ href: typeof href === 'string' ? href : hide(href), label: say(label) })
  const links = [...(message.link === null ? [] : [message.link]), ...(message.more ?? [])]
  const { short, calendar, thread, unit } = message
  return {
    subject: plain(message.subject),
    lines: message.lines.map(say),
    links: links.map(link),
    ...(short === undefined ? {} : { short: short.map(plain) }),
    ...(calendar === undefined ? {} : { calendar: { ...calendar, title: plain(calendar.title), place: plain(calendar.place) } }),
    ...(thread === undefined ? {} : { thread }),
    ...(unit === undefined ? {} : { unit }),
    secrets,
  }
}

function sentence(language: Language, { key, values = {}, wording }: Said, hide: (secret: Secret) => string): string {
  const plain = Object.entries(values).map(([name, value]) => {
    if (typeof value === 'object') return [name, hide(value)] as const
    return [name, typeof value === 'string' ? value.replaceAll(/[⟦⟧]/g, '') : value] as const
  })
  const filled = Object.fromEntries(plain)
  // A wording is checked when it is written; one that cannot be said all the same yields to the program's own.
  return (wording === undefined ? null : saidSo(wording, language, filled)) ?? pageWords(language)(key, filled)
}

/** Puts the secrets back at their places; `address` makes a path of the office's pages a whole address. */
export function reveal(
  content: Content,
  tell: (secret: Secret) => string,
  address: (path: string) => string,
): Omit<Letter, 'id' | 'at' | 'language' | 'to'> {
  const fill = (text: string): string =>
    text.replaceAll(places, (place, index: string) => {
      const secret = content.secrets[Number(index)]
      return secret === undefined ? place : tell(secret)
    })
  const { short, calendar, thread, unit } = content
  return {
    subject: fill(content.subject),
    lines: content.lines.map(fill),
    links: content.links.map(({ href, label }) => ({ href: href.startsWith('/') ? address(href) : fill(href), label: fill(label) })),
    ...(short === undefined ? {} : { short: short.map(fill) }),
    ...(calendar === undefined ? {} : { calendar }),
    ...(thread === undefined ? {} : { thread }),
    ...(unit === undefined ? {} : { unit }),
  }
}
