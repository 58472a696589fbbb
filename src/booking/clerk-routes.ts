/**
 * The service office on the phone: find the matter or the visit. Plain forms, so that the keyboard
 * alone does everything; what a person is called or can be reached at travels in bodies, never in
 * an address. A head or a desk clerk sees the own unit's matters and visits only.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Context } from '../platform/context.js'
import { officeDay } from '../platform/clock.js'
import type { FieldError } from '../platform/decision.js'
import { formText } from '../platform/http/form.js'
import { readWrittenDay } from '../platform/typed-time.js'
import { directory } from '../directory/index.js'
import { troubledDevices } from '../device/index.js'
import { ruleBook } from '../regulation/index.js'
import { hasRole, requireRole, unitsOf, type Staff } from '../staff/index.js'
import { sendPage } from '../ui/index.js'
import { recordEvent, type Visit } from '../visit/index.js'
import { clerkBookRoutes } from './clerk-book-routes.js'
import { callOutcomes, callSince } from './clerk-call.js'
import { clerkCallRoutes } from './clerk-call-routes.js'
import { actorOf, clerkRoles, common, hidden, keepForBack } from './clerk-common.js'
import { mattersOf, servicesOf } from './clerk-matters.js'
import { readSearch, searchedBy, type Search } from './clerk-rules.js'
import { findVisits, foundMax, type Within } from './clerk-store.js'
import { todayOf } from './clerk-side.js'
import { clerkVisitRoutes } from './clerk-visit-routes.js'
import { ClerkConsolePage } from './pages/clerk-console.js'
import { searchCharactersMax } from './search.js'

/** Days ahead in which a visit is found by name; a day of before has to be named. */
const searchDaysAhead = 60

export function clerkRoutes(app: FastifyInstance, context: Context): void {
  consoleRoutes(app, context)
  clerkCallRoutes(app, context)
  clerkBookRoutes(app, context)
  clerkVisitRoutes(app, context)
}

function consoleRoutes(app: FastifyInstance, context: Context): void {
  app.get('/praca/obsluga', hidden, async (request, reply) => {
    const staff = requireRole(request, reply, ...clerkRoles)
    if (staff === null) return reply
    const matter = formText(request.query, 'sprawa', searchCharactersMax).slice(0, searchCharactersMax)
    const view = {
      ...(await consoleFrame(context, request, staff)),
      matter,
      matters: await mattersOf(context, staff, matter),
      ended: callOutcomes.find((each) => each === formText(request.query, 'koniec', 20)) ?? null,
      taskOf: (await directory(context)).units.get(formText(request.query, 'wydzial', 100))?.name ?? null,
      search: null,
      visits: [],
      more: false,
      errors: [],
      troubles: hasRole(staff, ['service-office', 'administrator']) ? await troubledDevices(context) : [],
    }
    return sendPage(reply, ClerkConsolePage({ shell: request.shell, view }))
  })

  // Where "Back" or a reload leads without the form that was sent.
  app.get('/praca/obsluga/szukaj', hidden, async (_request, reply) => reply.redirect('/praca/obsluga', 303))

  // A search is sent as a body: a name or a phone never stands in an address.
  app.post('/praca/obsluga/szukaj', hidden, async (request, reply) => {
    const staff = requireRole(request, reply, ...clerkRoles)
    if (staff === null) return reply
    const typed = formText(request.body, 'szukane', 100)
    const typedDay = formText(request.body, 'dzien', 10)
    const day = typedDay === '' ? null : readWrittenDay(typedDay)
    const search = readSearch(typed)
    const errors: FieldError[] = []
    if (search.reference === null && search.phone === null && search.name === null)
      errors.push({ field: 'szukane', message: 'booking-staff.error.search' })
    if (typedDay !== '' && day === null) errors.push({ field: 'dzien', message: 'booking-staff.error.day' })
    const today = officeDay(context.clock.now())
    const days = { from: day ?? today, to: day ?? today.add({ days: searchDaysAhead }), today }
    const found = errors.length > 0 ? [] : await lookUp(context, staff, search, days)
    const view = {
      ...(await consoleFrame(context, request, staff)),
      ended: null,
      taskOf: null,
      matter: '',
      matters: await mattersOf(context, staff, ''),
      search: { typed, day: typedDay },
      visits: found.slice(0, foundMax),
      more: found.length > foundMax,
      errors,
    }
    return sendPage(keepForBack(reply), ClerkConsolePage({ shell: request.shell, view }), errors.length > 0 ? 422 : 200)
  })
}

/** Visits that match, of the matters this person sees. That somebody looked, and how many were shown, stands in the history; never what was typed. */
async function lookUp(context: Context, staff: Staff, search: Search, days: Omit<Within, 'serviceIds'>): Promise<readonly Visit[]> {
  const { pool } = context.database
  const serviceIds = (await servicesOf(context, staff)).map(({ id }) => id)
  const found = await findVisits(pool, search, { ...days, serviceIds })
  const details = { by: searchedBy(search), found: Math.min(found.length, foundMax) }
  await recordEvent(pool, { at: context.clock.now(), kind: 'people-searched', actor: actorOf(staff), channel: 'phone', details })
  return found
}

/** What stands around both forms. */
async function consoleFrame(context: Context, request: FastifyRequest, staff: Staff) {
  const frame = await common(context, request, staff)
  return {
    ...frame,
    everyUnit: unitsOf(staff, frame.office) === null,
    since: await callSince(context, actorOf(staff)),
    today: todayOf(await ruleBook(context), frame.office, null, context.clock.now()),
  }
}
