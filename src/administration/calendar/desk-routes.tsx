/** `/praca/grafik`: the plan of the desks; a desk's shifts and absences, each shown with its week before it is saved. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { officeDay } from '../../platform/clock.js'
import type { Context } from '../../platform/context.js'
import type { FieldError } from '../../platform/decision.js'
import { formText } from '../../platform/http/form.js'
import { readDay } from '../../platform/typed-time.js'
import { longDay } from '../../platform/words.js'
import type { Arrangement } from '../../booking/index.js'
import {
  instantAt,
  isOn,
  loadAbsences,
  loadShifts,
  officeDate,
  type Absence,
  type KeptAbsence,
  type KeptShift,
  type Shift,
} from '../../calendar/index.js'
import type { Desk } from '../../directory/index.js'
import { hours, weekdaysText } from '../../regulation/index.js'
import { sendPage } from '../../ui/index.js'
import { dryRunOfOffice } from '../dry-run/read.js'
import type { DryRun } from '../dry-run/model.js'
import { changeAbsence, changeShift, meetingAfter, seenShifts, stepsOf } from './actions.js'
import { deskAt, hidden, notFound, numberAt, openPlan, plannedDesks, type Planner } from './desk.js'
import { absenceFields, absenceTyped, readAbsence, readLastDay, readShift, shiftFields, shiftTyped, typedIn, writtenDay } from './forms.js'
import { wrong, type Outcome, type Typed } from './model.js'
import { AbsencePage, EndPage, ShiftPage, type FormView } from './pages/desk-forms.js'
import { absenceText, EffectsOfPlanPage, intervalsText, shiftText } from './pages/parts.js'
import { deskName, DeskPage, PlanPage } from './pages/plan.js'
import { afterSteps, mondayOf, outsideHours, weekFrom } from './rules.js'
import { absenceThing, seenText } from './things.js'
import { deskDays, weekBoards } from './week.js'

export function deskPlanRoutes(app: FastifyInstance, context: Context): void {
  app.get('/praca/grafik', hidden, async (request, reply) => {
    const planner = await openPlan(context, request, reply)
    if (planner === null) return reply
    const now = context.clock.now()
    const [shifts, absences] = await Promise.all([loadShifts(context), loadAbsences(context, now, null)])
    const view = { ...planner, units: plannedDesks(planner), shifts: notEnded(shifts, officeDay(now)), absences }
    return sendPage(reply, <PlanPage shell={request.shell} view={view} />)
  })

  app.get('/praca/grafik/stanowisko/:desk', hidden, async (request, reply) => {
    const at = await openDesk(context, request, reply)
    if (at === null) return reply
    const { planner, desk, shifts, absences, today } = at
    const query = request.query as Record<string, unknown>
    const monday = mondayOf((typeof query['tydzien'] === 'string' ? readDay(query['tydzien']) : null) ?? today)
    const boards = await weekBoards(context, { ...arrangement(planner, at.allShifts) }, monday, context.clock.now())
    const view = {
      ...planner,
      desk,
      shifts: notEnded(shifts, today),
      absences,
      monday,
      week: deskDays(arrangement(planner, at.allShifts), boards, desk),
      changeable: !desk.closed,
      saved: query['zapisano'] === 'tak',
    }
    return sendPage(reply, <DeskPage shell={request.shell} view={view} />)
  })

  for (const path of ['/praca/grafik/stanowisko/:desk/obsada', '/praca/grafik/stanowisko/:desk/obsada/:id']) {
    app.get(path, hidden, (request, reply) => shiftForm(context, request, reply))
    app.post(path, hidden, (request, reply) => shiftForm(context, request, reply))
  }
  app.get('/praca/grafik/stanowisko/:desk/obsada/:id/koniec', hidden, (request, reply) => shiftForm(context, request, reply, true))
  app.post('/praca/grafik/stanowisko/:desk/obsada/:id/koniec', hidden, (request, reply) => shiftForm(context, request, reply, true))
  for (const path of ['/praca/grafik/stanowisko/:desk/nieobecnosc', '/praca/grafik/stanowisko/:desk/nieobecnosc/:id']) {
    app.get(path, hidden, (request, reply) => absenceForm(context, request, reply))
    app.post(path, hidden, (request, reply) => absenceForm(context, request, reply))
  }
}

interface OpenDesk {
  readonly planner: Planner
  readonly desk: Desk
  readonly today: Temporal.PlainDate
  readonly allShifts: readonly KeptShift[]
  /** Of this desk. */
  readonly shifts: readonly KeptShift[]
  readonly absences: readonly KeptAbsence[]
}

/** Null when the answer is already sent. */
async function openDesk(context: Context, request: FastifyRequest, reply: FastifyReply): Promise<OpenDesk | null> {
  const planner = await openPlan(context, request, reply)
  if (planner === null) return null
  const desk = deskAt(planner, request)
  if (desk === null) {
    notFound(reply)
    return null
  }
  const now = context.clock.now()
  const [allShifts, absences] = await Promise.all([loadShifts(context), loadAbsences(context, now, null)])
  const own = <Of extends { readonly deskId: number }>(some: readonly Of[]): Of[] => some.filter(({ deskId }) => deskId === desk.id)
  return { planner, desk, today: officeDay(now), allShifts, shifts: own(allShifts), absences: own(absences) }
}

function arrangement({ book, office }: Planner, shifts: readonly Shift[]): Arrangement {
  return { book, directory: office, shifts }
}

function notEnded(shifts: readonly KeptShift[], today: Temporal.PlainDate): KeptShift[] {
  return shifts.filter(({ until }) => until === null || Temporal.PlainDate.compare(until, today) >= 0)
}

/** A form of a desk that is being filled in: what is common to shifts, ends and absences. */
interface Filling<Thing> {
  readonly at: OpenDesk
  readonly action: string
  readonly seen: string
  readonly typed: Typed
  readonly press: string
  readonly confirmed: boolean
  /** What was typed as a thing; undefined while it is not right. */
  readonly thing: Thing | undefined
  readonly errors: readonly FieldError[]
}

function pressed(request: FastifyRequest): { press: string; confirmed: boolean } {
  return { press: formText(request.body, 'zrob', 10), confirmed: formText(request.body, 'potwierdzam', 5) === 'tak' }
}

async function shiftForm(context: Context, request: FastifyRequest, reply: FastifyReply, ending = false): Promise<FastifyReply> {
  const at = await openDesk(context, request, reply)
  if (at === null) return reply
  const { planner, desk, today, shifts, allShifts } = at
  const { t } = request.shell
  const isNew = (request.params as { id?: string }).id === undefined
  const old = shifts.find(({ id }) => id === numberAt(request, 'id')) ?? null
  if (desk.closed || (!isNew && old === null)) return notFound(reply)
  const posted = request.method === 'POST'
  const first = old === null || Temporal.PlainDate.compare(old.from, today) < 0 ? today : old.from
  const typed = posted
    ? typedIn(request.body, ending ? ['do'] : shiftFields)
    : ending
      ? { do: writtenDay(old?.until ?? null) }
      : old === null
        ? { dni: '1,2,3,4,5', od: writtenDay(today), kiedy: 'wydzial' }
        : shiftTyped(old, first)
  const read = ending ? readLastDay(typed, today) : readShift(typed, desk.id, today, old)
  const to: Shift | Temporal.PlainDate | null = posted ? read.thing : null
  const steps = to === null ? [] : stepsOf(old, to)
  const met = to === null || to instanceof Temporal.PlainDate ? null : meetingAfter(shifts, steps, to)
  const errors = !posted ? [] : met === null ? read.errors : [wrong('od', 'meets-this', { shift: shiftText(t, met) })]
  const filling: Filling<Shift | Temporal.PlainDate> = {
    at,
    action: `/praca/grafik/stanowisko/${desk.id}/obsada${old === null ? '' : `/${old.id}`}${ending ? '/koniec' : ''}`,
    seen: posted ? formText(request.body, 'widziane', 20) : seenShifts(planner.office, allShifts, desk.id),
    typed,
    ...pressed(request),
    thing: errors.length > 0 ? undefined : (to ?? undefined),
    errors,
  }
  const then = filling.thing === undefined ? null : afterSteps(allShifts, steps)
  const from = to instanceof Temporal.PlainDate ? to.add({ days: 1 }) : (to?.from ?? today)
  const show = async (conflict: readonly string[] | null, more: readonly FieldError[], status: number): Promise<FastifyReply> => {
    const view = await formView(context, request, filling, {
      from,
      changed: then === null ? null : { shifts: then },
      conflict,
      errors: more,
      seen: conflict === null ? filling.seen : seenShifts(planner.office, allShifts, desk.id),
    })
    const page = ending ? (
      <EndPage shell={request.shell} view={view} shift={old === null ? '' : shiftText(t, old)} />
    ) : (
      <ShiftPage shell={request.shell} view={view} isNew={old === null} />
    )
    return sendPage(reply, page, status)
  }
  if (filling.thing === undefined || then === null) return show(null, errors, errors.length > 0 ? 422 : 200)
  if (filling.press === 'pokaz') return show(null, [], 200)
  if (filling.seen !== seenShifts(planner.office, allShifts, desk.id))
    return show(
      notEnded(shifts, today).map((each) => shiftText(t, each)),
      [],
      409,
    )
  const what =
    filling.thing instanceof Temporal.PlainDate
      ? t('administration-calendar-staff.effects.end', { day: longDay('pl', filling.thing) })
      : shiftText(t, filling.thing)
  const run = filling.confirmed ? null : await dryRunOfOffice(context, { shifts: then }, context.clock.now(), from)
  if (run !== null && loses(run)) return askFirst(request, reply, filling, run, what)
  const outcome = await changeShift(context, planner.staff, {
    deskId: desk.id,
    shiftId: old?.id ?? null,
    seen: filling.seen,
    to: filling.thing,
  })
  return finish(reply, filling, outcome, (conflict, more, status) => show(conflict ? [] : null, more, status))
}

async function absenceForm(context: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const at = await openDesk(context, request, reply)
  if (at === null) return reply
  const { planner, desk, today, absences } = at
  const { t } = request.shell
  const now = context.clock.now()
  const isNew = (request.params as { id?: string }).id === undefined
  const old = absences.find(({ id }) => id === numberAt(request, 'id')) ?? null
  if (desk.closed || (!isNew && old === null)) return notFound(reply)
  const posted = request.method === 'POST'
  const { press, confirmed } = pressed(request)
  const removing = press === 'usun' && old !== null
  const typed = posted ? typedIn(request.body, absenceFields) : old === null ? { od: writtenDay(today) } : absenceTyped(old)
  const read = readAbsence(typed, desk.id, now)
  const seenNow = seenText(old === null ? null : absenceThing(desk.slug, old))
  const errors = posted && !removing ? read.errors : []
  const filling: Filling<Absence | null> = {
    at,
    action: `/praca/grafik/stanowisko/${desk.id}/nieobecnosc${old === null ? '' : `/${old.id}`}`,
    seen: posted ? formText(request.body, 'widziane', 20) : seenNow,
    typed,
    press,
    confirmed,
    thing: !posted || errors.length > 0 ? undefined : removing ? null : read.thing,
    errors,
  }
  const to = filling.thing
  const from = officeDay(to?.from ?? old?.from ?? now)
  const changed = to === undefined ? null : { absences: await absencesWith(context, old, to, from) }
  const show = async (conflict: readonly string[] | null, more: readonly FieldError[], status: number): Promise<FastifyReply> => {
    const seen = conflict === null ? filling.seen : seenNow
    const view = await formView(context, request, filling, { from, changed, conflict, errors: more, seen })
    return sendPage(reply, <AbsencePage shell={request.shell} view={view} isNew={old === null} />, status)
  }
  if (to === undefined || changed === null) return show(null, errors, errors.length > 0 ? 422 : 200)
  if (press === 'pokaz') return show(null, [], 200)
  if (filling.seen !== seenNow) return show(old === null ? [] : [absenceText(t, old)], [], 409)
  const what = to === null ? t('administration-calendar-staff.absence.remove') : absenceText(t, to)
  const run = confirmed || to === null ? null : await dryRunOfOffice(context, changed, now, from)
  if (run !== null && loses(run)) return askFirst(request, reply, filling, run, what)
  const outcome = await changeAbsence(context, planner.staff, { deskId: desk.id, absenceId: old?.id ?? null, seen: filling.seen, to })
  return finish(reply, filling, outcome, (conflict, more, status) =>
    show(conflict ? (old === null ? [] : [absenceText(t, old)]) : null, more, status),
  )
}

/** Every absence from a day on, or from its week, with this one instead of the old. */
async function absencesWith(
  context: Context,
  old: KeptAbsence | null,
  to: Absence | null,
  from: Temporal.PlainDate,
): Promise<readonly Absence[]> {
  const today = officeDay(context.clock.now())
  const first = mondayOf(Temporal.PlainDate.compare(from, today) < 0 ? from : today)
  const all = await loadAbsences(context, instantAt(officeDate(first), 0), null)
  return [...all.filter(({ id }) => id !== old?.id), ...(to === null ? [] : [to])]
}

/** A change that takes free starts or touches visits is shown before it is saved. */
export function loses({ touched, days }: DryRun): boolean {
  return touched.length > 0 || days.some(({ before, after }) => after.starts < before.starts)
}

function askFirst<Thing>(request: FastifyRequest, reply: FastifyReply, filling: Filling<Thing>, run: DryRun, what: string): FastifyReply {
  const { planner } = filling.at
  return sendPage(
    reply,
    <EffectsOfPlanPage
      shell={request.shell}
      links={planner.links}
      office={planner.office}
      what={what}
      run={run}
      typed={filling.typed}
      seen={filling.seen}
      action={filling.action}
      press={filling.press}
    />,
  )
}

/** Back to the desk once it is saved; else the form again, with what became of it. */
function finish<Thing>(
  reply: FastifyReply,
  { at }: Filling<Thing>,
  outcome: Outcome,
  show: (conflict: boolean, errors: readonly FieldError[], status: number) => Promise<FastifyReply>,
): FastifyReply | Promise<FastifyReply> {
  if (outcome.saved) return reply.redirect(`/praca/grafik/stanowisko/${at.desk.id}?zapisano=tak`, 303)
  if (outcome.why === 'gone') return notFound(reply)
  return outcome.why === 'wrong' ? show(false, outcome.errors, 422) : show(true, [], 409)
}

/** The form with the week of the change as it is, and as it would be where that is asked for. */
async function formView<Thing>(
  context: Context,
  request: FastifyRequest,
  { at, action, typed, thing }: Filling<Thing>,
  {
    from,
    changed,
    conflict,
    errors,
    seen,
  }: {
    from: Temporal.PlainDate
    changed: Partial<Arrangement> | null
    conflict: readonly string[] | null
    errors: readonly FieldError[]
    seen: string
  },
): Promise<FormView> {
  const { planner, desk } = at
  const now = context.clock.now()
  const monday = weekFrom(from)
  const own = arrangement(planner, at.allShifts)
  const week = deskDays(own, await weekBoards(context, own, monday, now), desk)
  const after = changed === null ? null : deskDays(own, await weekBoards(context, { ...own, ...changed }, monday, now), desk)
  const warnings = isShift(thing) ? outside(request, planner, desk, thing, monday) : []
  return {
    links: planner.links,
    desk: deskName(request.shell.t, planner.office, desk),
    back: `/praca/grafik/stanowisko/${desk.id}`,
    action,
    seen,
    typed,
    errors,
    conflict,
    week,
    after,
    warnings,
  }
}

function isShift(thing: unknown): thing is Shift {
  return typeof thing === 'object' && thing !== null && 'weekdays' in thing
}

/** Weekdays on which a shift with hours of its own reaches beyond those of its unit; days alike in one sentence. */
function outside(request: FastifyRequest, { book, office }: Planner, desk: Desk, shift: Shift, monday: Temporal.PlainDate): string[] {
  const { t } = request.shell
  const beyond = Array.from({ length: 7 }, (_, days) => monday.add({ days })).flatMap((day) => {
    const { code, intervals } = hours(book, office, desk.unitId, day)
    const minutes = isOn(shift, day) && code !== 'day-off' ? outsideHours(shift, intervals) : []
    return minutes.length === 0 ? [] : [{ weekday: day.dayOfWeek, hours: intervalsText(minutes) }]
  })
  return [...Map.groupBy(beyond, (each) => each.hours)].map(([text, some]) =>
    t('administration-calendar-staff.warning.outside', {
      days: weekdaysText(
        t,
        some.map(({ weekday }) => weekday),
      ),
      hours: text,
    }),
  )
}
