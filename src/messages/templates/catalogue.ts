/**
 * Which sentences each kind of message is made of: what the office may put in other words. A test
 * holds it against the words, so that no sentence of a message is left out.
 */

export interface MessageKind {
  /** The kind of its rows of the outbox; of a mail that answers a mail, what it says. */
  readonly kind: string
  readonly subject: string
  /** Sentences in their order, as a message usually has them. */
  readonly lines: readonly string[]
  /** Sentences it has in some cases only. */
  readonly also: readonly string[]
  readonly links: readonly string[]
  /** Of the SMS. */
  readonly short: readonly string[]
  /** It answers a mail: its subject is that mail's, the one here where that had none, and it never leaves as an SMS. */
  readonly answersMail: boolean
}

type Parts = Partial<Pick<MessageKind, 'lines' | 'also' | 'links' | 'short'>>

const kindOf = (slice: string, kind: string, subject: string, { lines = [], also = [], links = [], short = [] }: Parts): MessageKind => {
  const whole = (names: readonly string[]): string[] => names.map((name) => `${slice}.${name}`)
  return {
    kind,
    subject: `${slice}.${subject}`,
    lines: whole(lines),
    also: whole(also),
    links: whole(links),
    short: whole(short),
    answersMail: false,
  }
}

const visit = ['reference', 'service', 'when']
const place = ['where', 'door']
const reasons = [
  'outside-hours',
  'closed-that-day',
  'day-off',
  'admission-suspended',
  'needs-more-desks',
  'desk-closed',
  'desk-not-open',
  'matter-gone',
  'other',
].map((reason) => `because.${reason}`)
const booking = (kind: string, subject: string, parts: Parts): MessageKind => kindOf('booking-messages', kind, subject, parts)
const waiting = (kind: string, subject: string, parts: Parts): MessageKind => kindOf('waiting', kind, subject, parts)
const mail = (kind: string, parts: Parts): MessageKind => ({
  ...kindOf('inbox-messages', kind, 'untitled.subject', { ...parts, lines: ['hello', ...(parts.lines ?? [])] }),
  answersMail: true,
})
const papers = ['papers', 'papers.ways']

const visits: readonly MessageKind[] = [
  booking('visit-pending', 'pending.subject', {
    lines: ['code', 'pending.until', ...visit, 'pending.mistake'],
    also: ['persons'],
    links: ['link.confirm', 'link.cancel'],
    short: ['short.pending'],
  }),
  booking('visit-booked', 'booked.subject', {
    lines: [...visit, ...place],
    also: ['persons'],
    links: ['link.visit', 'link.bring', 'link.cancel'],
    short: ['short.booked', 'short.where', 'short.cancel'],
  }),
  booking('visit-moved', 'moved.subject', {
    lines: ['moved.by-office', reasons[0] as string, ...visit, ...place],
    also: ['persons', ...reasons.slice(1)],
    links: ['link.visit', 'link.bring', 'link.cancel'],
    short: ['short.moved', reasons[0] as string, 'short.where', 'short.visit'],
  }),
  booking('visit-cancelled', 'cancelled.subject', {
    lines: ['cancelled.by-office', reasons[0] as string, ...visit],
    also: ['cancelled', 'persons', ...reasons.slice(1)],
    links: ['link.again'],
    short: ['short.cancelled', reasons[0] as string],
  }),
  booking('visit-lapsed', 'lapsed.subject', {
    lines: ['lapsed', ...visit, 'lapsed.again'],
    also: ['persons'],
    links: ['link.lapsed', 'link.again'],
    short: ['short.lapsed', 'short.visit'],
  }),
  booking('visit-reminder', 'reminder.subject', {
    lines: ['reminder', ...visit, ...place, 'reminder.bring', 'reminder.cancel'],
    also: ['persons'],
    links: ['link.visit', 'link.cancel'],
    short: ['short.reminder', 'short.where', 'short.cancel'],
  }),
  kindOf('queue-messages', 'visit-next', 'next.subject', { lines: ['next', 'next.late'], short: ['next.short', 'next'] }),
  booking('visit-feedback', 'feedback.subject', {
    lines: ['feedback', 'feedback.anonymous'],
    links: ['link.feedback'],
    short: ['short.feedback'],
  }),
  booking('contact-code', 'contact-code.subject', {
    lines: ['contact-code', 'contact-code.until', 'pending.mistake'],
    short: ['short.contact-code'],
  }),
]

const earlier: readonly MessageKind[] = [
  waiting('waiting-joined', 'message.joined.subject', {
    lines: ['message.joined.line', 'message.joined.leave'],
    links: ['message.joined.link'],
  }),
  waiting('waiting-offer', 'message.offer.subject', {
    lines: ['message.offer.line', 'message.offer.old', 'message.offer.until'],
    links: ['message.offer.link'],
    short: ['message.offer.short', 'message.offer.short-link'],
  }),
  waiting('waiting-ended', 'message.ended.subject', { lines: ['message.ended.line'], links: ['message.ended.link'] }),
]

const draws: readonly MessageKind[] = [
  booking('lot-code', 'lot-code.subject', {
    lines: ['lot-code', 'lot-code.until', 'service', 'pending.mistake'],
    links: ['link.lot'],
    short: ['short.lot-code'],
  }),
  booking('lot-won', 'lot-won.subject', {
    lines: ['lot-won', ...visit, ...place],
    also: ['persons'],
    links: ['link.visit', 'link.bring', 'link.cancel'],
    short: ['short.booked', 'short.where', 'short.cancel', 'short.lot-won'],
  }),
  booking('lot-lost', 'lot-lost.subject', {
    lines: ['lot-lost', 'service', 'lot-lost.left', 'lot-lost.list'],
    also: ['lot-lost.not-confirmed'],
    links: ['link.times', 'link.list'],
    short: ['short.lot-lost'],
  }),
]

const door: readonly MessageKind[] = [
  kindOf('entrance-messages', 'door-remote-way', 'remote-way.subject', {
    lines: ['matter', 'remote-way', 'call'],
    links: ['remote-way.link'],
  }),
  kindOf('entrance-messages', 'door-receipt', 'receipt.subject', { lines: ['receipt.left', 'receipt.for', 'receipt.filed', 'call'] }),
]

const mails: readonly MessageKind[] = [
  mail('mail-received', { lines: ['received', 'received.days', 'received.more'], also: [...papers, 'papers.ask'] }),
  mail('mail-papers', { lines: papers, also: ['papers.ask'] }),
  mail('mail-times', {
    lines: ['about', 'times', 'times.one', 'times.where', 'times.how'],
    also: ['times.several', 'times.how.several'],
    links: ['times.take'],
  }),
  mail('mail-advice', { lines: ['about', 'again'] }),
  mail('mail-question', { lines: ['question'] }),
  mail('mail-closed', { lines: ['closed.withdrawn', 'again'], also: ['closed.doubled', 'closed.not-our-matter'] }),
]

/** All kinds, by what they are about: as the page lists them. */
export const messageGroups = { visits, earlier, draws, door, mails } as const
export const messageKinds: readonly MessageKind[] = Object.values(messageGroups).flat()

export function messageKind(kind: string): MessageKind | null {
  return messageKinds.find((each) => each.kind === kind) ?? null
}

/** Every sentence of a kind, once. */
export function keysOf({ subject, lines, also, links, short }: MessageKind): readonly string[] {
  return [...new Set([subject, ...lines, ...also, ...links, ...short])]
}

/** Kinds that have this sentence: in other words it reads otherwise in all of them. */
export function kindsWith(key: string): readonly string[] {
  return messageKinds.filter((each) => keysOf(each).includes(key)).map(({ kind }) => kind)
}

/** Has this sentence a place in an SMS? Then its length counts. */
export function isShort(key: string): boolean {
  return messageKinds.some(({ short }) => short.includes(key))
}
