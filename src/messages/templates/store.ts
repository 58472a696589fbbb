/** SQL of the office's own wording. The highest revision of a sentence counts; null is back to the program's own. */
import type { Queryable } from '../../platform/database.js'
import type { Language } from '../../platform/words.js'

export interface Wording {
  readonly key: string
  readonly language: Language
  readonly revision: number
  readonly text: string | null
  readonly at: Temporal.Instant
  /** Who changed it. */
  readonly by: string
}

/** What counts now of each sentence that was ever changed, in a language. */
export async function wordings(database: Queryable, language: Language): Promise<ReadonlyMap<string, string>> {
  const { rows } = await database.query<{ key: string; text: string | null }>(
    'select distinct on (key) key, text from message_text where language = $1 order by key, revision desc',
    [language],
  )
  return new Map(rows.flatMap(({ key, text }) => (text === null ? [] : [[key, text] as const])))
}

/** The history of a sentence, the newest first. */
export async function historyOf(database: Queryable, key: string, language: Language): Promise<readonly Wording[]> {
  const { rows } = await database.query<Omit<Wording, 'key' | 'language'> & Record<string, unknown>>(
    `select m.revision, m.text, m.at, a.name as by from message_text m join account a on a.id = m.account_id
     where m.key = $1 and m.language = $2 order by m.revision desc limit 20`,
    [key, language],
  )
  return rows.map((row) => ({ key, language, revision: row.revision, text: row.text, at: row.at, by: row.by }))
}

/** Adds the next revision; false when somebody else added it first. */
export async function writeWording(
  database: Queryable,
  wording: { key: string; language: Language; revision: number; text: string | null; at: Temporal.Instant; accountId: number },
): Promise<boolean> {
  const { rowCount } = await database.query(
    `insert into message_text (key, language, revision, text, at, account_id)
     select $1, $2, $3, $4, $5, $6
     where $3 = 1 + (select coalesce(max(revision), 0) from message_text where key = $1 and language = $2)
     on conflict on constraint message_text_in_order do nothing`,
    [wording.key, wording.language, wording.revision, wording.text, wording.at, wording.accountId],
  )
  return rowCount === 1
}
