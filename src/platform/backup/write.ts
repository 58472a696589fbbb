/**
 * `npm run backup FILE`: the whole database at one moment, in one file, while bookings go on.
 *
 * One transaction sees one state of every table. The file is written beside and renamed when it
 * is whole and on the disk, so FILE is either the old backup or the new one. It holds personal
 * data and the server's keys: only its owner can read it.
 */
import { createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { reasonOf, SetupError } from '../setup-error.js'
import { quoted, readSequences, readTables } from './catalogue.js'
import { endOfRows, formatName, formatVersion, type Footer, type Header, type TableLine } from './format.js'

export interface BackupSummary {
  readonly tables: number
  readonly rows: number
}

/** Writes the database of `connection` to `file`, which is replaced when the backup is whole. */
export async function writeBackup(connection: pg.ClientConfig, file: string, takenAt: Temporal.Instant): Promise<BackupSummary> {
  const partial = path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}.partial`)
  const output = await openForWriting(partial, file)
  const client = new pg.Client(connection)
  client.on('error', () => undefined)
  try {
    await client.connect()
    const summary: BackupSummary = { tables: 0, rows: 0 }
    await pipeline(Readable.from(content(client, takenAt, summary)), createGzip(), output)
    const written = await open(partial, 'r+')
    await written.sync()
    await written.close()
    await rename(partial, file)
    await syncFolder(path.dirname(file))
    return summary
  } catch (error) {
    throw error instanceof SetupError ? error : new SetupError('backup-failed', { file, reason: reasonOf(error) })
  } finally {
    await client.end().catch(() => undefined)
    await rm(partial, { force: true })
  }
}

async function openForWriting(partial: string, file: string): Promise<ReturnType<typeof createWriteStream>> {
  try {
    await (await open(partial, 'w', 0o600)).close()
    return createWriteStream(partial)
  } catch (error) {
    throw new SetupError('file-unwritable', { file, reason: reasonOf(error) })
  }
}

/** Everything the file holds, in order. `summary` is filled on the way. */
async function* content(
  client: pg.Client,
  takenAt: Temporal.Instant,
  summary: { tables: number; rows: number },
): AsyncGenerator<Buffer | string> {
  await client.query('begin transaction isolation level repeatable read, read only')
  // The first query sets the moment: everything below sees the database as it is now.
  const { rows: found } = await client.query<{ there: boolean }>(`select to_regclass('kysely_migration') is not null as there`)
  if (found[0]?.there !== true) throw new SetupError('backup-empty')
  const { rows } = await client.query<{ name: string }>('select name from kysely_migration order by name')
  yield line({ format: formatName, version: formatVersion, takenAt: takenAt.toString(), migrations: rows.map((row) => row.name) })
  for (const table of await readTables(client)) {
    yield line(table)
    const copy = client.query(copyTo(`copy ${quoted(table.name)} (${table.columns.map(quoted).join(', ')}) to stdout`))
    for await (const chunk of copy) yield chunk as Buffer
    yield `${endOfRows}\n`
    summary.tables += 1
    summary.rows += copy.rowCount ?? 0
  }
  const sequences = await readSequences(client)
  yield line({ sequences, tables: summary.tables, rows: summary.rows })
  await client.query('commit')
}

function line(value: Header | TableLine | Footer): string {
  return `${JSON.stringify(value)}\n`
}

/** The new name itself is on the disk only once the folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  await handle.sync().catch(() => undefined)
  await handle.close()
}
