/** The SQL of entries that wait to be confirmed. Locks: the draw, the entry, its contacts. */
import type { Queryable } from '../../platform/database.js'
import { roundsMax, triesMax } from '../confirmation-rules.js'
import { entryColumns, entryOf, entryValues, type Entry, type EntryRow, type NewEntry } from './entry-store.js'

/**
 * Writes an entry that is to be confirmed and the row its code is sent by, or nothing: `entered`
 * when an entry of a contact takes part in the draw, `over` when the order is written.
 */
export async function insertPending(client: Queryable, entry: Omit<NewEntry, 'confirmedAt'>): Promise<'made' | 'entered' | 'over'> {
  const { rows } = await client.query<{ open: boolean; made: boolean }>(
    `with open as (
       select id from lot_draw where id = $1 and ordered_at is null for share
     ), made as (
       insert into lot_entry (draw_id, reference, service_id, wishes, state, person_name, person_email, person_phone, language, created_at, erase_on)
       select open.id, $3, $4, $5, 'pending', $6, $7, $8, $9, $10, $11 from open
       where not exists (select from lot_contact where draw_id = $1 and contact = any($2))
       returning id
     ), posted as (
       insert into outbox (at, kind, payload) select $10, 'lot-code', jsonb_build_object('entry', id, 'round', 1) from made
     )
     select exists (select from open) as open, exists (select from made) as made`,
    entryValues(entry),
  )
  const row = rows[0]
  return row?.made === true ? 'made' : row?.open === true ? 'entered' : 'over'
}

/**
 * The entry, locked until the transaction ends. Its draw is locked before, as by whoever holds the draw:
 * claiming a contact asks for the draw's row, and the two would else wait for each other.
 */
export async function lockPending(client: Queryable, { id, drawId }: Entry): Promise<Entry> {
  await client.query('select from lot_draw where id = $1 for share', [drawId])
  const { rows } = await client.query<EntryRow>(`select ${entryColumns} from lot_entry where id = $1 for update`, [id])
  return entryOf(rows[0] as EntryRow)
}

/** Counts a try before it is judged; null, with nothing counted, when the code was tried often enough. */
export async function countEntryTry(client: Queryable, id: number): Promise<number | null> {
  const { rows } = await client.query<{ tries: number }>(
    `update lot_entry set tries = tries + 1 where id = $1 and tries < ${triesMax} returning tries`,
    [id],
  )
  return rows[0]?.tries ?? null
}

/** Makes the next code valid, with no try used, and leaves the row it is sent by; false when enough were sent. */
export async function nextEntryRound(client: Queryable, id: number, at: Temporal.Instant): Promise<boolean> {
  const { rows } = await client.query(
    `with next as (
       update lot_entry set round = round + 1, tries = 0 where id = $1 and round < ${roundsMax} returning id, round
     )
     insert into outbox (at, kind, payload) select $2, 'lot-code', jsonb_build_object('entry', id, 'round', round) from next returning 1`,
    [id, at],
  )
  return rows.length === 1
}

/** Gives the contacts of a locked entry to it; false, with none given, when one is another entry's of the draw. */
export async function claimContacts(client: Queryable, { id, drawId }: Entry, contacts: readonly Buffer[]): Promise<boolean> {
  await client.query('savepoint claim')
  const { rowCount } = await client.query(
    `insert into lot_contact (draw_id, contact, entry_id) select $1, c, $2 from unnest($3::bytea[]) as c order by c
     on conflict on constraint lot_contact_once do nothing`,
    [drawId, id, contacts],
  )
  const all = rowCount === contacts.length
  await client.query(all ? 'release savepoint claim' : 'rollback to savepoint claim')
  return all
}

/**
 * Lets a locked entry take part. Others of the same person that are not confirmed end, so that nobody
 * waits for them; one that is just being confirmed finds its contact taken.
 */
export async function writeEntryConfirmed(client: Queryable, { id, drawId, person }: Entry, at: Temporal.Instant): Promise<void> {
  await client.query(`update lot_entry set state = 'waiting', confirmed_at = $2 where id = $1 and state = 'pending'`, [id, at])
  await client.query(
    `update lot_entry set state = 'withdrawn', ended_at = $5 where id in (
       select id from lot_entry where draw_id = $1 and state = 'pending' and id <> $2 and (person_email = $3 or person_phone = $4)
       order by id for update skip locked)`,
    [drawId, id, person.email, person.phone, at],
  )
}

/** Ends what nobody confirmed of a locked draw, with a word to each person. */
export async function endUnconfirmed(client: Queryable, drawId: number, at: Temporal.Instant): Promise<void> {
  await client.query(
    `with ended as (
       update lot_entry set state = 'lost', ended_at = $2, reason = 'not-confirmed' where draw_id = $1 and state = 'pending' returning id
     )
     insert into outbox (at, kind, payload) select $2, 'lot-lost', jsonb_build_object('entry', id) from ended`,
    [drawId, at],
  )
}
