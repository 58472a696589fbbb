/** `/praca/przeglad`: the review list, what is decided on it, and the call list. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { officeDay } from '../../platform/clock.js'
import type { Context } from '../../platform/context.js'
import type { FieldError } from '../../platform/decision.js'
import { formId, formList, formText } from '../../platform/http/form.js'
import { readInstant } from '../../platform/typed-time.js'
import { directory, type Directory } from '../../directory/index.js'
import { reaches } from '../../messages/index.js'
import { accountsOf, hasRole, requireRole, staffLinks, type Account, type Role, type Staff } from '../../staff/index.js'
import { sendPage, type StaffLink } from '../../ui/index.js'
import { cancelVisit, keepVisit, moveVisit, noteCall, proposeTimes } from './actions.js'
import { callResults, keepReasons, reviewers, ringers, type ReviewItem } from './model.js'
import { CallsPage } from './pages/calls.js'
import { CancelPage, MovePage, SettledPage } from './pages/decide.js'
import { ListPage, type ListView } from './pages/list.js'
import { headOf, mattersOf, mattersRung } from './rules.js'
import { attemptsOf, countItems, findItem, itemsToCall, openItems, settledItems, writeResponsible } from './store.js'

const hidden = { schema: { hide: true } } as const
/** Rows on a page of the list, and decided on at once. */
const atOnceMax = 100
const settledShown = 200
const base = '/praca/przeglad'

interface Desk {
  readonly staff: Staff
  readonly office: Directory
  readonly links: readonly StaffLink[]
  /** Matters whose visits the person decides on. */
  readonly serviceIds: readonly string[]
}

export function reviewRoutes(app: FastifyInstance, context: Context): void {
  const { pool } = context.database

  async function open(
    request: FastifyRequest,
    reply: FastifyReply,
    [roles, matters]: readonly [readonly Role[], typeof mattersOf] = [reviewers, mattersOf],
  ): Promise<Desk | null> {
    const staff = requireRole(request, reply, ...roles)
    if (staff === null) return null
    const office = await directory(context)
    return { staff, office, links: staffLinks(request.shell.t, staff, office), serviceIds: matters(staff, office) }
  }

  async function list(request: FastifyRequest, reply: FastifyReply, desk: Desk, errors: readonly FieldError[] = []): Promise<FastifyReply> {
    const now = context.clock.now()
    const today = formText(request.query, 'dzien', 10) === 'dzis'
    const [items, count, accounts] = await Promise.all([
      openItems(pool, desk.serviceIds, today ? officeDay(now) : null),
      countItems(pool, desk.serviceIds, now),
      accountsOf(context, reviewers),
    ])
    const { query } = request
    const shown = items.slice(0, atOnceMax)
    const all = formText(query, 'zaznacz', 20) === 'wszystkie'
    const view: ListView = {
      ...desk,
      today,
      count,
      total: items.length,
      items: shown.map((item) => ({ item, responsible: responsibleFor(desk.office, accounts, item) })),
      accounts,
      chosen: new Set(all ? shown.map(({ id }) => id) : formList(request.body, 'wizyta', atOnceMax).map(Number)),
      errors,
      news: { done: formId(query, 'zrobione'), failed: formId(query, 'nie') },
      now,
    }
    return sendPage(reply, <ListPage shell={request.shell} view={view} />, errors.length > 0 ? 422 : 200)
  }

  /** The items chosen that this person may decide on and nobody has decided on. */
  async function chosen(request: FastifyRequest, desk: Desk): Promise<ReviewItem[]> {
    const ids = new Set(formList(request.body, 'wizyta', atOnceMax).map(Number))
    return (await openItems(pool, desk.serviceIds, null)).filter(({ id }) => ids.has(id))
  }

  async function decide(
    reply: FastifyReply,
    items: readonly ReviewItem[],
    how: (item: ReviewItem) => Promise<boolean>,
  ): Promise<FastifyReply> {
    let done = 0
    // One after another: two moved at once could be given the same desk.
    for (const item of items) if (await how(item)) done += 1
    const failed = items.length - done
    const query = new URLSearchParams([...(done > 0 ? [['zrobione', String(done)]] : []), ...(failed > 0 ? [['nie', String(failed)]] : [])])
    return reply.redirect(`${base}?${query.toString()}`, 303)
  }

  app.get(base, hidden, async (request, reply) => {
    const desk = await open(request, reply)
    return desk === null ? reply : list(request, reply, desk)
  })

  app.post(base, hidden, async (request, reply) => {
    const desk = await open(request, reply)
    if (desk === null) return reply
    const items = await chosen(request, desk)
    if (items.length === 0) return list(request, reply, desk, [wrong('wizyta', 'none-chosen')])
    const { body, shell } = request
    switch (formText(body, 'co', 20)) {
      case 'przenies': {
        const times = await proposeTimes(
          context,
          items.map(({ visit }) => visit),
          context.clock.now(),
        )
        return sendPage(reply, <MovePage shell={shell} view={{ ...desk, items, times }} />)
      }
      case 'odwolaj': {
        const unreached = items.filter(({ visit }) => !reaches(context, visit.person)).length
        return sendPage(reply, <CancelPage shell={shell} view={{ ...desk, items, unreached }} />)
      }
      case 'zostaw': {
        const reason = keepReasons.find((each) => each === formText(body, 'powod', 30))
        if (reason === undefined) return list(request, reply, desk, [wrong('powod', 'no-reason')])
        return decide(reply, items, (item) => keepVisit(context, desk.staff, item, reason))
      }
      case 'przypisz': {
        const accountId = formId(body, 'osoba')
        const known = (await accountsOf(context, reviewers)).find(({ id }) => id === accountId)
        if (known === undefined) return list(request, reply, desk, [wrong('osoba', 'nobody')])
        const theirs = new Set(mattersOf(known, desk.office))
        if (items.some(({ visit }) => !theirs.has(visit.serviceId))) return list(request, reply, desk, [wrong('osoba', 'other-unit')])
        await writeResponsible(
          pool,
          items.map(({ id }) => id),
          known.id,
        )
        return reply.redirect(base, 303)
      }
      default:
        return list(request, reply, desk, [wrong('wizyta', 'nothing-asked')])
    }
  })

  app.post(`${base}/przenies`, hidden, async (request, reply) => {
    const desk = await open(request, reply)
    if (desk === null) return reply
    const times = new Map((await chosen(request, desk)).map((item) => [item, readInstant(formText(request.body, `termin-${item.id}`, 60))]))
    const moved = [...times].flatMap(([item, start]) => (start === null ? [] : [item]))
    return decide(reply, moved, (item) => moveVisit(context, desk.staff, item, times.get(item) as Temporal.Instant))
  })

  app.post(`${base}/odwolaj`, hidden, async (request, reply) => {
    const desk = await open(request, reply)
    if (desk === null) return reply
    return decide(reply, await chosen(request, desk), (item) => cancelVisit(context, desk.staff, item))
  })

  app.get(`${base}/zalatwione`, hidden, async (request, reply) => {
    const desk = await open(request, reply)
    if (desk === null) return reply
    const items = await settledItems(pool, desk.serviceIds, settledShown)
    return sendPage(reply, <SettledPage shell={request.shell} view={{ ...desk, items }} />)
  })

  const rung = [ringers, mattersRung] as const
  app.get(`${base}/telefony`, hidden, async (request, reply) => {
    const desk = await open(request, reply, rung)
    return desk === null ? reply : calls(request, reply, desk)
  })

  async function calls(
    request: FastifyRequest,
    reply: FastifyReply,
    desk: Desk,
    errors: readonly FieldError[] = [],
  ): Promise<FastifyReply> {
    const items = await itemsToCall(pool, desk.serviceIds)
    const attempts = Map.groupBy(
      await attemptsOf(
        pool,
        items.map(({ id }) => id),
      ),
      ({ itemId }) => itemId,
    )
    const back = hasRole(desk.staff, reviewers) ? base : '/praca/prosby'
    const view = { ...desk, back, errors, calls: items.map((item) => ({ item, attempts: attempts.get(item.id) ?? [] })) }
    return sendPage(reply, <CallsPage shell={request.shell} view={view} />, errors.length > 0 ? 422 : 200)
  }

  app.post(`${base}/telefony`, hidden, async (request, reply) => {
    const desk = await open(request, reply, rung)
    if (desk === null) return reply
    const id = formId(request.body, 'wpis')
    const item = id === null ? null : await findItem(pool, id)
    const result = callResults.find((each) => each === formText(request.body, 'wynik', 30))
    if (item === null || !desk.serviceIds.includes(item.visit.serviceId)) return calls(request, reply, desk)
    if (result === undefined) return calls(request, reply, desk, [wrong(`wynik-${item.id}`, 'no-result')])
    await noteCall(context, desk.staff, item, result)
    return reply.redirect(`${base}/telefony`, 303)
  })
}

function wrong(field: string, code: string): FieldError {
  return { field, message: `administration-review-staff.error.${code}` }
}

function responsibleFor(office: Directory, accounts: readonly Account[], { responsible, visit }: ReviewItem): string | null {
  return responsible?.name ?? headOf(office, accounts, visit.serviceId)?.name ?? null
}
