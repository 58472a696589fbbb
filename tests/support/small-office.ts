/**
 * An office small enough to see whole: one building, two rooms, desks 1–3 in the first and one in
 * the second, a matter of 15 minutes, one of 40 and one for two persons. All desks offer all.
 */
import type { TestOffice } from './office.js'

export interface SmallOffice {
  /** Numbers of the desks: three of room `hall/1`, one of `hall/2`. */
  readonly desks: readonly number[]
}

/** Writes the small office into an empty test database. */
export async function smallOffice(office: TestOffice): Promise<SmallOffice> {
  const { pool } = office.context.database
  const service = (name: string, durationMinutes: number, persons: number): string =>
    JSON.stringify({
      name, durationMinutes, durationAssumed: true, stepMinutes: 5, persons, letter: 'A', dropOff: false,
      signature: { value: 'unknown', source: null }, caseKind: { value: 'unknown', source: null }, presence: { value: 'unknown', source: null },
      bring: [], fees: [], timeLimit: null, source: null,
    })
  await pool.query(`insert into building (id, facts) values ('hall', '{"name": "Hala", "address": "ul. Próbna 1", "accessibility": [], "source": null}')`)
  await pool.query(`insert into room (id, building_id, facts) values ('hall/1', 'hall', '{"number": "1", "floor": null, "assumed": true}'), ('hall/2', 'hall', '{"number": "2", "floor": null, "assumed": true}')`)
  await pool.query(`insert into unit (id, building_id, room_id, facts) values ('unit', 'hall', 'hall/1', '{"name": "Wydział", "phones": ["+48655298100"], "email": null, "source": null}')`)
  await pool.query('insert into service (id, unit_id, facts) values ($1, $4, $5), ($2, $4, $6), ($3, $4, $7)', [
    'short', 'long', 'two', 'unit', service('Krótka', 15, 1), service('Długa', 40, 1), service('Dla dwojga', 30, 2),
  ])
  const { rows } = await pool.query<{ id: number }>(
    `insert into desk (slug, room_id, unit_id, facts) values
       ('hall/1/1', 'hall/1', 'unit', '{"label": "1", "assumed": true}'), ('hall/1/2', 'hall/1', 'unit', '{"label": "2", "assumed": true}'),
       ('hall/1/3', 'hall/1', 'unit', '{"label": "3", "assumed": true}'), ('hall/2/1', 'hall/2', 'unit', '{"label": "1", "assumed": true}')
     returning id`,
  )
  await pool.query(`insert into desk_service (desk_id, service_id) select d.id, s.id from desk d cross join service s`)
  return { desks: rows.map((row) => row.id) }
}
