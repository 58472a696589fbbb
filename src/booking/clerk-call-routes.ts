/**
 * The call itself: its beginning, its end without a visit, what it leaves to be done, and the matters
 * that fit while the clerk types. Ending or beginning one gives back what was kept for the caller.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../platform/context.js'
import type { FieldError, Refused } from '../platform/decision.js'
import { formText } from '../platform/http/form.js'
import { directory, type Directory, type Service } from '../directory/index.js'
import { ruleBook } from '../regulation/index.js'
import { requireRole, unitsOf, type Staff } from '../staff/index.js'
import { sendPage } from '../ui/index.js'
import { ringTimes } from './call-back.js'
import { beginCall, endCall, saidOutcomes } from './clerk-call.js'
import { actorOf, clerkRoles, clerkService, common, formKey, hidden, keepForBack } from './clerk-common.js'
import { releaseKept } from './clerk-hold.js'
import { mattersOf, servicesOf } from './clerk-matters.js'
import { readPerson } from './forms.js'
import { callBackWishes } from './model.js'
import { ClerkTaskPage, type TypedTask } from './pages/clerk-task.js'
import { makeRequest } from './requests.js'
import { searchCharactersMax } from './search.js'

/** Matters offered while typing: as many as are seen at a glance. */
const suggestedMax = 8

export function clerkCallRoutes(app: FastifyInstance, context: Context): void {
  app.post('/praca/obsluga/rozmowa', hidden, async (request, reply) => {
    const staff = requireRole(request, reply, ...clerkRoles)
    if (staff === null) return reply
    await releaseKept(context, actorOf(staff))
    await beginCall(context, actorOf(staff))
    return reply.redirect('/praca/obsluga', 303)
  })

  app.post('/praca/obsluga/rozmowa/koniec', hidden, async (request, reply) => {
    const staff = requireRole(request, reply, ...clerkRoles)
    if (staff === null) return reply
    const outcome = saidOutcomes.find((each) => each === formText(request.body, 'wynik', 20))
    if (outcome === undefined) return reply.redirect('/praca/obsluga', 303)
    const service = await clerkService(context, staff, formText(request.body, 'sprawa', 100))
    await releaseKept(context, actorOf(staff))
    await endCall(context, { actor: actorOf(staff), outcome, unitId: service?.unitId ?? null, serviceId: service?.id ?? null })
    return reply.redirect(`/praca/obsluga?koniec=${outcome}`, 303)
  })

  // The matters that fit, for the list under the field; only what the page without script shows too.
  app.get('/praca/obsluga/sprawy', hidden, async (request, reply) => {
    const staff = requireRole(request, reply, ...clerkRoles)
    if (staff === null) return reply
    const typed = formText(request.query, 'sprawa', searchCharactersMax).slice(0, searchCharactersMax)
    const office = await directory(context)
    const found = (await mattersOf(context, staff, typed)).slice(0, suggestedMax).map((each) =>
      each.kind === 'service'
        ? {
            name: each.service.name,
            note: office.units.get(each.service.unitId)?.name ?? '',
            href: `/praca/obsluga/umow/${encodeURIComponent(each.service.id)}`,
          }
        : { name: each.elsewhere.name, note: each.elsewhere.who, href: `/sprawy/${encodeURIComponent(each.elsewhere.id)}` },
    )
    const said = request.shell.t('booking-console-staff.matter.found', { count: found.length })
    return reply.header('cache-control', 'no-store').send({ said, found })
  })

  taskRoutes(app, context)
}

/** A call that leaves something to be done: a request by phone in the list of the unit. */
function taskRoutes(app: FastifyInstance, context: Context): void {
  const path = '/praca/obsluga/zadanie'
  app.get(path, hidden, async (request, reply) => {
    const staff = requireRole(request, reply, ...clerkRoles)
    return staff === null ? reply : taskPage(context, request, reply, staff, { errors: [], refusal: null })
  })

  // Sent with what was typed for a booking, it is the form with that in it.
  app.post(path, hidden, async (request, reply) => {
    const staff = requireRole(request, reply, ...clerkRoles)
    if (staff === null) return reply
    const { body } = request
    const show = (shown: { errors?: readonly FieldError[]; refusal?: Refused }): Promise<FastifyReply> =>
      taskPage(context, request, keepForBack(reply), staff, { errors: [], refusal: null, ...shown })
    if (formText(body, 'zapisz', 10) === '') return show({})
    const office = await directory(context)
    const typed = typedTask(body)
    const service = await clerkService(context, staff, typed.service)
    const unitId = service?.unitId ?? unitsFor(staff, office).find((each) => each === typed.unit)
    const read = readPerson(typed, 'contact-optional')
    const wish = callBackWishes.find((each) => each === typed.wish)
    const now = context.clock.now()
    const when =
      unitId === undefined ? undefined : ringTimes(await ruleBook(context), office, unitId, now).find(({ code }) => code === typed.when)
    const errors = [
      ...(unitId === undefined ? [wrong('wydzial', 'unit')] : []),
      ...('errors' in read ? read.errors : []),
      ...(wish === undefined ? [wrong('chce', 'wish')] : []),
      ...(wish === 'call' && typed.phone === '' ? [wrong('phone', 'phone')] : []),
      ...(wish === 'email' && typed.email === '' ? [wrong('email', 'email')] : []),
      ...(wish === 'call' && when === undefined && unitId !== undefined ? [wrong('kiedy', 'when')] : []),
    ]
    if (errors.length > 0 || unitId === undefined || 'errors' in read || wish === undefined) return show({ errors })
    const outcome = await makeRequest(context, {
      serviceId: service?.id ?? null,
      unitId,
      times: [],
      person: read.person,
      key: typed.key,
      by: { actor: actorOf(staff), channel: 'phone' },
      callBack: { wish, ringAt: when === undefined || when.code === 'now' ? null : when.at },
      inCall: true,
    })
    if (!outcome.allowed) return show({ refusal: outcome })
    await releaseKept(context, actorOf(staff))
    return reply.redirect(`/praca/obsluga?koniec=task&wydzial=${encodeURIComponent(unitId)}`, 303)
  })
}

const wrong = (field: string, code: string): FieldError => ({ field, message: `booking-console-staff.error.${code}` })

function typedTask(body: unknown): TypedTask {
  return {
    service: formText(body, 'zadanie-sprawa', 100),
    unit: formText(body, 'wydzial', 100),
    name: formText(body, 'name'),
    phone: formText(body, 'phone', 100),
    email: formText(body, 'email'),
    wish: formText(body, 'chce', 10),
    when: formText(body, 'kiedy', 20),
    key: formKey(body),
  }
}

/** Units in whose list a clerk may put a task: the own for a clerk of a unit, any for the service office. */
function unitsFor(staff: Staff, office: Directory): readonly string[] {
  const units = unitsOf(staff, office)
  return [...office.units.values()].filter(({ id, closed }) => !closed && (units === null || units.includes(id))).map(({ id }) => id)
}

async function taskPage(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  staff: Staff,
  { errors, refusal }: { errors: readonly FieldError[]; refusal: Refused | null },
): Promise<FastifyReply> {
  const frame = await common(context, request, staff)
  const typed = typedTask(request.body)
  const service: Service | null = await clerkService(context, staff, typed.service)
  const units = unitsFor(staff, frame.office)
  const unitId = service?.unitId ?? (units.includes(typed.unit) ? typed.unit : units[0])
  const times = unitId === undefined ? [] : ringTimes(await ruleBook(context), frame.office, unitId, context.clock.now())
  const { settings } = frame.office.office
  const keptDays = settings['booking-horizon-days'] + settings['erase-after-days']
  const view = {
    ...frame,
    service,
    units,
    matters: (await servicesOf(context, staff)).filter((each) => !each.closed && !each.dropOff),
    times,
    keptDays,
    typed: { ...typed, wish: typed.wish === '' ? 'call' : typed.wish },
    errors,
    refusal,
  }
  return sendPage(reply, ClerkTaskPage({ shell: request.shell, view }), errors.length > 0 ? 422 : refusal === null ? 200 : 409)
}
