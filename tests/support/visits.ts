/**
 * Visits for tests of the slices after booking: booked through the real action, in one line.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { book, type BookCommand } from '../../src/booking/index.js'
import { findVisit, type Visit } from '../../src/visit/index.js'
import type { TestOffice } from './office.js'

let people = 0

/** A person nobody else in the tests is, so that limits per contact stay out of the way. */
export function somebody(name = 'Jan Próbny'): { name: string; email: string; phone: null } {
  people += 1
  return { name, email: `osoba${people}@example.pl`, phone: null }
}

/** Books a visit through the action a clerk uses and reads it back; fails the test when it is refused. */
export async function bookedVisit(
  office: TestOffice,
  wish: Partial<BookCommand> & Pick<BookCommand, 'serviceId' | 'start'>,
): Promise<Visit> {
  const outcome = await book(office.context, { channel: 'phone', person: somebody(), actor: 'system', key: randomUUID(), ...wish })
  assert.ok(outcome.allowed, `the visit is booked, not ${outcome.allowed ? '' : outcome.code}`)
  const visit = await findVisit(office.context.database.pool, outcome.reference)
  assert.ok(visit)
  return visit
}
