/**
 * The states of the lines as programs get them: in the form the city of Warsaw publishes its own
 * ("kolejki w urzędach"), so that programs made for that read this too, and as plain JSON. Pure.
 */
import { officeZone } from '../platform/clock.js'
import type { Sample } from './queue-store.js'
import type { Queues } from './queues.js'

/** One group on the wire: which of them are numbers and which are digits in a string is part of the form. */
export interface WireGroup {
  readonly status: '0' | '1'
  readonly czasObslugi: string
  readonly lp: string
  readonly idGrupy: string
  readonly liczbaCzynnychStan: number
  readonly nazwaGrupy: string
  readonly literaGrupy: string
  readonly liczbaKlwKolejce: number
  readonly aktualnyNumer: string
}

export interface WireAnswer {
  readonly result: { readonly date: string; readonly grupy: readonly WireGroup[]; readonly time: string }
}

/** What an unknown or missing id is answered: `result` is the word, not the value. */
export interface WireError {
  readonly result: 'false'
  readonly error: string
}

/** `date` is the calendar's day: not the year of its week, which differs around New Year and was published wrongly by others. */
export function wireAnswer({ at, groups }: Queues): WireAnswer {
  const local = at.toZonedDateTimeISO(officeZone)
  return {
    result: {
      date: local.toPlainDate().toString(),
      grupy: groups.map((group, index) => ({
        status: group.desks > 0 ? '1' : '0',
        czasObslugi: String(group.minutes),
        lp: String(index + 1),
        idGrupy: groupNumber(group.letter),
        liczbaCzynnychStan: group.desks,
        nazwaGrupy: group.name,
        literaGrupy: group.letter,
        liczbaKlwKolejce: group.waiting,
        aktualnyNumer: group.current ?? '',
      })),
      time: local.toPlainTime().toString({ smallestUnit: 'minute' }),
    },
  }
}

export function wireError(error: string): WireError {
  return { result: 'false', error }
}

/** A group's number within its building: A is 1. It stays when groups come and go. */
function groupNumber(letter: string): string {
  return String((letter.codePointAt(0) ?? 64) - 64)
}

/** The same as plain JSON: numbers are numbers, times have their offset, and it is said what is measured. */
export function plainAnswer({ at, building, groups }: Queues, id: string): object {
  return {
    id,
    building: building.name,
    at: withOffset(at),
    queues: groups.map(({ letter, name, desks, waiting, current, minutes, measured }) => ({
      letter,
      name,
      open: desks > 0,
      desks,
      waiting,
      current,
      minutesPerVisit: minutes,
      minutesAre: measured ? 'measured-today' : 'planned',
    })),
  }
}

export function plainSample({ letter, at, waiting, desks, current, minutes, measured }: Sample): object {
  return {
    at: withOffset(at),
    letter,
    desks,
    waiting,
    current,
    minutesPerVisit: minutes,
    minutesAre: measured ? 'measured-today' : 'planned',
  }
}

/** 2020-05-25T07:20:00+02:00 */
function withOffset(at: Temporal.Instant): string {
  return at.toZonedDateTimeISO(officeZone).toString({ timeZoneName: 'never', smallestUnit: 'second' })
}
