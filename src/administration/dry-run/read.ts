/** Reads what a dry run compares: the worlds and the visits that stand in them. */
import { instantOf, officeDay } from '../../platform/clock.js'
import type { Context } from '../../platform/context.js'
import { boardsUnder, daysAheadMax, type Arrangement } from '../../booking/index.js'
import { loadShifts } from '../../calendar/index.js'
import { directory, type Directory } from '../../directory/index.js'
import { otherAnswers } from '../../entrance/index.js'
import { ruleBook, type Law, type RuleBook } from '../../regulation/index.js'
import { findings } from './findings.js'
import { withDraft } from './law.js'
import type { BookedVisit, DryRun, Meanwhile } from './model.js'
import { changedDays, judge, touchedVisits } from './rules.js'

/**
 * What a draft of acts would change from its first day, or from today if that is later, to the last day
 * anybody can book. Reads only.
 */
export async function dryRunOfActs(context: Context, draft: Law, now: Temporal.Instant): Promise<DryRun> {
  const [office, book, shifts] = await Promise.all([directory(context), ruleBook(context), loadShifts(context)])
  const { from, to } = daysOf(draft, officeDay(now), horizonOf(office))
  const then = withDraft(book, draft)
  const [own, drafted, visits] = await Promise.all([
    boardsUnder(context, { book, directory: office, shifts }, from, to, now),
    boardsUnder(context, { book: then, directory: office, shifts }, from, to, now),
    bookedVisits(context, from, to),
  ])
  const before = { book, directory: office, boards: own }
  const after = { book: then, directory: office, boards: drafted }
  return {
    from,
    to,
    days: changedDays(before, after),
    touched: touchedVisits(before, after, visits),
    findings: findings(before, after, draft),
    meanwhile: await meanwhileOf(context, { own: book, other: then }, office, draft, now),
  }
}

/** What was answered since the first day of a draft that is late. */
async function meanwhileOf(
  context: Context,
  books: { readonly own: RuleBook; readonly other: RuleBook },
  office: Directory,
  draft: Law,
  now: Temporal.Instant,
): Promise<Meanwhile | null> {
  const from = firstDay(draft)
  if (from === undefined || Temporal.PlainDate.compare(from, officeDay(now)) >= 0) return null
  const span = { from: instantOf(from, 0), until: now }
  const [answers, visits] = await Promise.all([otherAnswers(context, books, span), begunVisits(context, span)])
  // Without boards only the law is asked: who staffed which desk then is past.
  const [then, own] = [
    judge({ book: books.other, directory: office, boards: [] }),
    judge({ book: books.own, directory: office, boards: [] }),
  ]
  const codes = visits.flatMap((visit) => (own(visit) === null ? (then(visit)?.code ?? []) : []))
  const counts = [...Map.groupBy(codes, (code) => code)].map(([code, some]) => ({ code, count: some.length }))
  return { from, answers, visits: counts.toSorted((a, b) => b.count - a.count) }
}

function firstDay(draft: Law): Temporal.PlainDate | undefined {
  const firsts = draft.acts.flatMap((act) => act.from ?? act.signedOn ?? [])
  return firsts.toSorted((a, b) => Temporal.PlainDate.compare(a, b))[0]
}

/**
 * What a change of the office would change, from today (or the first day given) to the last day anybody can
 * book: another directory, other shifts or other absences; what is left out stays as it is. Reads only.
 */
export async function dryRunOfOffice(
  context: Context,
  changed: Partial<Arrangement>,
  now: Temporal.Instant,
  first?: Temporal.PlainDate,
): Promise<DryRun> {
  const [office, book, shifts] = await Promise.all([directory(context), ruleBook(context), loadShifts(context)])
  const today = officeDay(now)
  const from = first === undefined || Temporal.PlainDate.compare(first, today) < 0 ? today : first
  const to = later(from, today.add({ days: horizonOf(office) }))
  const own = { book, directory: office, shifts }
  const other = { ...own, ...changed }
  const [boards, then, visits] = await Promise.all([
    boardsUnder(context, own, from, to, now),
    boardsUnder(context, other, from, to, now),
    bookedVisits(context, from, to),
  ])
  const before = { book, directory: office, boards }
  const after = { book: other.book, directory: other.directory, boards: then }
  return { from, to, days: changedDays(before, after), touched: touchedVisits(before, after, visits), findings: [], meanwhile: null }
}

function horizonOf(office: Directory): number {
  return Math.min(office.office.settings['booking-horizon-days'], daysAheadMax)
}

function later(one: Temporal.PlainDate, other: Temporal.PlainDate): Temporal.PlainDate {
  return Temporal.PlainDate.compare(one, other) < 0 ? other : one
}

/** From the draft's first day to the horizon; an act that ends sooner is looked at until then. */
function daysOf(draft: Law, today: Temporal.PlainDate, horizonDays: number): { from: Temporal.PlainDate; to: Temporal.PlainDate } {
  const first = firstDay(draft) ?? today
  const from = Temporal.PlainDate.compare(first, today) < 0 ? today : first
  const last = from.add({ days: horizonDays })
  const ends = draft.acts.map(({ until }) => until ?? last).toSorted((a, b) => Temporal.PlainDate.compare(a, b))
  const end = ends.at(-1) ?? last
  const sooner = Temporal.PlainDate.compare(end, last) < 0 && Temporal.PlainDate.compare(from, end) <= 0
  return { from, to: sooner ? end : last }
}

interface VisitRow {
  id: number
  reference: string
  service_id: string
  more_service_ids: string[]
  starts_at: Temporal.Instant
  ends_at: Temporal.Instant
  day: Temporal.PlainDate
  desk_ids: number[]
}

/** Visits booked, or to be confirmed, on these days; nobody's name. */
export async function bookedVisits(context: Context, from: Temporal.PlainDate, to: Temporal.PlainDate): Promise<BookedVisit[]> {
  const { rows } = await context.database.pool.query<VisitRow>(
    `select v.id, v.reference, v.service_id, v.more_service_ids, v.starts_at, v.ends_at, v.day, array_agg(p.desk_id order by p.desk_id) as desk_ids
     from visit v join place p on p.visit_id = v.id and p.active
     where v.day between $1 and $2 and v.starts_at >= $3 and v.state in ('pending', 'booked')
     group by v.id order by v.id`,
    [from, to, instantOf(from, 0)],
  )
  return rows.map(visitOfRow)
}

/** Visits people came to, or could have, between two moments. */
async function begunVisits(
  context: Context,
  span: { readonly from: Temporal.Instant; readonly until: Temporal.Instant },
): Promise<BookedVisit[]> {
  const { rows } = await context.database.pool.query<VisitRow>(
    `select v.id, v.reference, v.service_id, v.more_service_ids, v.starts_at, v.ends_at, v.day, array_agg(p.desk_id order by p.desk_id) as desk_ids
     from visit v join place p on p.visit_id = v.id
     where v.day between $1 and $2 and v.starts_at >= $3 and v.starts_at < $4 and v.kind = 'booked' and v.state not in ('held', 'pending', 'expired', 'cancelled')
     group by v.id order by v.id`,
    [officeDay(span.from), officeDay(span.until), span.from, span.until],
  )
  return rows.map(visitOfRow)
}

function visitOfRow(row: VisitRow): BookedVisit {
  return {
    id: row.id,
    reference: row.reference,
    serviceId: row.service_id,
    moreServiceIds: row.more_service_ids,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    day: row.day,
    deskIds: row.desk_ids,
  }
}
