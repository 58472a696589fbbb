/** `/praca/akty/:id/skutki`: what a draft would change, and the door by another minute. */
import type { FastifyInstance } from 'fastify'
import { instantOf, officeDay, officeZone } from '../../platform/clock.js'
import type { Context } from '../../platform/context.js'
import type { FieldError } from '../../platform/decision.js'
import { formText } from '../../platform/http/form.js'
import { readMinute, readWrittenDay } from '../../platform/typed-time.js'
import { minuteTime } from '../../platform/words.js'
import type { Directory } from '../../directory/index.js'
import { actsProblems, bookFrom, mayEnter, type EntryFacts, type RuleBook } from '../../regulation/index.js'
import { sendPage } from '../../ui/index.js'
import { draftAt, hidden, notFound, openDesk } from '../acts/desk.js'
import { documentOfDraft } from '../acts/document.js'
import { nameOf } from '../acts/pages/draft.js'
import { withDraft } from './law.js'
import { EffectsPage, type DoorView, type Face } from './page.js'
import { dryRunOfActs } from './read.js'

export function dryRunRoutes(app: FastifyInstance, context: Context): void {
  app.get('/praca/akty/:id/skutki', hidden, async (request, reply) => {
    const desk = await openDesk(context, request, reply)
    if (desk === null) return reply
    const draft = await draftAt(context, request)
    if (draft === null) return notFound(reply)
    const now = context.clock.now()
    const document = documentOfDraft(draft, desk.book)
    const right = (await actsProblems(context.database.pool, document)).length === 0
    const law = right ? bookFrom(document, now) : null
    const run = law === null ? null : await dryRunOfActs(context, law, now)
    const view = {
      links: desk.links,
      back: `/praca/akty/${draft.id}`,
      act: nameOf(draft),
      office: desk.office,
      run,
      references: new Map((law?.provisions ?? []).map(({ id, reference }) => [id, reference])),
      door: doorView(desk, law === null ? desk.book : withDraft(desk.book, law), request.query, run?.from ?? officeDay(now)),
    }
    return sendPage(reply, <EffectsPage shell={request.shell} view={view} />, view.door.errors.length > 0 ? 422 : 200)
  })
}

function wrong(field: 'dzien' | 'godzina'): FieldError {
  return { field, message: `administration-effects-staff.door.wrong.${field}` }
}

/** As people type a day: 8.06.2020. */
function typedDay(day: Temporal.PlainDate): string {
  return `${day.day}.${String(day.month).padStart(2, '0')}.${day.year}`
}

/** What the door says at the minute asked about, now and then; a minute nobody asked about is the first morning. */
function doorView(
  { office, book }: { readonly office: Directory; readonly book: RuleBook },
  drafted: RuleBook,
  query: unknown,
  first: Temporal.PlainDate,
): DoorView {
  const typed = { building: formText(query, 'budynek', 100), day: formText(query, 'dzien', 20), time: formText(query, 'godzina', 10) }
  const building = office.buildings.has(typed.building) ? typed.building : ([...office.buildings.keys()][0] ?? '')
  const matters = [...office.services.values()].filter((each) => !each.closed && !each.dropOff && each.buildingId === building)
  const asked = formText(query, 'sprawa', 100)
  const matter = (matters.find(({ id }) => id === asked) ?? matters[0])?.id ?? ''
  const view = { ...typed, building, matter, matters, steps: [], answers: [] }
  if (typed.day === '' && typed.time === '') return { ...view, day: typedDay(first), time: '10:00', errors: [] }
  const [day, minute] = [readWrittenDay(typed.day), readMinute(typed.time)]
  const errors = [...(day === null ? [wrong('dzien')] : []), ...(minute === null ? [wrong('godzina')] : [])]
  if (day === null || minute === null) return { ...view, errors }
  const at = instantOf(day, minute)
  const answers = facesOf(building, matter, at).map(({ face, facts }) => ({
    face,
    now: mayEnter(book, office, facts),
    after: mayEnter(drafted, office, facts),
  }))
  return { ...view, errors, answers, steps: stepsFrom(at, { budynek: building, sprawa: matter }) }
}

/** Who may stand at the door or the kiosk at that minute. */
function facesOf(buildingId: string, matter: string, at: Temporal.Instant): { readonly face: Face; readonly facts: EntryFacts }[] {
  const visit = { state: 'booked', serviceId: matter, buildingId, startsAt: at }
  return [
    { face: 'visit', facts: { buildingId, purpose: 'visit', at, visit: null } },
    { face: 'kiosk', facts: { buildingId, purpose: 'visit', at, visit: null, serviceId: matter } },
    { face: 'booked', facts: { buildingId, purpose: 'visit', at, visit } },
    { face: 'drop-off', facts: { buildingId, purpose: 'drop-off', at, visit: null } },
  ]
}

/** The same question some time earlier or later, to walk through a day. */
function stepsFrom(at: Temporal.Instant, kept: Readonly<Record<string, string>>): DoorView['steps'] {
  const away = { 'day-earlier': -1440, earlier: -30, later: 30, 'day-later': 1440 } as const
  return Object.entries(away).map(([step, minutes]) => {
    const then = at.toZonedDateTimeISO(officeZone).add(minutes % 1440 === 0 ? { days: minutes / 1440 } : { minutes })
    const query = new URLSearchParams({ ...kept, dzien: typedDay(then.toPlainDate()), godzina: minuteTime(then.hour * 60 + then.minute) })
    return { step, href: `?${query.toString()}#drzwi` }
  })
}
