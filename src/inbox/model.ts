/** Threads of mails as they are kept, and what a clerk may answer. */
import type { Language } from '../platform/words.js'
import type { RequestRow } from '../booking/index.js'
import type { MailKind, NotedFile } from './parse/model.js'

/** What an answer of a clerk is: proposed times, advice, a question back, or that the thread is closed. */
export const answerKinds = ['times', 'advice', 'question', 'closed'] as const
export type AnswerKind = (typeof answerKinds)[number]

/** Besides, what the program says by itself: that a mail came in, and how papers are handed in. */
export type SentKind = AnswerKind | 'received' | 'papers'

export interface Thread {
  readonly id: number
  readonly requestId: number
  readonly mailbox: string
  readonly subject: string | null
  readonly guessedServiceId: string | null
  readonly guessWords: readonly string[]
  /** Since when the oldest unanswered mail waits; null while the citizen's answer is waited for. */
  readonly waitsSince: Temporal.Instant | null
  readonly papersTold: boolean
}

export interface Mail {
  readonly id: number
  readonly mailbox: string
  /** Null once it is erased. */
  readonly messageId: string | null
  readonly direction: 'in' | 'out'
  readonly kind: MailKind | 'answer' | 'automatic'
  readonly answer: SentKind | null
  readonly at: Temporal.Instant
  readonly name: string | null
  readonly email: string | null
  readonly subject: string | null
  readonly body: string | null
  readonly language: Language
  readonly files: readonly NotedFile[]
  readonly headOnly: boolean
  readonly accountId: number | null
  /** The row of the outbox it leaves by; null: it came in, or left before this was kept. */
  readonly outboxId: number | null
  /** When it was noted that this answer did not arrive. */
  readonly undeliveredAt: Temporal.Instant | null
}

/** A thread and the request it is. */
export interface Known {
  readonly thread: Thread
  readonly request: RequestRow
}

/** A time proposed in an answer. */
export interface ProposedTime {
  readonly id: number
  readonly mailId: number
  readonly ordinal: number
  readonly visitId: number
  readonly until: Temporal.Instant
  readonly acceptedAt: Temporal.Instant | null
}
