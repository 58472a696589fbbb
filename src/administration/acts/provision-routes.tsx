/** `/praca/akty/ID/przepis`: the provisions of a draft, one by one, by their kind. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../../platform/context.js'
import type { FieldError } from '../../platform/decision.js'
import { formText } from '../../platform/http/form.js'
import { actsProblems, type ProvisionDocument } from '../../regulation/index.js'
import { sendPage } from '../../ui/index.js'
import { changePart, isConflict, isRefused } from './actions.js'
import { draftAt, hidden, notFound, openDesk, roomy, seenIn, sentenceIfRight, type Desk } from './desk.js'
import { documentOfDraft } from './document.js'
import { fieldsByKind } from './fields.js'
import { provisionsMax, type Draft } from './model.js'
import { KindPage, ProvisionPage, type ProvisionView } from './pages/provision.js'
import { wrong } from '../form/read.js'
import { nothingTyped, typedIn } from '../form/typed.js'
import { readProvision } from './read-provision.js'
import { stepsFor } from './rules.js'
import { provisionErrors } from './say-problems.js'
import { typedProvision } from './typed.js'

export function provisionRoutes(app: FastifyInstance, context: Context): void {
  app.get('/praca/akty/:id/przepis', hidden, async (request, reply) => {
    const desk = await openDesk(context, request, reply)
    if (desk === null) return reply
    const draft = await draftAt(context, request)
    if (draft === null) return notFound(reply)
    if (!stepsFor(draft, desk.staff).has('edit')) return reply.redirect(`/praca/akty/${draft.id}`, 303)
    const kind = formText(request.query, 'rodzaj', 60)
    if (!fieldsByKind().has(kind)) return sendPage(reply, <KindPage shell={request.shell} links={desk.links} draftId={draft.id} />)
    return sendPage(reply, <ProvisionPage shell={request.shell} view={viewOf(desk, draft, { kind, word: null })} />)
  })

  app.get('/praca/akty/:id/przepis/:word', hidden, async (request, reply) => {
    const desk = await openDesk(context, request, reply)
    if (desk === null) return reply
    const draft = await draftAt(context, request)
    const provision = draft === null ? undefined : wordAt(draft, request)
    if (draft === null || provision === undefined) return notFound(reply)
    if (!stepsFor(draft, desk.staff).has('edit')) return reply.redirect(`/praca/akty/${draft.id}`, 303)
    const { kind, id: word } = provision
    const sentence = sentenceIfRight(desk, draft, provision, context.clock.now())
    const view = viewOf(desk, draft, { kind, word, typed: typedProvision(provision), sentence })
    return sendPage(reply, <ProvisionPage shell={request.shell} view={view} />)
  })

  app.post('/praca/akty/:id/przepis/:word?', roomy, async (request, reply) => {
    const desk = await openDesk(context, request, reply)
    if (desk === null) return reply
    const draft = await draftAt(context, request)
    if (draft === null) return notFound(reply)
    const { word = '' } = request.params as { word?: string }
    const old = wordAt(draft, request)
    const action = formText(request.body, 'do', 20)
    if (action === 'usun') return remove(context, desk, request, reply, draft, word)
    // A provision somebody took out meanwhile is told of as a conflict; its form still says its kind.
    const kind = old?.kind ?? formText(request.body, 'kind', 60)
    if (!fieldsByKind().has(kind)) return notFound(reply)
    return save(context, desk, request, reply, draft, { kind, word: word === '' ? null : word, old, saves: action === 'zapisz' })
  })
}

async function save(
  context: Context,
  desk: Desk,
  request: FastifyRequest,
  reply: FastifyReply,
  draft: Draft,
  asked: { readonly kind: string; readonly word: string | null; readonly old: ProvisionDocument | undefined; readonly saves: boolean },
): Promise<FastifyReply> {
  const { kind, word, old, saves } = asked
  const now = context.clock.now()
  const seen = seenIn(request.body)
  const id = word ?? freeWord(draft, kind)
  const { provision, errors: typedWrong } = readProvision(request.body, kind, id, old ?? null)
  const alone = { ...draft, content: { ...draft.content, provisions: [provision] } }
  // Facts of the act are judged on the act's own page: here only what stands in this provision.
  const faults =
    typedWrong.length > 0
      ? []
      : (await actsProblems(context.database.pool, documentOfDraft(alone, desk.book))).filter(({ values }) =>
          String(values?.['place'] ?? '').startsWith('/acts/0/provisions/0'),
        )
  const errors = [
    ...typedWrong,
    ...firstOfEach(provisionErrors(faults, kind)),
    ...(word === null && draft.content.provisions.length >= provisionsMax ? [wrong('reference', 'too-many')] : []),
  ]
  const again = (part: Partial<ProvisionView>, status: number): FastifyReply => {
    const view = viewOf(desk, draft, { kind, word, seen, typed: typedIn(request.body), ...part })
    return sendPage(reply, <ProvisionPage shell={request.shell} view={view} />, status)
  }
  if (errors.length > 0) return again({ errors }, 422)
  const sentence = sentenceIfRight(desk, draft, provision, now)
  if (!saves) return again({ sentence }, 200)
  const wordIn = (current: Draft): string => word ?? freeWord(current, kind)
  const outcome = await changePart(
    context,
    desk.staff,
    { id: draft.id, part: (current) => `provision:${wordIn(current)}`, seen },
    (current) => ({
      content: { ...current.content, provisions: replaced(current.content.provisions, { ...provision, id: wordIn(current) }) },
    }),
  )
  if (isConflict(outcome)) {
    const theirs = outcome.draft.content.provisions.find((each) => each.id === id)
    const said = theirs === undefined ? null : sentenceIfRight(desk, outcome.draft, theirs, now)
    return again({ conflict: { sentence: said && `${said} (${theirs?.reference})` }, sentence, seen: outcome.draft.revision }, 409)
  }
  if (isRefused(outcome)) return again({ errors: outcome.errors }, 409)
  if (outcome === null) return notFound(reply)
  return reply.redirect(`/praca/akty/${draft.id}#przepisy`, 303)
}

async function remove(
  context: Context,
  desk: Desk,
  request: FastifyRequest,
  reply: FastifyReply,
  draft: Draft,
  word: string,
): Promise<FastifyReply> {
  const now = context.clock.now()
  const outcome = await changePart(
    context,
    desk.staff,
    { id: draft.id, part: `provision:${word}`, seen: seenIn(request.body) },
    ({ content }) => ({ content: { ...content, provisions: content.provisions.filter((each) => each.id !== word) } }),
  )
  // Somebody changed it since: it is shown as it is now, and may be taken out from there.
  const theirs = isConflict(outcome) ? outcome.draft.content.provisions.find((each) => each.id === word) : undefined
  if (outcome === null || theirs === undefined) return reply.redirect(`/praca/akty/${draft.id}#przepisy`, 303)
  const sentence = sentenceIfRight(desk, outcome.draft, theirs, now)
  const view = viewOf(desk, outcome.draft, { kind: theirs.kind, word, typed: typedProvision(theirs), conflict: { sentence } })
  return sendPage(reply, <ProvisionPage shell={request.shell} view={view} />, 409)
}

function viewOf(desk: Desk, draft: Draft, part: Pick<ProvisionView, 'kind' | 'word'> & Partial<ProvisionView>): ProvisionView {
  const { links, office, book } = desk
  const brought = (draft.content.conditions ?? []).filter(({ id }) => !book.conditions.some((each) => each.id === id))
  return {
    links,
    office,
    conditions: [...book.conditions, ...brought],
    draftId: draft.id,
    seen: draft.revision,
    typed: nothingTyped,
    errors: [],
    sentence: null,
    conflict: null,
    ...part,
  }
}

function wordAt(draft: Draft, request: FastifyRequest): ProvisionDocument | undefined {
  const { word } = request.params as { word?: string }
  return draft.content.provisions.find((each) => each.id === word)
}

/** Of several faults of one field the first. */
function firstOfEach(errors: readonly FieldError[]): readonly FieldError[] {
  return errors.filter(({ field }, index) => errors.findIndex((each) => each.field === field) === index)
}

/** The same one in its place, or behind all others. */
function replaced(all: readonly ProvisionDocument[], one: ProvisionDocument): readonly ProvisionDocument[] {
  return all.some((each) => each.id === one.id) ? all.map((each) => (each.id === one.id ? one : each)) : [...all, one]
}

/** `hours`, or `hours-2`; a word once given is not given to another provision of the draft, also when it was taken out. */
function freeWord(draft: Draft, kind: string): string {
  const taken = (word: string): boolean =>
    draft.content.provisions.some((each) => each.id === word) || draft.changed[`provision:${word}`] !== undefined
  for (let number = 1; ; number++) {
    const word = number === 1 ? kind : `${kind}-${number}`
    if (!taken(word)) return word
  }
}
