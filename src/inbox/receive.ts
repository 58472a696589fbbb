/** A mail that came by another way than IMAP, taken in as one that came by it. */
import type { Context } from '../platform/context.js'
import type { MailboxFacts } from './mailboxes.js'
import { parseMail } from './parse/parse.js'
import { toMessages } from './start.js'
import { takeMail, type Taken } from './take.js'

/** Takes the bytes of a mail in; the same mail twice is one. */
export async function receiveMail(context: Context, mailbox: MailboxFacts, raw: Buffer): Promise<Taken> {
  return takeMail(context, { mailbox, mail: await parseMail(raw), position: null, onBounce: toMessages })
}
