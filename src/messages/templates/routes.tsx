/**
 * `/praca/szablony`: what messages say, sentence by sentence and language by language. An
 * administrator puts a sentence in the office's own words, sees the message before it is kept, and
 * goes back to the program's own.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../../platform/context.js'
import { formId, formLines, formText } from '../../platform/http/form.js'
import { isLanguage, type Language } from '../../platform/words.js'
import { directory } from '../../directory/index.js'
import { requireRole, staffLinks, type Staff } from '../../staff/index.js'
import { sendPage } from '../../ui/index.js'
import { mailOf } from '../content/mail.js'
import { smsRules } from '../content/sms.js'
import { isShort, keysOf, messageGroups, messageKind, type MessageKind } from './catalogue.js'
import { charactersMax, checkWording, placeNames, type WordingProblem } from './check.js'
import { exampleLetter, exampleValues, originalOf, type ExampleFacts } from './examples.js'
import { KindPage, KindsPage, SentencePage } from './pages.js'
import { historyOf, readWordings, wordingsTopic, writeWording } from './store.js'

const hidden = { schema: { hide: true } } as const
const path = '/praca/szablony'
/** What is too long to be kept comes back whole all the same, to be made shorter. */
const typedCharactersMax = 10 * charactersMax
type OfKind = { Params: { kind: string } }
type OfKey = { Params: { kind: string; key: string } }

export function templateRoutes(app: FastifyInstance, context: Context): void {
  const { pool } = context.database
  app.get(path, hidden, async (request, reply) => {
    const staff = requireRole(request, reply, 'administrator')
    if (staff === null) return reply
    const changed = new Set([...(await readWordings(pool)).values()].flatMap((each) => [...each.keys()]))
    const groups = Object.entries(messageGroups).map(([name, kinds]) => ({
      name,
      kinds: kinds.map((kind) => ({ kind: kind.kind, changed: keysOf(kind).filter((key) => changed.has(key)).length })),
    }))
    return sendPage(reply, <KindsPage shell={request.shell} links={await linksOf(context, request, staff)} groups={groups} />)
  })
  app.get<OfKind>(`${path}/:kind`, hidden, async (request, reply) => {
    const asked = await askKind(context, request, reply)
    if (asked === null) return reply
    const { staff, kind, language, facts } = asked
    const own = await ownWords(context, language)
    const letter = exampleLetter(facts, kind, language, own)
    const news = ['zapisane', 'oryginal'].find((each) => each === formText(request.query, 'co', 20)) ?? null
    const sentences = keysOf(kind).map((key) => ({ key, text: own.get(key) ?? originalOf(key, language), changed: own.has(key) }))
    const view = {
      links: await linksOf(context, request, staff),
      kind,
      language,
      letter,
      sentences,
      news,
      office: facts.office.office,
    }
    return sendPage(reply, <KindPage shell={request.shell} {...view} />)
  })
  // The mail as it is, a page of its own: its style is its own and nothing else is let in.
  app.get<OfKind>(`${path}/:kind/podglad`, hidden, async (request, reply) => {
    const asked = await askKind(context, request, reply)
    if (asked === null) return reply
    const { kind, language, facts } = asked
    const letter = exampleLetter(facts, kind, language, await ownWords(context, language))
    return reply
      .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; frame-ancestors 'none'")
      .type('text/html; charset=utf-8')
      .send(mailOf(letter, facts.office.office).html)
  })
  app.get<OfKey>(`${path}/:kind/:key`, hidden, async (request, reply) => {
    const asked = await askKey(context, request, reply)
    return asked === null ? reply : sentencePage(context, request, reply, asked, null)
  })
  app.post<OfKey>(`${path}/:kind/:key`, hidden, async (request, reply) => save(context, request, reply))
}

interface Asked {
  readonly staff: Staff
  readonly kind: MessageKind
  readonly language: Language
  readonly facts: ExampleFacts
}

/** Who asks for which kind, in which language; null when the answer is already sent. */
async function askKind(context: Context, request: FastifyRequest<OfKind>, reply: FastifyReply): Promise<Asked | null> {
  const staff = requireRole(request, reply, 'administrator')
  if (staff === null) return null
  const kind = messageKind(request.params.kind)
  if (kind === null) {
    reply.callNotFound()
    return null
  }
  const typed = formText(request.method === 'POST' ? request.body : request.query, 'w', 2)
  const facts = { office: await directory(context), publicUrl: context.publicUrl, now: context.clock.now() }
  return { staff, kind, language: isLanguage(typed) ? typed : 'pl', facts }
}

async function askKey(
  context: Context,
  request: FastifyRequest<OfKey>,
  reply: FastifyReply,
): Promise<(Asked & { readonly key: string }) | null> {
  const asked = await askKind(context, request, reply)
  const { key } = request.params
  if (asked === null) return null
  if (keysOf(asked.kind).includes(key)) return { ...asked, key }
  reply.callNotFound()
  return null
}

/** As they are at this moment: who changes them sees what is kept, and what a colleague has just kept. */
async function ownWords({ database }: Context, language: Language): Promise<ReadonlyMap<string, string>> {
  return (await readWordings(database.pool)).get(language) ?? new Map<string, string>()
}

async function linksOf(context: Context, request: FastifyRequest, staff: Staff) {
  return staffLinks(request.shell.t, staff, await directory(context))
}

interface Typed {
  readonly text: string
  /** The revision that was seen when it was typed. */
  readonly revision: number
  readonly problem: WordingProblem | null
  /** Somebody else changed the sentence meanwhile. */
  readonly overtaken: boolean
}

async function sentencePage(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  { staff, kind, key, language, facts }: Asked & { readonly key: string },
  typed: Typed | null,
): Promise<FastifyReply> {
  const [own, history] = await Promise.all([ownWords(context, language), historyOf(context.database.pool, key, language)])
  const original = originalOf(key, language)
  const text = typed?.text ?? own.get(key) ?? original
  const shown = typed === null || typed.problem === null ? new Map([...own, [key, text]]) : own
  const view = {
    links: await linksOf(context, request, staff),
    kind,
    sentence: key,
    language,
    original,
    text,
    // Over what a colleague wrote meanwhile nothing is written unseen: the form then names what is seen now.
    revision: typed === null || typed.overtaken ? (history[0]?.revision ?? 0) : typed.revision,
    current: typed?.overtaken === true ? (own.get(key) ?? original) : null,
    problem: typed?.problem ?? null,
    places: placeNames(original, language),
    changed: own.has(key),
    history,
    letter: exampleLetter(
      facts,
      { ...kind, lines: [...new Set([...kind.lines, ...(kind.also.includes(key) ? [key] : [])])] },
      language,
      shown,
    ),
    office: facts.office.office,
  }
  const status = typed === null ? 200 : typed.overtaken ? 409 : typed.problem === null ? 200 : 422
  return sendPage(reply, <SentencePage shell={request.shell} {...view} />, status)
}

/** Keeps the sentence, shows what it would look like, or goes back to the program's own. */
async function save(context: Context, request: FastifyRequest<OfKey>, reply: FastifyReply): Promise<FastifyReply> {
  const asked = await askKey(context, request, reply)
  if (asked === null) return reply
  const { staff, kind, key, language, facts } = asked
  const { body } = request
  const wish = formText(body, 'co', 20)
  const revision = formId(body, 'wersja') ?? 0
  const typed = formLines(body, 'tekst', typedCharactersMax)
  // Only a sentence of the message itself has lines of its own.
  const text = kind.lines.includes(key) || kind.also.includes(key) ? typed : typed.replaceAll(/\s+/g, ' ')
  const original = originalOf(key, language)
  const sms = isShort(key) ? smsRules(facts.office.office) : null
  const back = wish === 'oryginal'
  const problem = back ? null : checkWording(text, { original, language, examples: exampleValues(facts, language), sms })
  if (problem !== null || wish === 'podglad')
    return sentencePage(context, request, reply, asked, { text, revision, problem, overtaken: false })
  const written = await writeWording(context.database, {
    key,
    language,
    revision: revision + 1,
    text: back || text === original ? null : text,
    at: context.clock.now(),
    accountId: staff.accountId,
  })
  if (!written)
    return sentencePage(context, request, reply, asked, { text: back ? original : text, revision, problem: null, overtaken: true })
  // The others hear of it with the transaction; this process at once.
  context.changes.publish(wordingsTopic)
  return reply.redirect(`${path}/${kind.kind}?w=${language}&co=${back ? 'oryginal' : 'zapisane'}`, 303)
}
