/**
 * The mailboxes an office reads: a JSON file named by OKIENKO_MAILBOXES, since each has a password.
 * A wrong one is a sentence that names it and ends the program.
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { reasonOf, SetupError } from '../platform/setup-error.js'
import type { Directory } from '../directory/index.js'

/** A mailbox by whatever way its mails come. */
export interface MailboxFacts {
  readonly id: string
  /** What staff call it. */
  readonly name: string
  /** The unit whose it is; null: shared, and a mail goes to the unit of the matter it seems to be about. */
  readonly unit: string | null
  /** The unit that has what nobody could guess: the own one, or as a shared mailbox says. */
  readonly otherwise: string
  /** Answers leave from it. */
  readonly address: string
}

export interface Mailbox extends MailboxFacts {
  readonly imap: ImapAddress
}

export interface ImapAddress {
  readonly host: string
  readonly port: number
  /** TLS from the first byte; else the connection is made secure by STARTTLS before the password is sent. */
  readonly secure: boolean
  readonly user: string
  readonly password: string
  readonly folder: string
  /** Without any TLS: a server on this machine alone. */
  readonly plain: boolean
  /** PEM of who vouches for the server, when nobody known does. */
  readonly authority: string | null
}

const shape = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  name: z.string().min(1).max(100),
  unit: z.string().nullable().default(null),
  otherwise: z.string().optional(),
  imap: z.string(),
  passwordFile: z.string().optional(),
  from: z.string().regex(/^[^\s@<>]+@[^\s@<>]+$/),
  authorityFile: z.string().optional(),
})

/** Reads the file; an empty list when none is named. */
export function readMailboxes(file: string | null): readonly Mailbox[] {
  if (file === null) return []
  let read: unknown
  try {
    read = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new SetupError('mailboxes-unreadable', { file, reason: reasonOf(error) })
  }
  const list = z.array(shape).safeParse(read)
  if (!list.success) throw new SetupError('mailboxes-wrong', { file, where: list.error.issues[0]?.path.join('.') ?? '' })
  const boxes = list.data.map((each) => mailboxOf(file, each))
  const twice = boxes.find((each, at) => boxes.findIndex(({ id }) => id === each.id) !== at)
  if (twice !== undefined) throw new SetupError('mailboxes-wrong', { file, where: `${twice.id}.id` })
  return boxes
}

function mailboxOf(file: string, { id, name, unit, otherwise, from, ...given }: z.infer<typeof shape>): Mailbox {
  const wrong = (field: string): SetupError => new SetupError('mailboxes-wrong', { file, where: `${id}.${field}` })
  const belongs = unit ?? otherwise
  if (belongs === undefined) throw wrong('otherwise')
  const url = URL.parse(given.imap)
  const plain = url?.searchParams.get('tls') === 'none'
  if (url === null || !['imap:', 'imaps:'].includes(url.protocol) || url.username === '') throw wrong('imap')
  // Without TLS the password could be read on the way: only to this very machine.
  if (plain && !['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)) throw wrong('imap')
  const beside = (named: string, field: string): string => {
    try {
      return readFileSync(path.resolve(path.dirname(file), named), 'utf8').trim()
    } catch {
      throw wrong(field)
    }
  }
  const password = given.passwordFile === undefined ? decodeURIComponent(url.password) : beside(given.passwordFile, 'passwordFile')
  if (password === '') throw wrong('passwordFile')
  const secure = url.protocol === 'imaps:'
  return {
    id,
    name,
    unit,
    otherwise: otherwise ?? belongs,
    address: from,
    imap: {
      host: url.hostname,
      port: url.port === '' ? (secure ? 993 : 143) : Number(url.port),
      secure,
      user: decodeURIComponent(url.username),
      password,
      folder: decodeURIComponent(url.pathname.slice(1)) || 'INBOX',
      plain,
      authority: given.authorityFile === undefined ? null : beside(given.authorityFile, 'authorityFile'),
    },
  }
}

/** Mailboxes whose units the office does not have, by id. */
export function unitsMissing(mailboxes: readonly Mailbox[], office: Directory): readonly string[] {
  return mailboxes.filter(({ unit, otherwise }) => [unit ?? otherwise, otherwise].some((id) => !office.units.has(id))).map(({ id }) => id)
}
