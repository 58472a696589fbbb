/**
 * What an independent reader is given of a week: the events, and the tables of facts beside them.
 * Read in SQL of its own; imports nothing of the program.
 */

/** One event, as the history has it. Times are seconds since 1970. */
export interface Happened {
  readonly id: number
  readonly at: number
  readonly visit: number | null
  readonly kind: string
  readonly channel: string | null
  readonly reason: string | null
  readonly desk: number | null
  readonly building: string | null
  readonly details: Readonly<Record<string, unknown>>
}

export interface VisitFacts {
  readonly id: number
  readonly reference: string
  readonly state: string
  readonly kind: string
  readonly service: string
  readonly more: readonly string[]
  readonly building: string
  readonly startsAt: number
  readonly persons: number
  readonly ticket: string | null
  readonly receipt: string | null
}

export interface DeskFacts {
  readonly id: number
  readonly slug: string
  readonly room: string
  readonly building: string
  readonly services: readonly string[]
  /** Groups whose people the desk takes after a wait. */
  readonly overflow: readonly { readonly letter: string; readonly afterMinutes: number }[]
}

export interface ServiceFacts {
  readonly letter: string
  readonly minutes: number
  readonly dropOff: boolean
  readonly building: string
}

export interface GroupFacts {
  readonly letter: string
  readonly from?: number
  readonly to?: number
  readonly walkInsPerDay?: number
  readonly targetWaitMinutes?: number
}

/** A provision as it was entered, with the first day of its act. */
export interface ProvisionFacts {
  readonly kind: string
  readonly from: string
  readonly scope: { readonly service?: readonly string[]; readonly building?: readonly string[] }
  readonly parameters: Readonly<Record<string, unknown>>
}

export interface History {
  readonly events: readonly Happened[]
  readonly visits: ReadonlyMap<number, VisitFacts>
  readonly desks: ReadonlyMap<number, DeskFacts>
  readonly services: ReadonlyMap<string, ServiceFacts>
  readonly groups: readonly GroupFacts[]
  readonly provisions: readonly ProvisionFacts[]
  readonly settings: Readonly<Record<string, number>>
  /** Minutes of the day between which the office is open. */
  readonly hours: { readonly from: number; readonly to: number }
  /** Rows of the outbox that speak of a visit. */
  readonly messages: readonly { readonly kind: string; readonly visit: number }[]
  /** Tickets without an hour as the day's counter has them, and the last number given of each letter. */
  readonly walkIns: readonly { readonly day: string; readonly letter: string; readonly given: number }[]
  readonly lastTickets: readonly { readonly day: string; readonly letter: string; readonly last: number }[]
  /** Receipts of papers. */
  readonly papers: readonly { readonly visit: number; readonly filedAt: number }[]
  /** Desks still staffed, and persons still at one, when all is over. */
  readonly left: { readonly sessions: number; readonly atDesks: number; readonly places: number }
}

/** What a database answers; no more of it is needed. */
export interface Answering {
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>
}

export async function readHistory(database: Answering): Promise<History> {
  const rows = async <Row>(text: string): Promise<Row[]> => (await database.query(text, [])).rows as Row[]
  const [row] = await rows<{
    facts: { settings: Record<string, number>; queueGroups?: GroupFacts[]; hours: { intervals: { from: string; to: string }[] }[] }
  }>('select facts from office')
  const [left] = await rows<History['left']>(
    `select (select count(*)::int from desk_session) as sessions, (select count(*)::int from live_place) as "atDesks",
       (select count(*)::int from place where active) as places`,
  )
  return {
    settings: row?.facts.settings ?? {},
    hours: { from: minuteOf(row?.facts.hours[0]?.intervals[0]?.from), to: minuteOf(row?.facts.hours[0]?.intervals[0]?.to) },
    groups: row?.facts.queueGroups ?? [],
    left: left ?? { sessions: -1, atDesks: -1, places: -1 },
    events: await rows<Happened>(
      `select id::int as id, extract(epoch from at)::int as at, visit_id::int as visit, kind, channel, reason, desk_id as desk, building_id as building,
         coalesce(details, '{}') as details from event order by id`,
    ),
    visits: byId(
      await rows<VisitFacts>(
        `select id::int as id, reference, state, kind, service_id as service, more_service_ids as more, building_id as building,
           extract(epoch from starts_at)::int as "startsAt", persons, ticket, receipt from visit`,
      ),
    ),
    desks: byId(
      await rows<DeskFacts>(
        `select d.id, d.slug, d.room_id as room, r.building_id as building,
           array(select service_id from desk_service where desk_id = d.id order by 1) as services,
           coalesce((select jsonb_agg(each) from shift, jsonb_array_elements(overflow) each where desk_id = d.id), '[]') as overflow
         from desk d join room r on r.id = d.room_id`,
      ),
    ),
    services: new Map(
      (
        await rows<ServiceFacts & { id: string }>(
          `select s.id, s.facts->>'letter' as letter, (s.facts->>'durationMinutes')::int as minutes, coalesce((s.facts->>'dropOff')::boolean, false) as "dropOff",
             u.building_id as building from service s join unit u on u.id = s.unit_id`,
        )
      ).map((each) => [each.id, each]),
    ),
    provisions: await rows<ProvisionFacts>(
      `select p.kind, coalesce(to_char(coalesce(p.from_day, a.from_day), 'YYYY-MM-DD'), '0000-01-01') as from, p.scope, p.parameters
       from provision p join act a on a.version = p.act_version where a.superseded_at is null`,
    ),
    messages: await rows(`select kind, (payload->>'visit')::int as visit from outbox where payload ? 'visit'`),
    walkIns: await rows(`select to_char(day, 'YYYY-MM-DD') as day, letter, given::int as given from walk_in_counter`),
    lastTickets: await rows(
      `select to_char(day, 'YYYY-MM-DD') as day, letter, last::int as last from ticket_counter where length(letter) = 1`,
    ),
    papers: await rows(`select visit_id::int as visit, extract(epoch from filed_at)::int as "filedAt" from drop_off`),
  }
}

/** "08:00" as minutes of the day. */
function minuteOf(time = ''): number {
  return 60 * Number(time.slice(0, 2)) + Number(time.slice(3, 5))
}

function byId<Row extends { id: number }>(all: readonly Row[]): Map<number, Row> {
  return new Map(all.map((each) => [each.id, each]))
}
