/**
 * Tickets: a letter and three digits, from 001 each day, never the same twice in a day.
 *
 * The counter row is locked by the statement that raises it and stays locked until the caller's
 * transaction ends: a ticket whose visit was rolled back is given again, so no number is lost.
 */
import type { Queryable } from '../platform/database.js'

export interface TicketSeries {
  /** Day in the office's zone. */
  readonly day: Temporal.PlainDate
  /** Letter of the service, none of I, O, U. */
  readonly letter: string
}

/** The next ticket of the series: `A001`. After 999 it goes on with four digits rather than send anybody away. */
export async function issueTicket(client: Queryable, series: TicketSeries): Promise<string> {
  const { rows } = await client.query<{ last: number }>(
    `insert into ticket_counter (day, letter, last) values ($1, $2, 1)
     on conflict (day, letter) do update set last = ticket_counter.last + 1
     returning last`,
    [series.day, series.letter],
  )
  const last = rows[0]?.last ?? 1
  return `${series.letter}${String(last).padStart(3, '0')}`
}

/** "A 001": as shown and spoken. */
export function spacedTicket(ticket: string): string {
  return `${ticket.slice(0, 1)} ${ticket.slice(1)}`
}
