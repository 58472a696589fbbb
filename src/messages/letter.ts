/** A message as it is read: what is kept, with its secrets back at their places. */
import type { Context } from '../platform/context.js'
import type { Language } from '../platform/words.js'
import { inLanguage } from '../ui/index.js'
import { mailboxWays, tell } from './deliveries.js'
import type { Content, Letter, Message } from './model.js'
import { messageIdOf } from './names.js'
import { render, reveal } from './render.js'
import { sentMessage, type MessageRow } from './store.js'

/** Null once it is erased. */
export function letterOf(context: Context, { content, email, phone, ...row }: MessageRow): Letter | null {
  if (content === null || (email === null && phone === null)) return null
  return {
    id: row.id,
    at: row.at,
    language: row.language,
    to: { email, phone },
    ...told(context, content, row.language),
  }
}

/** A message as it will be read once it is sent; nothing of it is kept. */
export function letterToSend(context: Context, message: Message, at: Temporal.Instant): Letter {
  const { language, to } = message
  return { id: 0, at, language, to, ...told(context, render(message), language) }
}

function told(context: Context, content: Content, language: Language): ReturnType<typeof reveal> {
  return reveal(
    content,
    (secret) => tell(context, secret, language),
    (path) => context.publicUrl + inLanguage(path, language),
  )
}

/** A letter in the mailbox of the demonstration, and the Message-ID it has; null when there is none. */
export async function letterInMailbox(
  context: Context,
  id: number,
): Promise<{ readonly letter: Letter; readonly messageId: string } | null> {
  const row = await sentMessage(context.database.pool, mailboxWays(context), id)
  const letter = row === null ? null : letterOf(context, row)
  return row === null || letter === null ? null : { letter, messageId: messageIdOf(context, row.outbox_id) }
}
