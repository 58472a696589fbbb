/** All SQL of drafts and the steps of acts. */
import type { Queryable } from '../../platform/database.js'
import type { ActEvent, Content, Draft, DraftState, EventKind, Person, Published, Signed } from './model.js'

const columns = `d.id, d.corrects, d.state, d.content, d.text, d.revision, d.changed, d.made_at, d.author_id, author.name as author,
  d.edited_by, editor.name as editor, d.checked_by, checker.name as checker, d.checked_at, d.register_number, d.signed_on, d.signed_by,
  d.act_id, d.published_at, d.published_in, d.responsible, d.entered_by, enterer.name as enterer, d.entered_at`
const source = `act_draft d join account author on author.id = d.author_id join account editor on editor.id = d.edited_by
  left join account checker on checker.id = d.checked_by left join account enterer on enterer.id = d.entered_by`

/** Every version, the newest first. */
export async function listDrafts(database: Queryable): Promise<Draft[]> {
  const { rows } = await database.query<DraftRow>(`select ${columns} from ${source} order by d.id desc`)
  return rows.map(draftOf)
}

/** Versions that were published, the oldest first. */
export async function listPublished(database: Queryable): Promise<Draft[]> {
  const { rows } = await database.query<DraftRow>(
    `select ${columns} from ${source} where d.state = 'published' order by d.entered_at, d.id`,
  )
  return rows.map(draftOf)
}

export async function findDraft(database: Queryable, id: number): Promise<Draft | null> {
  const { rows } = await database.query<DraftRow>(`select ${columns} from ${source} where d.id = $1`, [id])
  return rows[0] === undefined ? null : draftOf(rows[0])
}

/**
 * The same, kept from others until the transaction ends. Locked first and read after: who waited reads
 * the row as the other left it, and with it the other's name; in one statement the row would be lost,
 * because the join is made before the wait.
 */
export async function lockDraft(client: Queryable, id: number): Promise<Draft | null> {
  await client.query('select from act_draft where id = $1 for update', [id])
  return findDraft(client, id)
}

export async function listEvents(database: Queryable, draftId: number): Promise<ActEvent[]> {
  const { rows } = await database.query<ActEvent>(
    `select e.at, a.name as who, e.kind, e.part from act_event e join account a on a.id = e.account_id where e.draft_id = $1 order by e.id`,
    [draftId],
  )
  return rows
}

export async function insertDraft(
  client: Queryable,
  draft: { readonly corrects: string | null; readonly content: Content; readonly text: string },
  accountId: number,
  now: Temporal.Instant,
): Promise<number> {
  const { rows } = await client.query<{ id: string }>(
    `insert into act_draft (corrects, state, content, text, revision, changed, made_at, author_id, edited_by)
     values ($1, 'draft', $2, $3, 1, '{}', $4, $5, $5) returning id`,
    [draft.corrects, JSON.stringify(draft.content), draft.text, now, accountId],
  )
  return Number(rows[0]?.id)
}

export async function writeDraft(
  client: Queryable,
  id: number,
  draft: Pick<Draft, 'content' | 'text' | 'revision' | 'changed'>,
  accountId: number,
): Promise<void> {
  await client.query('update act_draft set content = $2, text = $3, revision = $4, changed = $5, edited_by = $6 where id = $1', [
    id,
    JSON.stringify(draft.content),
    draft.text,
    draft.revision,
    JSON.stringify(draft.changed),
    accountId,
  ])
}

export async function writeChecked(client: Queryable, id: number, accountId: number, now: Temporal.Instant): Promise<void> {
  await client.query(`update act_draft set state = 'checked', checked_by = $2, checked_at = $3 where id = $1`, [id, accountId, now])
}

/** Back to be changed: whoever checked it, checked something else than what it will be. */
export async function writeReturned(client: Queryable, id: number): Promise<void> {
  await client.query(`update act_draft set state = 'draft', checked_by = null, checked_at = null where id = $1`, [id])
}

export async function writeWithdrawn(client: Queryable, id: number): Promise<void> {
  await client.query(`update act_draft set state = 'withdrawn' where id = $1`, [id])
}

export async function writeSigned(client: Queryable, id: number, signed: Signed): Promise<void> {
  await client.query(
    `update act_draft set state = 'signed', register_number = $2, signed_on = $3, signed_by = $4, act_id = $5 where id = $1`,
    [id, signed.number, signed.on, signed.by, signed.actId],
  )
}

export async function writePublished(
  client: Queryable,
  id: number,
  published: Omit<Published, 'enteredBy'> & { readonly enteredBy: number },
): Promise<void> {
  await client.query(
    `update act_draft set state = 'published', published_at = $2, published_in = $3, responsible = $4, entered_by = $5, entered_at = $6
     where id = $1`,
    [id, published.at, JSON.stringify(published.places), published.responsible, published.enteredBy, published.enteredAt],
  )
}

export async function insertEvent(
  client: Queryable,
  event: { readonly draftId: number; readonly kind: EventKind; readonly part?: string | null },
  accountId: number,
  now: Temporal.Instant,
): Promise<void> {
  await client.query('insert into act_event (draft_id, at, account_id, kind, part) values ($1, $2, $3, $4, $5)', [
    event.draftId,
    now,
    accountId,
    event.kind,
    event.part ?? null,
  ])
}

/** When the newest version of an act of the rule book was entered; null when there is no such act. */
export async function enteredAtOf(client: Queryable, actId: string): Promise<Temporal.Instant | null> {
  const { rows } = await client.query<{ entered_at: Temporal.Instant }>(
    'select entered_at from act where id = $1 and superseded_at is null',
    [actId],
  )
  return rows[0]?.entered_at ?? null
}

/** Ids of all acts of the rule book, and of those that are signed and wait for their publication. */
export async function takenActIds(client: Queryable): Promise<readonly string[]> {
  const { rows } = await client.query<{ id: string }>(
    'select id from act where superseded_at is null union select act_id from act_draft where act_id is not null',
  )
  return rows.map((row) => row.id)
}

interface DraftRow {
  readonly id: string
  readonly corrects: string | null
  readonly state: DraftState
  readonly content: Content
  readonly text: string
  readonly revision: number
  readonly changed: Record<string, number>
  readonly made_at: Temporal.Instant
  readonly author_id: number
  readonly author: string
  readonly edited_by: number
  readonly editor: string
  readonly checked_by: number | null
  readonly checker: string | null
  readonly checked_at: Temporal.Instant | null
  readonly register_number: string | null
  readonly signed_on: Temporal.PlainDate | null
  readonly signed_by: string | null
  readonly act_id: string | null
  readonly published_at: Temporal.Instant | null
  readonly published_in: readonly string[] | null
  readonly responsible: string | null
  readonly entered_by: number | null
  readonly enterer: string | null
  readonly entered_at: Temporal.Instant | null
}

// What the constraints act_draft_signed and act_draft_published keep together is there together.
function draftOf(row: DraftRow): Draft {
  return {
    id: Number(row.id),
    corrects: row.corrects,
    state: row.state,
    content: row.content,
    text: row.text,
    revision: row.revision,
    changed: row.changed,
    madeAt: row.made_at,
    author: { id: row.author_id, name: row.author },
    editedBy: { id: row.edited_by, name: row.editor },
    checkedBy: row.checked_by === null ? null : ({ id: row.checked_by, name: row.checker as string } satisfies Person),
    checkedAt: row.checked_at,
    signed:
      row.register_number === null
        ? null
        : {
            number: row.register_number,
            on: row.signed_on as Temporal.PlainDate,
            by: row.signed_by as string,
            actId: row.act_id as string,
          },
    published:
      row.published_at === null
        ? null
        : {
            at: row.published_at,
            places: row.published_in as readonly string[],
            responsible: row.responsible as string,
            enteredBy: { id: row.entered_by as number, name: row.enterer as string },
            enteredAt: row.entered_at as Temporal.Instant,
          },
  }
}
