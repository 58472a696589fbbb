/**
 * An office file as things: each building, room, desk, rate … of it by a kind and an id. What somebody
 * changes, what the history keeps and what a loaded file changes are things, so there is one reading of
 * what differs between two offices. Pure.
 */
import { isDeepStrictEqual } from 'node:util'
import type { Thing } from './change-log.js'
import type { HoursEntry, OfficeFile } from './file.js'

type Entry = Readonly<Record<string, unknown>>

export interface OfficePart {
  /** Its name in the history: `desk`. */
  readonly part: string
  /** Where its things stand in the file. */
  readonly pointer: string
  /** The things of a file by id, in the order of the file. */
  readonly things: (file: OfficeFile) => ReadonlyMap<string, Entry>
  /** The file with this thing instead of the one of that id: in its place, or behind all others; null takes it away. */
  readonly put: (file: OfficeFile, subject: string, thing: Thing) => OfficeFile
  /** The id of a thing; of what stands once always the same. */
  readonly subjectOf: (thing: Entry) => string
}

/** The id of what an office has once. */
export const onlyOne = 'urzad'

/** Every part but the shifts, whose things have no id of their own in a file. */
export const officeParts: readonly OfficePart[] = [
  single('office', '/office', {
    get: (file) => file.office,
    set: (file, office) => ({ ...file, office: office ?? file.office }),
  }),
  listed('contact', 'contacts', ({ purpose }) => purpose),
  listed('building', 'buildings', ({ id }) => id),
  listed('room', 'rooms', ({ id }) => id),
  listed('unit', 'units', ({ id }) => id),
  listed('service', 'services', ({ id }) => id),
  listed('desk', 'desks', ({ slug }) => slug),
  listed('elsewhere', 'elsewhere', ({ id }) => id),
  listed('hours', 'hours', hoursId),
  inside('holiday', '/holidays/rules', {
    get: (file) => file.holidays.rules,
    set: (file, rules) => ({ ...file, holidays: { ...file.holidays, rules } }),
    idOf: ({ name }) => name,
  }),
  single('days-off', '/holidays', {
    get: ({ holidays: { rules: _rules, ...rest } }) => rest,
    set: (file, rest) => ({ ...file, holidays: { ...file.holidays, ...rest } }),
  }),
  inside('payment-account', '/payments/accounts', {
    get: (file) => file.payments.accounts,
    set: (file, accounts) => ({ ...file, payments: { ...file.payments, accounts } }),
    idOf: ({ kind }) => kind,
  }),
  inside('rate', '/payments/rates', {
    get: (file) => file.payments.rates,
    set: (file, rates) => ({ ...file, payments: { ...file.payments, rates } }),
    idOf: rateId,
  }),
  single('cash-desk', '/payments/cashDesk', {
    get: (file) => file.payments.cashDesk,
    set: (file, cashDesk) => ({ ...file, payments: { ...file.payments, cashDesk } }),
  }),
  listed('queue-group', 'queueGroups', ({ letter }) => letter),
  listed('life-event', 'lifeEvents', ({ id }) => id),
  single('privacy', '/privacy', {
    get: (file) => file.privacy,
    set: (file, privacy) => ({ ...file, privacy: privacy ?? file.privacy }),
  }),
  single('accessibility', '/accessibility', {
    get: (file) => file.accessibility ?? null,
    set: ({ accessibility: _old, ...file }, accessibility) => ({ ...file, ...(accessibility === null ? {} : { accessibility }) }),
  }),
  single('settings', '/settings', {
    get: (file) => file.settings,
    set: (file, settings) => ({ ...file, settings: settings ?? file.settings }),
  }),
  // For the reader of the file.
  single('notes', '', {
    get: ({ about, unknown }): Pick<OfficeFile, 'about' | 'unknown'> | null =>
      about === undefined && unknown === undefined
        ? null
        : { ...(about === undefined ? {} : { about }), ...(unknown === undefined ? {} : { unknown }) },
    set: ({ about: _about, unknown: _unknown, ...file }, notes) => ({ ...file, ...notes }),
  }),
]

/** Of whom, on which weekdays, from when and in which season: the same twice would say two things. */
export function hoursId({ unit, weekdays, validFrom, season }: HoursEntry): string {
  return [unit ?? onlyOne, weekdays.join(''), ...(validFrom === null ? [] : [validFrom]), ...(season === null ? [] : [season.from])].join(
    ' ',
  )
}

export function rateId({ kind, what }: OfficeFile['payments']['rates'][number]): string {
  return `${kind} ${what}`
}

export function officePart(part: string): OfficePart | undefined {
  return officeParts.find((each) => each.part === part)
}

/** One thing of an office; null when there is none. */
export function thingIn(file: OfficeFile, part: string, subject: string): Thing {
  return officePart(part)?.things(file).get(subject) ?? null
}

export interface Difference {
  readonly part: string
  readonly subject: string
  readonly before: Thing
  readonly after: Thing
}

/** What one office has otherwise than another: added and changed things in the order of the parts, then what is taken away. */
export function differences(before: OfficeFile, after: OfficeFile): readonly Difference[] {
  const all = officeParts.flatMap(({ part, things }) => {
    const [old, now] = [things(before), things(after)]
    return [...new Set([...now.keys(), ...old.keys()])].map((subject) => ({
      part,
      subject,
      before: old.get(subject) ?? null,
      after: now.get(subject) ?? null,
    }))
  })
  const different = all.filter((each) => !isDeepStrictEqual(plain(each.before), plain(each.after)))
  return [...different.filter(({ after: now }) => now !== null), ...different.filter(({ after: now }) => now === null).toReversed()]
}

/** As JSON has it: a key without a value is not there. */
function plain(thing: Thing): unknown {
  return JSON.parse(JSON.stringify(thing))
}

/** Do both say the same? */
export function sameThing(one: Thing, other: Thing): boolean {
  return isDeepStrictEqual(plain(one), plain(other))
}

/** The thing a place of a file belongs to, and the place within it; null for a place in no thing. */
export function thingAt(
  file: OfficeFile,
  pointer: string,
): { readonly part: string; readonly subject: string; readonly rest: string } | null {
  const home = officeParts
    .filter((each) => each.pointer !== '' && (pointer === each.pointer || pointer.startsWith(`${each.pointer}/`)))
    .toSorted((a, b) => b.pointer.length - a.pointer.length)[0]
  if (home === undefined) return null
  const rest = pointer.slice(home.pointer.length)
  const subjects = [...home.things(file).keys()]
  if (subjects[0] === onlyOne) return { part: home.part, subject: onlyOne, rest }
  const [, index = '', ...inner] = rest.split('/')
  const subject = subjects[Number(index)]
  return subject === undefined ? null : { part: home.part, subject, rest: inner.map((each) => `/${each}`).join('') }
}

type ListOf = {
  [Key in keyof OfficeFile]-?: NonNullable<OfficeFile[Key]> extends readonly (infer Each)[] ? (Each extends object ? Key : never) : never
}[keyof OfficeFile]
type EachOf<Key extends ListOf> = NonNullable<OfficeFile[Key]> extends readonly (infer Each)[] ? Each : never

/** A list at the top of the file. */
function listed<Key extends ListOf>(part: string, key: Key, idOf: (entry: EachOf<Key>) => string): OfficePart {
  return inside(part, `/${key}`, {
    get: (file) => (file[key] ?? []) as readonly EachOf<Key>[],
    // A list that may be left out and has nothing stays as it was: left out, or empty.
    set: (file, list) => (list.length === 0 && file[key] === undefined ? file : { ...file, [key]: list }),
    idOf,
  })
}

function inside<Each>(
  part: string,
  pointer: string,
  {
    get,
    set,
    idOf,
  }: {
    readonly get: (file: OfficeFile) => readonly Each[]
    readonly set: (file: OfficeFile, list: readonly Each[]) => OfficeFile
    readonly idOf: (entry: Each) => string
  },
): OfficePart {
  return {
    part,
    pointer,
    things: (file) => new Map(get(file).map((each) => [idOf(each), each as Entry])),
    put: (file, subject, thing) => {
      const list = get(file)
      const entry = thing as Each | null
      if (entry === null)
        return set(
          file,
          list.filter((each) => idOf(each) !== subject),
        )
      const held = list.some((each) => idOf(each) === subject)
      return set(file, held ? list.map((each) => (idOf(each) === subject ? entry : each)) : [...list, entry])
    },
    subjectOf: (thing) => idOf(thing as Each),
  }
}

function single<Value extends object | null>(
  part: string,
  pointer: string,
  { get, set }: { readonly get: (file: OfficeFile) => Value; readonly set: (file: OfficeFile, value: Value | null) => OfficeFile },
): OfficePart {
  return {
    part,
    pointer,
    things: (file) => {
      const value = get(file)
      return new Map(value === null ? [] : [[onlyOne, value as Entry]])
    },
    put: (file, _subject, thing) => set(file, thing as Value | null),
    subjectOf: () => onlyOne,
  }
}
