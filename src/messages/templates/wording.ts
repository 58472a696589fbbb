/**
 * The office's own words in messages: each sentence is said in the wording that counts when it is
 * composed. Wordings are kept in memory and read again after a change, of whichever process; where
 * they are changed they are read from the database (routes.tsx).
 */
import { remembered } from '../../platform/remembered.js'
import { pageWords, type Language, type Translate, type Values } from '../../platform/words.js'
import type { Message, MessageLink, Said } from '../model.js'
import { saidSo } from './check.js'
import { readWordings, wordingsTopic, type Wordings } from './store.js'

/** The office's wordings; read again after a hint. */
export const wordings = remembered(wordingsTopic, ({ database }) => readWordings(database.pool))

const none: ReadonlyMap<string, string> = new Map()

/** A message with the office's wording of each of its sentences. */
export function inTheOfficesWords(message: Message, all: Wordings): Message {
  const own = all.get(message.language) ?? none
  if (own.size === 0) return message
  const say = (said: Said): Said => {
    const wording = own.get(said.key)
    return wording === undefined ? said : { ...said, wording }
  }
  const link = (each: MessageLink): MessageLink => ({ ...each, label: say(each.label) })
  const { subject, lines, link: first, more, short } = message
  return {
    ...message,
    subject: say(subject),
    lines: lines.map(say),
    link: first === null ? null : link(first),
    ...(more === undefined ? {} : { more: more.map(link) }),
    ...(short === undefined ? {} : { short: short.map(say) }),
  }
}

/** Says sentences of messages, those the office has put in other words in these: for what is written down before it is composed. */
export function officeWords(all: Wordings, language: Language): Translate {
  const t = pageWords(language)
  const own = all.get(language) ?? none
  const say = (key: string, values: Values = {}): string => {
    const wording = own.get(key)
    return (wording === undefined ? null : saidSo(wording, language, values)) ?? t(key, values)
  }
  return Object.assign(say, { language, has: (key: string) => t.has(key), polish: (text: string) => t.polish(text) })
}
