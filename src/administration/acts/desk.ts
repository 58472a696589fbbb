/** What every page of the acts needs before it is shown: who asks, the office, the law, and the draft of the address. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { directory, type Directory } from '../../directory/index.js'
import type { Context } from '../../platform/context.js'
import { formText } from '../../platform/http/form.js'
import { words } from '../../platform/words.js'
import { bookFrom, provisionSentence, ruleBook, type ProvisionDocument, type RuleBook } from '../../regulation/index.js'
import { requireRole, staffLinks, type Staff } from '../../staff/index.js'
import type { StaffLink } from '../../ui/index.js'
import { documentOfDraft } from './document.js'
import { writers, type Draft } from './model.js'
import { findDraft } from './store.js'

export const hidden = { schema: { hide: true } } as const
/** Own words and whole files are pasted here: more than other forms may carry. */
export const roomy = { schema: { hide: true }, bodyLimit: 1024 * 1024 } as const

export interface Desk {
  readonly staff: Staff
  readonly office: Directory
  readonly book: RuleBook
  readonly links: readonly StaffLink[]
}

/** Null when the person may not: the answer is already sent. */
export async function openDesk(context: Context, request: FastifyRequest, reply: FastifyReply): Promise<Desk | null> {
  const staff = requireRole(request, reply, ...writers)
  if (staff === null) return null
  const [office, book] = await Promise.all([directory(context), ruleBook(context)])
  return { staff, office, book, links: staffLinks(request.shell.t, staff, office) }
}

/** The draft of the address; null when there is none. */
export async function draftAt(context: Context, request: FastifyRequest): Promise<Draft | null> {
  const { id } = request.params as { id: string }
  return /^[1-9]\d{0,8}$/.test(id) ? findDraft(context.database.pool, Number(id)) : null
}

/** The page of an address nobody has. */
export function notFound(reply: FastifyReply): FastifyReply {
  reply.callNotFound()
  return reply
}

/** The revision that was before the writer. */
export function seenIn(body: unknown): number {
  const text = formText(body, 'seen', 12)
  return /^\d{1,9}$/.test(text) ? Number(text) : 0
}

/** The sentence of a provision of this draft, as citizens will read it. */
export function sentenceOf(desk: Pick<Desk, 'office' | 'book'>, draft: Draft, provision: ProvisionDocument, now: Temporal.Instant): string {
  const document = documentOfDraft({ ...draft, content: { ...draft.content, provisions: [provision] } }, desk.book)
  const book = bookFrom(document, now)
  const [act] = book.acts
  const [read] = book.provisions
  if (act === undefined || read === undefined) return ''
  return provisionSentence(words('pl'), desk.office, { provision: read, act, term: { from: null, until: null } })
}

/** The same of a provision that may be wrong as yet: null then. */
export function sentenceIfRight(
  desk: Pick<Desk, 'office' | 'book'>,
  draft: Draft,
  provision: ProvisionDocument,
  now: Temporal.Instant,
): string | null {
  try {
    return sentenceOf(desk, draft, provision, now)
  } catch {
    return null
  }
}
