/** Figures and codes of the compliance pages in words. */
import type { Directory } from '../../../directory/index.js'
import { officeDay } from '../../../platform/clock.js'
import { plainDay, wallTime, type Translate } from '../../../platform/words.js'
import { daysKey, figures, type Figure, type Period } from './model.js'
import { sumOf, type Observations } from './read.js'
import { isUnseen, observedOf, spokenOf, type Observed, type RuleWithDays } from './rules.js'

/** Where the events of a figure are listed; of one thing it counts, or of all. */
export function eventsHref(figure: Figure, period: Period, what: string | null = null): string {
  const query = new URLSearchParams({ co: figure, od: period.from.toString(), do: period.to.toString() })
  if (what !== null) query.set('ktore', what)
  return `/praca/zgodnosc/zdarzenia?${query}`
}

/** Id of the part of the page that shows it. */
export function anchorOf(observed: Observed): string {
  return `dane-${observed}`
}

export function momentText(t: Translate, at: Temporal.Instant): string {
  return `${plainDay(t.language, officeDay(at))}, ${wallTime(at)}`
}

/** What is counted apart, as people call it: a code in words, the name of a building or room. */
export function whatText(t: Translate, office: Directory, figure: Figure, what: string): string {
  switch (figure) {
    case 'drop-offs':
    case 'inside':
      return office.buildings.get(what)?.name ?? what
    case 'room':
      return roomText(office, what)
    case 'desk':
      return deskText(t, office, office.desks.get(what)?.id ?? null)
    case 'priorities':
      return named(t, `queue-staff.priority.${what}`, what)
    case 'urgent':
    case 'bookings':
      return named(t, `administration-publication-staff.channel.${what}`, what)
    case 'refusals':
    case 'without-booking':
      return named(t, `administration-publication-staff.${figure}.${what}`, what)
  }
}

/** The words of a code; a code without words stands for itself. */
export function named(t: Translate, key: string, code: string): string {
  return t.has(key) ? t(key) : code
}

export function roomText(office: Directory, roomId: string): string {
  const room = office.rooms.get(roomId)
  return room === undefined ? roomId : `${office.buildings.get(room.buildingId)?.name ?? room.buildingId}, ${room.number}`
}

/** "Wałowa 5, pok. 4, stanowisko 2"; empty where no desk is meant. */
export function deskText(t: Translate, office: Directory, deskId: number | null): string {
  const desk = deskId === null ? undefined : office.desksById.get(deskId)
  return desk === undefined ? '' : t('administration-publication-staff.desk-of', { room: roomText(office, desk.roomId), desk: desk.label })
}

/** What was observed of a provision, in a sentence. */
export function observedText(t: Translate, observed: Exclude<Observed, 'without-booking' | 'refusals'>, all: Observations): string {
  const say = (values: Readonly<Record<string, string | number>> = {}): string =>
    t(`administration-publication-staff.observed.${observed}`, values)
  switch (observed) {
    case 'desk':
      return say({ count: all.desk?.visits ?? 0 })
    case 'room':
      return say({ count: all.rooms.overCount })
    case 'inside':
      return say({ count: Math.max(0, ...all.inside.map(({ persons }) => persons)) })
    case 'contacts':
      return say({ phone: all.contacts.phone.length, email: all.contacts.email.length })
    case 'spared':
      return say({ count: all.spared })
    case 'urgent':
      return say({ count: sumOf(all.counts.urgent), all: sumOf(all.counts.bookings) })
    case 'tasks':
    case 'not-seen':
    case 'never-kept':
    case 'by-itself':
      return say()
    case 'bookings':
    case 'drop-offs':
    case 'priorities':
      return say({ count: sumOf(all.counts[observed]) })
  }
}

export interface ObservedLine {
  readonly text: string
  /** Where it is told more of; null where nothing is. */
  readonly href: string | null
}

/** What was observed of a rule on its days, line by line: of entries and answers at the door only those it speaks of, each apart. */
export function observedLines(
  t: Translate,
  office: Directory,
  rule: RuleWithDays,
  period: Period,
  seen: Observations,
): readonly ObservedLine[] {
  const { provision, days } = rule
  const whole = daysKey(days) === daysKey(period)
  return observedOf(provision).flatMap((observed): readonly ObservedLine[] => {
    if (observed === 'without-booking' || observed === 'refusals') {
      const counts = new Map(seen.counts[observed].map(({ what, count }) => [what, count]))
      // No entries are worth saying; of the many answers only those that were given.
      const spoken = spokenOf(provision, observed).filter((what) => observed === 'without-booking' || counts.has(what))
      if (spoken.length === 0) return [{ text: t('administration-publication-staff.observed.refusals', { count: 0 }), href: null }]
      return spoken.map((what) => {
        const count = counts.get(what) ?? 0
        const values = { what: whatText(t, office, observed, what), count }
        const text = t(`administration-publication-staff.observed.${observed}.one`, values)
        return { text, href: count === 0 ? null : eventsHref(observed, days, what) }
      })
    }
    const text = observedText(t, observed, seen)
    if (observed === 'tasks') return [{ text, href: '/praca/zadania' }]
    if (isUnseen(observed)) return [{ text, href: null }]
    if (whole || observed === 'contacts') return [{ text, href: `#${anchorOf(observed)}` }]
    const figure = figures.find((each) => each === observed)
    return [{ text, href: figure === undefined || isNothing(figure, seen) ? null : eventsHref(figure, days) }]
  })
}

/** Is there no event of the figure to list? */
function isNothing(figure: Figure, seen: Observations): boolean {
  if (figure === 'desk') return seen.desk === null
  if (figure === 'room') return seen.rooms.peak === null
  return figure === 'inside' ? seen.inside.length === 0 : sumOf(seen.counts[figure]) === 0
}
