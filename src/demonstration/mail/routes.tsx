/**
 * Writing to the office where there is no mail server: the page makes the bytes of a mail and hands
 * them to what takes in those of a mail server. Only in a demonstration, and only while its e-mails
 * stay in its mailbox: whoever types an address writes to nobody.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../../platform/context.js'
import type { FieldError } from '../../platform/decision.js'
import { formId, formList, formSecret, formText } from '../../platform/http/form.js'
import { limiter } from '../../platform/http/limiter.js'
import { isKey } from '../../platform/idempotency.js'
import { emailCharactersMax, nameCharactersMax, readPerson } from '../../booking/index.js'
import { directory } from '../../directory/index.js'
import { mailboxesKept, receiveMail, type MailboxFacts } from '../../inbox/index.js'
import { letterInMailbox, mailboxWays, mailOf, type Letter } from '../../messages/index.js'
import { idempotencyField, languageField, sendPage } from '../../ui/index.js'
import { composeMail, type Answered } from './compose.js'
import { SentPage, sentStates, WritePage, type TypedMail } from './pages.js'

const hidden = { schema: { hide: true } } as const
const page = '/skrzynka/napisz'
const subjectCharactersMax = 200
export const textCharactersMax = 5_000
/** Kept of a text that is too long, so that it can be shortened: as much as a form holds. */
const typedCharactersMax = 60_000
/** Of everybody together: the office of a demonstration is no place to fill. */
const mails = { burst: 20, perMinute: 10 } as const

/** The page on which a mail is written; null where there is none. */
export function writingPage(context: Context): string | null {
  return mailboxWays(context).includes('email') ? page : null
}

export function writeRoutes(app: FastifyInstance, context: Context): void {
  if (writingPage(context) === null) return
  const limit = limiter(mails)
  app.get(page, hidden, async (request, reply) => {
    const asked = await askedFor(context, request.query)
    return asked === null ? reply.callNotFound() : sendForm(context, request, reply, asked, {})
  })
  app.post(page, hidden, async (request, reply) => {
    const asked = await askedFor(context, request.body)
    if (asked === null) return reply.callNotFound()
    const { typed, key } = readTyped(request.body)
    if (formText(request.body, languageField, 2) !== '') return sendForm(context, request, reply, asked, { typed, key })
    const { errors, person } = wrongIn(typed, asked)
    if (!isKey(key) || errors.length > 0) return sendForm(context, request, reply, asked, { typed, errors, key })
    const wait = limit('mails', performance.now())
    if (wait > 0) {
      reply.header('Retry-After', String(wait))
      return sendForm(context, request, reply, asked, { typed, errors: [error('text', 'too-many', { seconds: wait })], key, status: 429 })
    }
    const answered = asked.answered
    const to = answered?.box ?? asked.boxes.find(({ id }) => id === typed.box)
    if (to === undefined) return reply.callNotFound()
    const raw = await composeMail({
      // The form sent twice is one mail, as a mail fetched twice is.
      messageId: `<${key}@pokaz.example>`,
      from: answered === null ? { name: person.name, address: person.email } : { name: null, address: answered.from },
      to,
      subject: answered?.letter.subject ?? typed.subject,
      text: typed.text,
      at: context.clock.now(),
      answers: answered === null ? null : await quotable(context, answered),
      scan: typed.scan,
    })
    return reply.redirect(`${page}/wyslano?jak=${await receiveMail(context, to, raw)}`, 303)
  })
  app.get(`${page}/wyslano`, hidden, (request, reply) => {
    const how = sentStates.find((each) => each === formText(request.query, 'jak', 20)) ?? 'thread'
    return sendPage(reply, <SentPage shell={request.shell} how={how} />)
  })
}

/** What the form is about. */
interface Asked {
  readonly boxes: readonly MailboxFacts[]
  readonly answered: AnsweredLetter | null
}

interface AnsweredLetter {
  readonly letter: Letter
  readonly messageId: string
  readonly box: MailboxFacts
  /** Whom the letter went to, who answers it now. */
  readonly from: string
}

/** Null when it names a letter that cannot be answered. */
async function askedFor(context: Context, fields: unknown): Promise<Asked | null> {
  const boxes = await mailboxesKept(context.database.pool)
  if (formText(fields, 'odpowiedz', 15) === '') return { boxes, answered: null }
  const id = formId(fields, 'odpowiedz')
  const found = id === null ? null : await letterInMailbox(context, id)
  const box = boxes.find(({ address }) => address === found?.letter.thread?.mailbox)
  if (found === null || box === undefined || found.letter.to.email === null) return null
  return { boxes, answered: { ...found, box, from: found.letter.to.email } }
}

async function quotable(context: Context, { letter, messageId, box }: AnsweredLetter): Promise<Answered> {
  const { office } = await directory(context)
  return {
    messageId,
    references: letter.thread?.references ?? [],
    who: `${office.name} <${box.address}>`,
    at: letter.at,
    language: letter.language,
    text: mailOf(letter, office).text,
  }
}

function readTyped(body: unknown): { readonly typed: TypedMail; readonly key: string } {
  return {
    key: formText(body, idempotencyField, 40),
    typed: {
      name: formText(body, 'name', nameCharactersMax * 2),
      email: formText(body, 'email', emailCharactersMax + 10),
      box: formText(body, 'skrzynka', 40),
      subject: formText(body, 'temat', subjectCharactersMax),
      text: formSecret(body, 'text', typedCharactersMax).replaceAll(/\r\n?/g, '\n').trim(),
      scan: formList(body, 'zalacznik').includes('skan'),
    },
  }
}

const error = (field: string, code: string, values: FieldError['values'] = {}): FieldError => ({
  field,
  message: `demonstration.error.${code}`,
  values,
})

/** What is wrong, in the order of the page; an answer has its sender, mailbox and subject already. */
function wrongIn(
  typed: TypedMail,
  { boxes, answered }: Asked,
): { readonly errors: readonly FieldError[]; readonly person: { readonly name: string | null; readonly email: string } } {
  const read = answered === null ? readPerson({ name: typed.name, email: typed.email }, 'contact-optional') : null
  const person = { name: null, email: '', ...(read !== null && 'person' in read ? { ...read.person, email: read.person.email ?? '' } : {}) }
  const errors = [
    ...(read !== null && 'errors' in read ? read.errors : []),
    ...(answered === null && typed.email === '' ? [error('email', 'email-missing')] : []),
    ...(answered === null && !boxes.some(({ id }) => id === typed.box) ? [error('skrzynka', 'mailbox')] : []),
    ...(typed.subject.length > subjectCharactersMax ? [error('temat', 'subject-long', { most: subjectCharactersMax })] : []),
    ...(typed.text === '' ? [error('text', 'text-missing')] : []),
    ...(typed.text.length > textCharactersMax ? [error('text', 'text-long', { most: textCharactersMax })] : []),
  ]
  return { errors, person }
}

async function sendForm(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  { boxes, answered }: Asked,
  said: { readonly typed?: TypedMail; readonly errors?: readonly FieldError[]; readonly key?: string; readonly status?: number },
): Promise<FastifyReply> {
  const { typed = { name: '', email: '', box: boxes[0]?.id ?? '', subject: '', text: '', scan: false }, errors = [], key = '' } = said
  const view = {
    boxes,
    office: await directory(context),
    answers:
      answered === null
        ? null
        : { id: answered.letter.id, from: answered.from, to: answered.box.address, subject: answered.letter.subject },
    typed,
    errors,
    ...(isKey(key) ? { key } : {}),
  }
  return sendPage(reply, <WritePage shell={request.shell} view={view} />, said.status ?? (errors.length > 0 ? 422 : 200))
}
