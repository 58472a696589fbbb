/**
 * The office's own words in messages: each sentence of a message gets the wording that counts when it
 * is composed, read in the transaction that composes it. So no process says what was changed a moment
 * ago, and nothing has to be told to anybody; the table has a row for each change and is small.
 */
import type { Composer, Composers, Message, MessageLink, Said } from '../model.js'
import { wordings } from './store.js'

export function inTheOfficesWords(composers: Composers): Composers {
  return Object.fromEntries(
    Object.entries(composers).map(([kind, compose]): [string, Composer] => [
      kind,
      async (database, payload, facts) => {
        const message = await compose(database, payload, facts)
        return message === null ? null : worded(message, await wordings(database, message.language))
      },
    ]),
  )
}

function worded(message: Message, own: ReadonlyMap<string, string>): Message {
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
