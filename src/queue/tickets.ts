/**
 * Tickets: a letter and three digits, from the first number of its group each day, never the same
 * twice in a day.
 *
 * The counter row is locked by the statement that raises it and stays locked until the caller's
 * transaction ends: a ticket whose visit was rolled back is given again, so no number is lost.
 */
import type { Queryable } from '../platform/database.js'
import type { Directory } from '../directory/index.js'

export interface TicketSeries {
  /** Day in the office's zone. */
  readonly day: Temporal.PlainDate
  /** Letter of the service, none of I, O, U. */
  readonly letter: string
  /** First number of a day; 1 when left out. */
  readonly from?: number
}

/** The series of a matter's tickets: that of its group. */
export function seriesOf(office: Pick<Directory, 'services' | 'queueGroups'>, serviceId: string, day: Temporal.PlainDate): TicketSeries {
  const letter = office.services.get(serviceId)?.letter ?? strayLetter
  return { day, letter, from: office.queueGroups.get(letter)?.from ?? 1 }
}

/** For a matter the office no longer has. */
const strayLetter = 'X'

/** The next ticket of the series: `A001`. After the last number of the group it goes on rather than send anybody away or give a number twice. */
export async function issueTicket(client: Queryable, series: TicketSeries): Promise<string> {
  const { rows } = await client.query<{ last: number }>(
    `insert into ticket_counter (day, letter, last) values ($1, $2, $3)
     on conflict (day, letter) do update set last = ticket_counter.last + 1
     returning last`,
    [series.day, series.letter, series.from ?? 1],
  )
  const last = rows[0]?.last ?? 1
  return `${series.letter}${String(last).padStart(3, '0')}`
}

/** A ticket as somebody types it, "a 1" or "A001"; null when it cannot be one. */
export function readTicket(typed: string): string | null {
  const [, letter, digits] = /^([A-Za-z])[\s-]*(\d{1,4})$/.exec(typed.trim()) ?? []
  return letter === undefined || digits === undefined ? null : `${letter.toUpperCase()}${String(Number(digits)).padStart(3, '0')}`
}

/** "A 001": as shown and spoken. */
export function spacedTicket(ticket: string): string {
  return `${ticket.slice(0, 1)} ${ticket.slice(1)}`
}
