/** `/praca/akty`: all acts, one act with its steps, its facts and its own words. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { officeDay } from '../../platform/clock.js'
import type { Context } from '../../platform/context.js'
import type { FieldError } from '../../platform/decision.js'
import { formText } from '../../platform/http/form.js'
import { actsProblems, concerns, endOf, read, type ActDocument } from '../../regulation/index.js'
import { sendPage } from '../../ui/index.js'
import {
  beginCorrection,
  beginDraft,
  changePart,
  checkDraft,
  giveBack,
  isConflict,
  isRefused,
  withdrawDraft,
  type Outcome,
} from './actions.js'
import { draftAt, hidden, notFound, openDesk, roomy, seenIn, sentenceIfRight, type Desk } from './desk.js'
import { documentOfDraft } from './document.js'
import { namesProvisions } from './fields.js'
import { readFacts, typedFacts } from './forms.js'
import { kindLabel } from './labels.js'
import type { ActFacts, Draft } from './model.js'
import { DraftPage } from './pages/draft.js'
import { FactsPage, TextPage, type FactsView } from './pages/facts.js'
import { ListPage, type ListView } from './pages/list.js'
import { wrong, textLengthMax } from '../form/read.js'
import { byParagraph, isLate, slugOf, stageOf, stageOfAct, stepsFor } from './rules.js'
import { sayProblems } from './say-problems.js'
import { listDrafts, listEvents } from './store.js'
import { linesOf } from './text.js'
import { typedIn } from '../form/typed.js'

const emptyFacts: ActFacts = { title: '', issuer: '', rank: 'ordinance' }

export function actRoutes(app: FastifyInstance, context: Context): void {
  app.get('/praca/akty', hidden, async (request, reply) => {
    const desk = await openDesk(context, request, reply)
    if (desk === null) return reply
    const drafts = await listDrafts(context.database.pool)
    return sendPage(reply, <ListPage shell={request.shell} view={listView(desk, drafts, context.clock.now())} />)
  })

  app.get('/praca/akty/nowy', hidden, async (request, reply) => {
    const desk = await openDesk(context, request, reply)
    if (desk === null) return reply
    // Most acts have the issuer the last one had.
    const issuer = desk.book.acts.findLast((act) => act.rank === 'ordinance')?.issuer ?? ''
    const view = factsView(desk, request, { draft: null, seen: 0, typed: typedFacts({ ...emptyFacts, issuer }) })
    return sendPage(reply, <FactsPage shell={request.shell} view={view} />)
  })

  app.post('/praca/akty/nowy', roomy, async (request, reply) => {
    const desk = await openDesk(context, request, reply)
    if (desk === null) return reply
    const { facts, errors } = readFacts(request.body, emptyFacts)
    if (errors.length > 0) {
      const view = factsView(desk, request, { draft: null, seen: 0, typed: typedIn(request.body), errors })
      return sendPage(reply, <FactsPage shell={request.shell} view={view} />, 422)
    }
    const id = await beginDraft(context, desk.staff, { content: { act: facts, provisions: [] } })
    return reply.redirect(`/praca/akty/${id}`, 303)
  })

  app.post('/praca/akty/sprostowanie', hidden, async (request, reply) => {
    const desk = await openDesk(context, request, reply)
    if (desk === null) return reply
    const id = await beginCorrection(context, desk.staff, formText(request.body, 'act', 300))
    return id === null ? notFound(reply) : reply.redirect(`/praca/akty/${id}`, 303)
  })

  app.get('/praca/akty/:id', hidden, async (request, reply) => {
    const desk = await openDesk(context, request, reply)
    if (desk === null) return reply
    const asData = (request.params as { id: string }).id.endsWith('.json')
    if (asData) (request.params as { id: string }).id = (request.params as { id: string }).id.slice(0, -'.json'.length)
    const draft = await draftAt(context, request)
    if (draft === null) return notFound(reply)
    if (asData)
      return reply
        .type('application/json; charset=utf-8')
        .header('content-disposition', `attachment; filename="akt-${draft.id}.json"`)
        .send(`${JSON.stringify(documentOfDraft(draft, desk.book), null, 2)}\n`)
    return showDraft(context, desk, request, reply, draft)
  })

  app.post('/praca/akty/:id', hidden, async (request, reply) => {
    const desk = await openDesk(context, request, reply)
    if (desk === null) return reply
    const draft = await draftAt(context, request)
    if (draft === null) return notFound(reply)
    const steps: Record<string, () => Promise<Outcome>> = {
      sprawdz: () => checkDraft(context, desk.staff, draft.id, seenIn(request.body)),
      zwroc: () => giveBack(context, desk.staff, draft.id),
      wycofaj: () => withdrawDraft(context, desk.staff, draft.id),
    }
    const wanted = formText(request.body, 'do', 20)
    const outcome = (Object.hasOwn(steps, wanted) ? await steps[wanted]?.() : null) ?? null
    if (isRefused(outcome)) return showDraft(context, desk, request, reply, outcome.draft, { errors: outcome.errors })
    if (isConflict(outcome)) return showDraft(context, desk, request, reply, outcome.draft, { conflict: true })
    return reply.redirect(`/praca/akty/${draft.id}`, 303)
  })

  app.get('/praca/akty/:id/dane', hidden, async (request, reply) => {
    const desk = await openDesk(context, request, reply)
    if (desk === null) return reply
    const draft = await draftAt(context, request)
    if (draft === null) return notFound(reply)
    if (!stepsFor(draft, desk.staff).has('edit')) return reply.redirect(`/praca/akty/${draft.id}`, 303)
    const view = factsView(desk, request, { draft, seen: draft.revision, typed: typedFacts(draft.content.act) })
    return sendPage(reply, <FactsPage shell={request.shell} view={view} />)
  })

  app.post('/praca/akty/:id/dane', roomy, async (request, reply) => {
    const desk = await openDesk(context, request, reply)
    if (desk === null) return reply
    const draft = await draftAt(context, request)
    if (draft === null) return notFound(reply)
    const { facts, errors } = readFacts(request.body, draft.content.act)
    const seen = seenIn(request.body)
    const again = (part: Partial<FactsView>, status: number): FastifyReply =>
      sendPage(
        reply,
        <FactsPage shell={request.shell} view={factsView(desk, request, { draft, seen, typed: typedIn(request.body), ...part })} />,
        status,
      )
    if (errors.length > 0) return again({ errors }, 422)
    const outcome = await changePart(context, desk.staff, { id: draft.id, part: 'facts', seen }, (now) => ({
      content: { ...now.content, act: facts },
    }))
    if (isConflict(outcome))
      return again({ conflict: differences(request, outcome.draft.content.act, facts), seen: outcome.draft.revision }, 409)
    if (isRefused(outcome)) return again({ errors: outcome.errors }, 409)
    if (outcome === null) return notFound(reply)
    return reply.redirect(`/praca/akty/${draft.id}`, 303)
  })

  app.get('/praca/akty/:id/tresc', hidden, async (request, reply) => {
    const desk = await openDesk(context, request, reply)
    if (desk === null) return reply
    const draft = await draftAt(context, request)
    if (draft === null) return notFound(reply)
    if (!stepsFor(draft, desk.staff).has('edit')) return reply.redirect(`/praca/akty/${draft.id}`, 303)
    const view = { links: desk.links, draftId: draft.id, seen: draft.revision, text: draft.text, errors: [], conflict: null }
    return sendPage(reply, <TextPage shell={request.shell} view={view} />)
  })

  app.post('/praca/akty/:id/tresc', roomy, async (request, reply) => {
    const desk = await openDesk(context, request, reply)
    if (desk === null) return reply
    const draft = await draftAt(context, request)
    if (draft === null) return notFound(reply)
    const text = pastedText(request.body, 'text')
    const seen = seenIn(request.body)
    const again = (errors: readonly FieldError[], conflict: Draft | null, status: number): FastifyReply => {
      const view = {
        links: desk.links,
        draftId: draft.id,
        seen: conflict?.revision ?? seen,
        text,
        errors,
        conflict: conflict?.text ?? null,
      }
      return sendPage(reply, <TextPage shell={request.shell} view={view} />, status)
    }
    if (text.length > textLengthMax) return again([wrong('text', 'text-too-long')], null, 422)
    const outcome = await changePart(context, desk.staff, { id: draft.id, part: 'text', seen }, () => ({ text }))
    if (isConflict(outcome)) return again([], outcome.draft, 409)
    if (isRefused(outcome)) return again(outcome.errors, null, 409)
    if (outcome === null) return notFound(reply)
    return reply.redirect(`/praca/akty/${draft.id}#tresc`, 303)
  })
}

/** As pasted, lines kept, other control characters left out: PostgreSQL takes no character of number 0. */
export function pastedText(body: unknown, name: string): string {
  const value = typeof body === 'object' && body !== null && Object.hasOwn(body, name) ? (body as Record<string, unknown>)[name] : ''
  return typeof value === 'string' ? value.replaceAll('\r\n', '\n').replaceAll(/[^\P{Cc}\n\t]/gu, ' ') : ''
}

function listView({ book, links }: Desk, drafts: readonly Draft[], now: Temporal.Instant): ListView {
  const today = officeDay(now)
  const reading = read(book)
  return {
    links,
    concerns: concerns(book, now),
    open: drafts.filter((draft) => draft.published === null).map((draft) => ({ draft, stage: stageOf(draft, book, today) })),
    acts: book.acts
      .filter((act) => act.rank !== 'setting')
      .map((act) => {
        const { term } = endOf(act, reading)
        // The newest first: of several versions the last one published.
        const draftId = drafts.find((draft) => draft.published !== null && draft.signed?.actId === act.id)?.id ?? null
        return { act, stage: stageOfAct(act, book, today), from: term.from, until: term.until, path: `/akty/${slugOf(act.id)}`, draftId }
      })
      .toSorted((a, b) => (b.from ?? '').localeCompare(a.from ?? '')),
  }
}

function factsView(desk: Desk, request: FastifyRequest, part: Pick<FactsView, 'draft' | 'seen' | 'typed'> & Partial<FactsView>): FactsView {
  const { book, links } = desk
  const single = namesProvisions()
  const acts = book.acts.filter((act) => act.rank !== 'setting')
  const nameable = acts.flatMap(({ id, number, title, rank }) => [
    { value: id, text: short(number === title ? number : `${number} ${title}`) },
    ...book.provisions
      .filter((each) => single && rank === 'ordinance' && each.actId === id)
      .map((each) => ({ value: each.id, text: short(`${number}, ${each.reference}: ${kindLabel(request.shell.t, each.kind)}`) })),
  ])
  return { links, nameable, conditions: book.conditions, errors: [], conflict: null, ...part }
}

function short(text: string): string {
  return text.length > 90 ? `${text.slice(0, 89)}…` : text
}

/** What the saved facts say where they differ from those just typed, by field. */
function differences(request: FastifyRequest, saved: ActFacts, typed: ActFacts): readonly (readonly [string, string])[] {
  return [...new Set([...Object.keys(saved), ...Object.keys(typed)])]
    .map((name) => [name, factText(saved[name as keyof ActFacts]), factText(typed[name as keyof ActFacts])] as const)
    .filter(([, ours, theirs]) => ours !== theirs)
    .map(([name, ours]) => [request.shell.t(`administration-staff.facts.${name}`), ours])
}

/** A fact as one line. */
function factText(value: ActFacts[keyof ActFacts]): string {
  if (!Array.isArray(value)) return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value)
  return value.map((each: unknown) => (typeof each === 'string' ? each : Object.values(each as object).join(' '))).join('; ')
}

/** One act as it is now, and what was wrong with the last press of a button. */
export async function showDraft(
  context: Context,
  desk: Desk,
  request: FastifyRequest,
  reply: FastifyReply,
  draft: Draft,
  { errors = [], conflict = false }: { readonly errors?: readonly FieldError[]; readonly conflict?: boolean } = {},
): Promise<FastifyReply> {
  const { t } = request.shell
  const now = context.clock.now()
  const { book } = desk
  const document = documentOfDraft(draft, book)
  const act = document.acts[0] as ActDocument
  const open = draft.state === 'draft' || draft.state === 'checked'
  const faults = open ? await actsProblems(context.database.pool, document) : []
  const held = book.acts.find((each) => each.id === draft.signed?.actId)
  const view = {
    links: desk.links,
    draft,
    stage: stageOf(draft, book, officeDay(now)),
    steps: stepsFor(draft, desk.staff),
    own: draft.author.id === desk.staff.accountId || draft.editedBy.id === desk.staff.accountId,
    late: held !== undefined && draft.published !== null && isLate(held, draft.published.enteredAt),
    sentences: byParagraph(draft.content.provisions).map((each) => ({
      word: each.id,
      reference: each.reference,
      sentence: sentenceIfRight(desk, draft, each, now) ?? t('administration-staff.provision.wrong'),
    })),
    lines: linesOf(draft.text),
    problems: sayProblems(t, faults, act),
    events: await listEvents(context.database.pool, draft.id),
    conditionTitle: document.conditions?.find((each) => each.id === act.condition)?.title ?? null,
    errors,
    conflict,
    publicPath: draft.signed === null || draft.published === null ? null : `/akty/${slugOf(draft.signed.actId)}`,
  }
  return sendPage(reply, <DraftPage shell={request.shell} view={view} />, errors.length > 0 || conflict ? 409 : 200)
}
