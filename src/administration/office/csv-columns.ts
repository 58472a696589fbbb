/** The columns of the tables: what they are called, and how a cell is read and written. */
import type { OfficeFile } from '../../directory/index.js'
import { normal } from '../form/read.js'

export const csvKinds = ['contacts', 'services'] as const
export type CsvKind = (typeof csvKinds)[number]

export type Entry = Readonly<Record<string, unknown>>
type Cell = { readonly value: unknown } | { readonly error: string; readonly values?: Readonly<Record<string, string | number>> }

export interface CsvColumn {
  readonly name: string
  /** Where it goes in the thing; left out for what only helps to read, and for the desks. */
  readonly path?: readonly string[]
  /** A new matter cannot do without. */
  readonly needed?: boolean
  read(cell: string): Cell
  write(thing: Entry, file: OfficeFile): string
}

/** The column of the desks that offer a matter. */
export const offered = 'stanowiska'

const between = ' | '

const id: CsvColumn = { name: 'id', read: (value) => ({ value }), write: (thing) => String(thing['id']) }
/** For whoever reads the table; a name is changed on its page. */
const unitName: CsvColumn = { name: 'nazwa', read: (value) => ({ value }), write: (thing) => String(thing['name']) }

const contacts: readonly CsvColumn[] = [
  id,
  unitName,
  { ...list('telefony', ['phones']), read: (cell) => ({ value: parted(cell).map((each) => normal(each, 'phone')) }) },
  { ...text('faks', ['fax']), read: (cell) => ({ value: cell === '' ? null : normal(cell, 'phone') }) },
  text('e-mail', ['email']),
  { ...text('źródło kontaktu', ['contactSource']), read: (cell) => ({ value: cell === '' ? undefined : cell }) },
]

const services: readonly CsvColumn[] = [
  id,
  { ...text('nazwa', ['name']), needed: true, read: (value) => ({ value }) },
  text('opis', ['summary']),
  { ...text('jednostka', ['unitId']), needed: true, read: (value) => ({ value }) },
  { ...number('czas w minutach', ['durationMinutes']), needed: true },
  yes('czas przyjęty', ['durationAssumed']),
  number('co ile minut', ['stepMinutes']),
  number('ile osób', ['persons']),
  { ...text('litera', ['letter']), needed: true, read: (value) => ({ value: value.toUpperCase() }) },
  yes('składanie dokumentów', ['dropOff']),
  choice('podpis', ['signature', 'value'], { tak: 'yes', nie: 'no', 'nie wiadomo': 'unknown' }),
  text('źródło o podpisie', ['signature', 'source']),
  choice('rodzaj sprawy', ['caseKind', 'value'], {
    kpa: 'kpa',
    podatkowa: 'tax',
    skarga: 'complaint',
    petycja: 'petition',
    'informacja publiczna': 'information',
    pytanie: 'question',
    'nie wiadomo': 'unknown',
  }),
  text('źródło rodzaju', ['caseKind', 'source']),
  choice('osobiście', ['presence', 'value'], { tak: 'yes', nie: 'no', 'nie wiadomo': 'unknown' }),
  text('źródło o przyjściu', ['presence', 'source']),
  list('co przynieść', ['bring']),
  list('słowa', ['keywords']),
  text('ile trwa', ['timeLimit']),
  yes('przyjęte', ['assumed']),
  text('źródło', ['source']),
  {
    name: offered,
    read: (cell) => ({ value: parted(cell) }),
    write: (thing, file) =>
      file.desks
        .filter((desk) => desk.services.includes(String(thing['id'])))
        .map(({ slug }) => slug)
        .join(between),
  },
]

export function columnsOf(kind: CsvKind): readonly CsvColumn[] {
  return kind === 'contacts' ? contacts : services
}

function valueAt(thing: Entry, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Entry | undefined)?.[key], thing)
}

function written(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

function parted(cell: string): string[] {
  return cell
    .split('|')
    .map((each) => each.trim())
    .filter((each) => each !== '')
}

function text(name: string, path: readonly string[]): CsvColumn {
  return {
    name,
    path,
    read: (cell) => ({ value: cell === '' ? null : cell }),
    write: (thing) => written(valueAt(thing, path)),
  }
}

function list(name: string, path: readonly string[]): CsvColumn {
  return {
    name,
    path,
    read: (cell) => ({ value: parted(cell) }),
    write: (thing) => ((valueAt(thing, path) ?? []) as readonly string[]).join(between),
  }
}

function number(name: string, path: readonly string[]): CsvColumn {
  return {
    name,
    path,
    read: (cell) => (/^\d{1,4}$/.test(cell) ? { value: Number(cell) } : { error: 'number' }),
    write: (thing) => written(valueAt(thing, path)),
  }
}

function yes(name: string, path: readonly string[]): CsvColumn {
  return choice(name, path, { tak: true, nie: false })
}

function choice(name: string, path: readonly string[], answers: Readonly<Record<string, unknown>>): CsvColumn {
  return {
    name,
    path,
    read: (cell) => {
      const word = cell.toLowerCase()
      return Object.hasOwn(answers, word)
        ? { value: answers[word] }
        : { error: 'choice', values: { values: Object.keys(answers).join(', ') } }
    },
    write: (thing) => Object.keys(answers).find((word) => answers[word] === valueAt(thing, path)) ?? '',
  }
}
