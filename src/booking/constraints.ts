/**
 * Every named constraint and unique index of the tables a booking writes, and what breaking it says.
 *
 * `retried` is looked at again and then becomes the refusal; `taken` tries the next desk;
 * `impossible` means that only a fault of the program could break it: then it is thrown.
 */

export type ConstraintMeaning =
  | { readonly means: 'taken' | 'impossible' }
  | { readonly means: 'retried'; readonly refusal: 'try-again' | 'limit-open' | 'limit-service-day' }

const taken = { means: 'taken' } as const
const impossible = { means: 'impossible' } as const
const retried = (refusal: 'try-again' | 'limit-open' | 'limit-service-day'): ConstraintMeaning => ({ means: 'retried', refusal })

export const constraints: Readonly<Record<string, ConstraintMeaning>> = {
  place_one_per_desk: taken,
  // Of several desks only some were free: the places have no visit, and the statement took them back.
  place_visit_id_fkey: taken,
  idempotency_key_pkey: retried('try-again'),
  limit_open_per_contact: retried('limit-open'),
  limit_service_per_day: retried('limit-service-day'),
  visit_reference_once: retried('try-again'),
  request_reference_once: retried('try-again'),
  waiting_reference_once: retried('try-again'),
  // Offered meanwhile by another process: the offering looks at the next in line.
  offer_one_per_kept: retried('try-again'),
  offer_one_per_entry: retried('try-again'),
  // Inserts into these say what is done when the row is there.
  waiting_one_per_visit: impossible,
  waiting_one_per_contact: impossible,
  // Ids come from sequences.
  waiting_pkey: impossible,
  waiting_offer_pkey: impossible,
  visit_pkey: impossible,
  request_pkey: impossible,
  // Values come from closed lists and from rules that keep their order.
  visit_state: impossible,
  visit_kind: impossible,
  visit_channel: impossible,
  visit_persons: impossible,
  visit_accompanied: impossible,
  visit_companions_outside: impossible,
  visit_counted: impossible,
  visit_needs: impossible,
  visit_due_why: impossible,
  visit_due_when_inside: impossible,
  visit_priority: impossible,
  visit_review: impossible,
  visit_for_desk_id_fkey: impossible,
  visit_time_in_order: impossible,
  request_state: impossible,
  request_channel: impossible,
  request_matter_named: impossible,
  request_claimed: impossible,
  request_claimed_by_fkey: impossible,
  // Written by the door and the queue, which number tickets and receipts by a counter's row. A number a
  // device made without the network is judged by the index where it is written, and never thrown.
  visit_ticket_when_inside: impossible,
  visit_ticket_one_per_day: impossible,
  visit_receipt_once: impossible,
  // Accounts, buildings, desks, units and services are closed, never deleted; visits are never deleted.
  visit_booked_by_fkey: impossible,
  visit_desk_id_fkey: impossible,
  visit_limit_visit_id_fkey: impossible,
  request_service_id_fkey: impossible,
  request_unit_id_fkey: impossible,
  request_ended_by_fkey: impossible,
  request_visit_id_fkey: impossible,
  waiting_part: impossible,
  waiting_persons: impossible,
  waiting_state: impossible,
  waiting_has_an_end: impossible,
  waiting_service_id_fkey: impossible,
  waiting_visit_id_fkey: impossible,
  waiting_building_id_fkey: impossible,
  waiting_added_by_fkey: impossible,
  waiting_contact_waiting_id_fkey: impossible,
  waiting_offer_waiting_id_fkey: impossible,
  waiting_offer_kept_id_fkey: impossible,
  offer_state: impossible,
  offer_before_start: impossible,
}

/** What breaking the constraint means here; a name not listed is a fault. */
export function meaningOf(constraint: string | null): ConstraintMeaning {
  return (constraint === null ? undefined : constraints[constraint]) ?? impossible
}
