/** SQL of the office's own wording. The highest revision of a sentence counts; null is back to the program's own. */
import { notifyChange } from '../../platform/changes.js'
import { transaction, type Database, type Queryable } from '../../platform/database.js'
import { languages, type Language } from '../../platform/words.js'

/** The hint that a wording changed. */
export const wordingsTopic = 'message-wordings'

/** The office's wording by language and key; what is not in it is said in the program's own words. */
export type Wordings = ReadonlyMap<Language, ReadonlyMap<string, string>>

export interface Wording {
  readonly key: string
  readonly language: Language
  readonly revision: number
  readonly text: string | null
  readonly at: Temporal.Instant
  /** Who changed it. */
  readonly by: string
}

/** What counts now of each sentence that was ever changed, in each language. */
export async function readWordings(database: Queryable): Promise<Wordings> {
  const { rows } = await database.query<{ language: Language; key: string; text: string | null }>(
    'select distinct on (language, key) language, key, text from message_text order by language, key, revision desc',
  )
  const own = new Map(languages.map((language) => [language, new Map<string, string>()]))
  for (const { language, key, text } of rows) if (text !== null) own.get(language)?.set(key, text)
  return own
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

/** Adds the next revision and tells every process; false when somebody else added it first. */
export async function writeWording(
  database: Database,
  wording: { key: string; language: Language; revision: number; text: string | null; at: Temporal.Instant; accountId: number },
): Promise<boolean> {
  return transaction(database, async (client) => {
    const { rowCount } = await client.query(
      `insert into message_text (key, language, revision, text, at, account_id)
       select $1, $2, $3, $4, $5, $6
       where $3 = 1 + (select coalesce(max(revision), 0) from message_text where key = $1 and language = $2)
       on conflict on constraint message_text_in_order do nothing`,
      [wording.key, wording.language, wording.revision, wording.text, wording.at, wording.accountId],
    )
    if (rowCount !== 1) return false
    // With the row itself: a process that dies right after leaves nobody with words that are no more.
    await notifyChange(client, [wordingsTopic])
    return true
  })
}
