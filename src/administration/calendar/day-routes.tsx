/** `/praca/grafik/kalendarz`: the year with its holidays and special days; a special day, seen before it is saved. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { officeDay } from '../../platform/clock.js'
import type { Context } from '../../platform/context.js'
import type { FieldError } from '../../platform/decision.js'
import { formText } from '../../platform/http/form.js'
import type { SpecialDay, SpecialDayFacts } from '../../directory/index.js'
import { sendPage } from '../../ui/index.js'
import { dryRunOfOffice } from '../dry-run/read.js'
import { changeSpecialDay } from './actions.js'
import { loses } from './desk-routes.js'
import { hidden, notFound, openPlan, type Planner } from './desk.js'
import { readSpecialDay, specialDayFields, specialDayTyped, typedIn, writtenDay } from './forms.js'
import { wrong } from './model.js'
import { daysText, placesText, SpecialDayPage, specialDayText, YearPage } from './pages/days.js'
import { EffectsOfPlanPage } from './pages/parts.js'
import { calendarYear, changedHours, meetingDay, whyNothing, withSpecialDay } from './special.js'
import { seenText, specialDayThing } from './things.js'

/** Years a calendar is shown for: the statutes the program knows say nothing of others. */
const years = { from: 2015, to: 2099 }

export function specialDayRoutes(app: FastifyInstance, context: Context): void {
  app.get('/praca/grafik/kalendarz', hidden, async (request, reply) => {
    const planner = await openPlan(context, request, reply)
    if (planner === null) return reply
    const query = request.query as Record<string, unknown>
    const typed = typeof query['rok'] === 'string' && /^\d{4}$/.test(query['rok']) ? Number(query['rok']) : null
    const today = officeDay(context.clock.now())
    const year = typed === null ? today.year : Math.min(years.to, Math.max(years.from, typed))
    const view = {
      ...planner,
      year,
      calendar: calendarYear(planner.office, planner.book, year),
      days: held(planner).filter(({ from, until }) => from.year <= year && year <= until.year),
      mayChange: (day: SpecialDay) => mayChange(planner, day, today),
      saved: query['zapisano'] === 'tak',
    }
    return sendPage(reply, <YearPage shell={request.shell} view={view} />)
  })

  for (const path of ['/praca/grafik/kalendarz/nowy', '/praca/grafik/kalendarz/:id']) {
    app.get(path, hidden, (request, reply) => specialDayForm(context, request, reply))
    app.post(path, hidden, (request, reply) => specialDayForm(context, request, reply))
  }
}

/** Those that hold, by their first day. */
function held({ book }: Pick<Planner, 'book'>): SpecialDay[] {
  return book.specialDays
    .filter(({ removedAt }) => removedAt === null)
    .toSorted((a, b) => Temporal.PlainDate.compare(a.from, b.from) || (a.id < b.id ? -1 : 1))
}

/** What has passed stays as it was; a head changes what is said of the own units alone. */
function mayChange({ allowed }: Pick<Planner, 'allowed'>, { until, buildings, units }: SpecialDay, today: Temporal.PlainDate): boolean {
  if (Temporal.PlainDate.compare(until, today) < 0) return false
  return allowed === null || (buildings.length === 0 && units.length > 0 && units.every((id) => allowed.includes(id)))
}

async function specialDayForm(context: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const planner = await openPlan(context, request, reply)
  if (planner === null) return reply
  const { office, book, allowed, links } = planner
  const { t } = request.shell
  const now = context.clock.now()
  const today = officeDay(now)
  const id = (request.params as { id?: string }).id ?? null
  const old = held(planner).find((each) => each.id === id) ?? null
  if (id !== null && (old === null || !mayChange(planner, old, today))) return notFound(reply)
  const posted = request.method === 'POST'
  const press = formText(request.body, 'zrob', 10)
  const removing = press === 'usun' && old !== null
  const typed = posted
    ? typedIn(request.body, specialDayFields)
    : old === null
      ? { od: writtenDay(today), gdzie: firstPlace(planner) }
      : specialDayTyped(old)
  const seenNow = seenText(old === null ? null : specialDayThing(old))
  const seen = posted ? formText(request.body, 'widziane', 20) : seenNow
  const read = readSpecialDay(typed, { office, today, allowed, kept: old })
  const to: SpecialDayFacts | null = removing ? null : read.thing
  const other = withSpecialDay(book, id, to, now)
  const ranges = [...(to === null ? [] : [to]), ...(old === null ? [] : [old])]
  const changed = posted && (to !== null || removing) ? changedHours(office, book, other, ranges) : null
  const errors = !posted || removing ? [] : to === null ? read.errors : problems(to)
  const action = `/praca/grafik/kalendarz/${id ?? 'nowy'}`

  function problems(facts: SpecialDayFacts): readonly FieldError[] {
    const met = meetingDay(facts, book.specialDays)
    if (met !== null) return [wrong('od', 'day-meets', { what: `${daysText(t, met)}, ${specialDayText(t, met)}` })]
    // With the same hours for another reason it is a change; one that gives nobody other hours is a slip.
    const without = withSpecialDay(book, id, null, now)
    return changedHours(office, without, withSpecialDay(without, null, facts, now), [facts]).length > 0
      ? []
      : [whyNothing(t, office, without, facts)]
  }
  const show = (conflict: readonly string[] | null, more: readonly FieldError[], status: number): FastifyReply => {
    const view = {
      links,
      office,
      allowed,
      isNew: old === null,
      action,
      back: '/praca/grafik/kalendarz',
      seen: conflict === null ? seen : seenNow,
      typed,
      errors: more,
      conflict,
      changed: more.length > 0 ? null : changed,
    }
    return sendPage(reply, <SpecialDayPage shell={request.shell} view={view} />, status)
  }
  if (!posted || errors.length > 0) return show(null, errors, errors.length > 0 ? 422 : 200)
  if (press === 'pokaz') return show(null, [], 200)
  const standing = old === null ? [] : [[daysText(t, old), specialDayText(t, old), placesText(t, office, old)].join(', ')]
  if (seen !== seenNow) return show(standing, [], 409)
  if (formText(request.body, 'potwierdzam', 5) !== 'tak') {
    const first = ranges.map(({ from }) => from).toSorted((a, b) => Temporal.PlainDate.compare(a, b))[0]
    const run = await dryRunOfOffice(context, { book: other }, now, first)
    if (loses(run)) {
      const what =
        to === null
          ? t('administration-calendar-staff.day.remove')
          : [daysText(t, to), specialDayText(t, to), placesText(t, office, to)].join(', ')
      return sendPage(reply, <EffectsOfPlanPage shell={request.shell} {...{ links, what, office, run, typed, seen, action, press }} />)
    }
  }
  const outcome = await changeSpecialDay(context, planner.staff, { id, seen, to })
  if (outcome.saved) return reply.redirect(`/praca/grafik/kalendarz?rok=${(to ?? old)?.from.year}&zapisano=tak`, 303)
  if (outcome.why === 'gone') return notFound(reply)
  return outcome.why === 'wrong' ? show(null, outcome.errors, 422) : show(standing, [], 409)
}

/** What a new day is for until somebody says otherwise: the whole office, or the head's own unit. */
function firstPlace({ allowed, staff }: Planner): string {
  return allowed === null ? 'urzad' : `komorka:${staff.unitId ?? allowed[0] ?? ''}`
}
