/** What somebody wants of a thing → the office file as it would be then. Pure. */
import { officePart, sameThing, type OfficeFile, type SpecialDayEntry, type Thing } from '../../directory/index.js'
import type { Edit } from './model.js'
import { pageOf, subjectFor } from './parts.js'

/** The file with the edit, and the id of the thing. `taken`: ids that closed things have. */
export function edited(
  file: OfficeFile,
  edit: Edit,
  taken: (id: string) => boolean,
): { readonly file: OfficeFile; readonly subject: string } {
  const { part } = edit
  const home = officePart(part)
  if (home === undefined) throw new Error(`an office has no ${part}`)
  if (edit.thing === null) {
    const subject = edit.subject ?? ''
    return { file: withoutNames(home.put(file, subject, null), part, subject), subject }
  }
  const subject = edit.subject ?? subjectFor(file, part, edit.thing, (id) => taken(id) || home.things(file).has(id))
  const key = keyOf(part)
  const thing = key === undefined ? edit.thing : { [key]: subject, ...edit.thing }
  const changed = home.put(file, subject, thing)
  return { file: part === 'service' ? offeredAt(changed, subject, edit.desks) : changed, subject: home.subjectOf(thing) }
}

/** The id of a thing that says all a new one would say; undefined when there is none. */
export function twinOf(file: OfficeFile, { part, thing }: Edit): string | undefined {
  const key = keyOf(part)
  const things = [...(officePart(part)?.things(file) ?? [])]
  return things.find(([subject, held]) => thing !== null && sameThing(held, key === undefined ? thing : { ...thing, [key]: subject }))?.[0]
}

/** The key of the id the program gives; undefined where a thing is known by what it says. */
function keyOf(part: string): 'id' | 'slug' | undefined {
  return (['id', 'slug'] as const).find((each) => pageOf(part)?.hidden?.includes(each))
}

/** The desks asked about offer the matter if they were chosen, and not if they were not. */
function offeredAt(file: OfficeFile, serviceId: string, desks: Edit['desks']): OfficeFile {
  if (desks === undefined) return file
  return {
    ...file,
    desks: file.desks.map((desk) => {
      const offers = desk.services.includes(serviceId)
      const should = desks.chosen.includes(desk.slug)
      if (!desks.asked.includes(desk.slug) || offers === should) return desk
      return { ...desk, services: should ? [...desk.services, serviceId] : desk.services.filter((id) => id !== serviceId) }
    }),
  }
}

/** What names a thing that is taken away and means nothing without it goes with it; whatever else names it is a conflict. */
function withoutNames(file: OfficeFile, part: string, subject: string): OfficeFile {
  if (part === 'desk')
    return {
      ...file,
      shifts: file.shifts
        .map((shift) => ({ ...shift, desks: shift.desks.filter((desk) => desk !== subject) }))
        .filter(({ desks }) => desks.length > 0),
      ...(file.absences === undefined ? {} : { absences: file.absences.filter(({ desk }) => desk !== subject) }),
    }
  if (part === 'unit' || part === 'building')
    return file.specialDays === undefined
      ? file
      : { ...file, specialDays: file.specialDays.flatMap((day) => withoutPlace(day, part, subject)) }
  if (part !== 'service') return file
  const { lifeEvents, queueGroups } = file
  return {
    ...file,
    desks: file.desks.map((desk) =>
      desk.services.includes(subject) ? { ...desk, services: desk.services.filter((id) => id !== subject) } : desk,
    ),
    ...(lifeEvents === undefined
      ? {}
      : { lifeEvents: lifeEvents.map((each) => ({ ...each, services: each.services.filter((id) => id !== subject) })) }),
    ...(queueGroups === undefined
      ? {}
      : { queueGroups: queueGroups.filter(({ letter }) => file.services.some((service) => service.letter === letter)) }),
  }
}

/** A special day of other places too stays theirs; one that names nothing any more would be everybody's, so it goes. */
function withoutPlace(day: SpecialDayEntry, part: 'building' | 'unit', subject: string): readonly SpecialDayEntry[] {
  const key = part === 'building' ? 'buildings' : 'units'
  if (!day[key].includes(subject)) return [day]
  const left = { ...day, [key]: day[key].filter((id) => id !== subject) }
  return left.buildings.length + left.units.length === 0 ? [] : [left]
}

/** A thing with the desks that offer it, for whoever compares what was shown. */
export function shownOf(file: OfficeFile, part: string, subject: string | null): Thing {
  const thing = subject === null ? null : (officePart(part)?.things(file).get(subject) ?? null)
  if (thing === null || part !== 'service') return thing
  return { ...thing, desks: file.desks.filter(({ services }) => services.includes(subject ?? '')).map(({ slug }) => slug) }
}
