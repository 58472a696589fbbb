/**
 * Rooms in words, for every page that says where. Nothing is claimed: a number that
 * was assumed for the example says so; a place without a number is named.
 */
import type { Translate } from '../platform/words.js'
import type { Directory, Room } from './model.js'

/** "pokój 21, II piętro", "pokój 22 (numer przykładowy)", "Biuro Obsługi". */
export function roomText(t: Translate, room: Room): string {
  const place = isNumbered(room) ? t('directory.place.room', { number: room.number }) : room.number
  const floor = floorText(t, room)
  const where = floor === null ? place : `${place}, ${floor}`
  return room.assumed && isNumbered(room) ? `${where} ${t('directory.place.assumed')}` : where
}

/** A place without a number, such as a service office, is named. */
export function isNumbered(room: Room): boolean {
  return /^\d/.test(room.number)
}

/** "II piętro"; null when no source gives the floor. */
export function floorText(t: Translate, room: Room): string | null {
  if (room.floor === null) return null
  return room.floor === 'parter' ? t('directory.place.floor-ground') : t('directory.place.floor', { floor: room.floor })
}

/** The way to a place, as far as sources say; pages say what is not known, and whom to ask. */
export interface Directions {
  /** How to get into the building, in sentences of the office; empty when unknown. */
  readonly entrance: readonly string[]
  readonly room: Room | null
  /** For people who use a wheelchair or need help, in sentences of the office; empty when unknown. */
  readonly access: readonly string[]
  /** Who answers questions about access. */
  readonly phone: string
}

export function directionsTo({ office, buildings, rooms }: Directory, buildingId: string, roomId: string | null): Directions {
  const building = buildings.get(buildingId)
  return {
    entrance: building?.directions ?? [],
    room: rooms.get(roomId ?? '') ?? null,
    access: building?.accessibility ?? [],
    phone: office.accessibility.phone ?? office.phone,
  }
}
