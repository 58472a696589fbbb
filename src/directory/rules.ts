/**
 * From rows to the office in memory. Pure; the order of desks is that of their names as people
 * count them ("2" before "10"), so that every process picks desks alike; all else stands in the
 * order of the office file.
 */
import type { OfficeFile } from './file.js'
import type {
  AccessibilityDeclaration,
  Building,
  Desk,
  Directory,
  Holiday,
  LifeEvent,
  Office,
  QueueGroup,
  Room,
  Service,
  SignFilm,
  Unit,
  UnitHours,
} from './model.js'

/** What a row of the store holds: ids for other tables, the rest as the office file gave it. */
export interface DirectoryRows {
  readonly office: { readonly slug: string; readonly facts: OfficeFacts; readonly demonstration: boolean }
  readonly buildings: readonly {
    readonly id: string
    readonly facts: Omit<OfficeFile['buildings'][number], 'id'> & { readonly closed?: boolean }
  }[]
  readonly rooms: readonly {
    readonly id: string
    readonly facts: Omit<OfficeFile['rooms'][number], 'id'> & { readonly closed?: boolean }
  }[]
  readonly units: readonly {
    readonly id: string
    readonly facts: Omit<OfficeFile['units'][number], 'id'> & { readonly closed?: boolean }
  }[]
  readonly desks: readonly {
    readonly id: number
    readonly slug: string
    readonly closed: boolean
    readonly facts: Omit<OfficeFile['desks'][number], 'slug'>
  }[]
  readonly services: readonly {
    readonly id: string
    readonly closed: boolean
    readonly facts: Omit<OfficeFile['services'][number], 'id'>
  }[]
}

/** The parts of the file that belong to the office as a whole. */
export type OfficeFacts = Pick<
  OfficeFile,
  | 'office'
  | 'contacts'
  | 'payments'
  | 'privacy'
  | 'accessibility'
  | 'settings'
  | 'queueGroups'
  | 'lifeEvents'
  | 'hours'
  | 'holidays'
  | 'elsewhere'
  | 'about'
  | 'unknown'
>

/** The page of the film in sign language. */
export const filmPath = '/jezyk-migowy'

const byCount = new Intl.Collator('pl', { numeric: true })

/** Builds the directory every slice reads. Closed desks and services stay in the maps, and in no offer. */
export function buildDirectory(rows: DirectoryRows): Directory {
  const units = keyed(
    rows.units.map(({ id, facts }): Unit => ({
      id,
      ...facts,
      keywords: facts.keywords ?? [],
      payAfterFiling: facts.payAfterFiling ?? null,
      closed: facts.closed ?? false,
    })),
  )
  const rooms = keyed(rows.rooms.map(({ id, facts }): Room => ({ id, ...facts, closed: facts.closed ?? false })))
  const desks = rows.desks
    .map(({ id, slug, closed, facts: { services: serviceIds, ...facts } }): Desk => ({
      id,
      slug,
      closed,
      ...facts,
      serviceIds,
      buildingId: found(rooms, facts.roomId).buildingId,
    }))
    .toSorted((a, b) => byCount.compare(a.slug, b.slug))
  const open = desks.filter((desk) => !desk.closed)
  const services = rows.services.map(({ id, closed, facts }): Service => {
    const building = open.find((desk) => desk.serviceIds.includes(id))?.buildingId ?? found(units, facts.unitId).buildingId
    const said = facts.facts.map((fact) => ({ ...fact, from: dayOf(fact.from) }))
    return { id, closed, ...facts, keywords: facts.keywords ?? [], buildingId: building, facts: said }
  })
  const ofService = Map.groupBy(
    open.flatMap((desk) => desk.serviceIds.map((serviceId) => ({ serviceId, desk }))),
    (pair) => pair.serviceId,
  )
  const inRoom = Map.groupBy(open, (desk) => desk.roomId)
  return {
    office: officeOf(rows.office),
    buildings: keyed(
      rows.buildings.map(({ id, facts }): Building => ({
        id,
        ...facts,
        directions: facts.directions ?? [],
        closed: facts.closed ?? false,
      })),
    ),
    rooms,
    units,
    desks: new Map(desks.map((desk) => [desk.slug, desk])),
    desksById: new Map(desks.map((desk) => [desk.id, desk])),
    services: keyed(services),
    elsewhere: keyed(rows.office.facts.elsewhere ?? []),
    hours: rows.office.facts.hours.map(({ unit, ...hours }): UnitHours => ({ unitId: unit, ...hours, validFrom: dayOf(hours.validFrom) })),
    holidays: {
      ...rows.office.facts.holidays,
      rules: rows.office.facts.holidays.rules.map((rule): Holiday => ({ ...rule, validFrom: dayOf(rule.validFrom) })),
    },
    queueGroups: queueGroupsOf(rows.office.facts, services, units),
    lifeEvents: keyed(
      (rows.office.facts.lifeEvents ?? []).map(({ services: serviceIds, keywords = [], ...event }): LifeEvent => ({
        ...event,
        keywords,
        serviceIds: serviceIds.filter((id) => services.some((service) => service.id === id && !service.closed)),
      })),
    ),
    desksOf: (serviceId) => (ofService.get(serviceId) ?? []).map((pair) => pair.desk),
    desksIn: (roomId) => inRoom.get(roomId) ?? [],
    unitAndParents(unitId) {
      const line: Unit[] = []
      for (let unit = units.get(unitId); unit !== undefined; unit = unit.parentId === null ? undefined : units.get(unit.parentId))
        line.push(unit)
      return line
    },
  }
}

function officeOf({ slug, facts, demonstration }: DirectoryRows['office']): Office {
  const { address, epuap, ...office } = facts.office
  return {
    slug,
    name: office.name,
    address: `${address.street} ${address.number}, ${address.postalCode} ${address.city}`,
    addressLines: [`${address.street} ${address.number}`, `${address.postalCode} ${address.city}`],
    phone: office.phone,
    fax: office.fax,
    email: office.email,
    website: office.website,
    bip: office.bip,
    epuap: epuap?.addresses ?? [],
    epuapRecognised: epuap?.recognised ?? false,
    eDelivery: office.eDelivery,
    nip: office.nip,
    regon: office.regon,
    teryt: office.teryt,
    contacts: facts.contacts,
    payments: facts.payments.accounts,
    rates: facts.payments.rates,
    cashDesk: cashDeskOf(facts.payments.cashDesk),
    privacy: facts.privacy,
    accessibility: declarationOf(facts.accessibility),
    settings: facts.settings,
    demonstration,
  }
}

/** A group for each letter of an open matter; what the file does not say of it is the settings' or its unit's. */
function queueGroupsOf(
  facts: OfficeFacts,
  services: readonly Service[],
  units: ReadonlyMap<string, Unit>,
): ReadonlyMap<string, QueueGroup> {
  const ofLetter = Map.groupBy(
    services.filter(({ closed }) => !closed),
    ({ letter }) => letter,
  )
  return new Map(
    [...ofLetter].map(([letter, matters]): [string, QueueGroup] => [
      letter,
      {
        name: units.get(matters[0]?.unitId ?? '')?.name ?? letter,
        targetWaitMinutes: facts.settings['target-wait-minutes'],
        from: 1,
        to: 999,
        walkInsPerDay: null,
        ...facts.queueGroups?.find((group) => group.letter === letter),
        letter,
        serviceIds: matters.map(({ id }) => id),
      },
    ]),
  )
}

function cashDeskOf(entry: OfficeFile['payments']['cashDesk']): Office['cashDesk'] {
  if (entry === null) return null
  const earlier = (entry.earlier ?? []).map(({ where, from, until }) => ({
    where,
    from: Temporal.PlainDate.from(from),
    until: Temporal.PlainDate.from(until),
  }))
  return { where: entry.where, note: entry.note, source: entry.source, earlier }
}

function declarationOf(entry: OfficeFile['accessibility']): AccessibilityDeclaration {
  const nothing = { status: null, auditor: null, person: null, email: null, phone: null, source: null }
  return {
    ...(entry ?? nothing),
    publishedOn: dayOf(entry?.publishedOn ?? null),
    updatedOn: dayOf(entry?.updatedOn ?? null),
    preparedOn: dayOf(entry?.preparedOn ?? null),
    reviewedOn: dayOf(entry?.reviewedOn ?? null),
    signFilm: filmOf(entry?.signFilm ?? null),
    easyRead: entry?.easyRead ?? null,
  }
}

/** Where the office gives the film itself, its page here is where it is seen. */
function filmOf(entry: NonNullable<OfficeFile['accessibility']>['signFilm']): SignFilm | null {
  if (!entry) return null
  const { captions, source, film = null, address: elsewhere = null } = entry
  if (film === null) return elsewhere === null ? null : { address: elsewhere, captions, source, film }
  const { poster = null, transcript = [] } = film
  return { address: filmPath, captions: true, source, film: { ...film, poster, transcript, elsewhere } }
}

function keyed<Thing extends { readonly id: string }>(things: readonly Thing[]): ReadonlyMap<string, Thing> {
  return new Map(things.map((thing) => [thing.id, thing]))
}

function found<Thing>(things: ReadonlyMap<string, Thing>, id: string): Thing {
  const thing = things.get(id)
  if (thing === undefined) throw new Error(`the directory names "${id}" and does not hold it`)
  return thing
}

function dayOf(text: string | null): Temporal.PlainDate | null {
  return text === null ? null : Temporal.PlainDate.from(text)
}
