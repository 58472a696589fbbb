/**
 * What a start makes sure of before anybody is served: the example office of a demonstration, or
 * in a real office somebody who can sign in. Returns lines for the person at the terminal.
 */
import { machineClock, officeDay } from './platform/clock.js'
import type { Context } from './platform/context.js'
import { SetupError, setupWords } from './platform/setup-error.js'
import { plainDay, wallTime } from './platform/words.js'
import { prepareDemonstration } from './demonstration/index.js'
import { directory, hasOffice } from './directory/index.js'
import { ensureAdministrator, linkHours } from './staff/index.js'

export async function prepareOffice(context: Context): Promise<string[]> {
  return context.demonstration ? openDemonstration(context) : prepareRealOffice(context)
}

async function openDemonstration(context: Context): Promise<string[]> {
  const accounts = await prepareDemonstration(context)
  const now = context.clock.now()
  const loginWidth = Math.max(...accounts.map(({ login }) => login.length))
  return [
    setupWords('demonstration', { day: plainDay('pl', officeDay(now)), time: wallTime(now) }),
    ...(await screens(context)),
    setupWords('accounts', { url: `${context.publicUrl}/praca/logowanie` }),
    ...accounts.map(({ login, password, name }) => setupWords('account', { login: login.padEnd(loginWidth), password, name })),
  ]
}

async function prepareRealOffice(context: Context): Promise<string[]> {
  if (!(await hasOffice(context.database))) throw new SetupError('no-office')
  const now = machineClock.now()
  const first = await ensureAdministrator(context, now)
  if (first === null) return []
  const until = now.add({ hours: linkHours })
  return [
    setupWords('administrator', { login: first.login, url: first.link, until: `${plainDay('pl', officeDay(until))}, ${wallTime(until)}` }),
  ]
}

/** The address of every screen of the office. */
async function screens(context: Context): Promise<string[]> {
  const { buildings, desks, rooms } = await directory(context)
  const line = (name: string, path: string): string => setupWords('screen', { name, url: `${context.publicUrl}${path}` })
  const served = [...buildings.values()].filter((building) =>
    [...rooms.values()].some((room) => !room.closed && room.buildingId === building.id),
  )
  return [
    setupWords('screens'),
    line(setupWords('screen-citizen'), '/'),
    line(setupWords('screen-contacts'), '/kontakt'),
    line(setupWords('screen-service-office'), '/praca/obsluga'),
    line(setupWords('screen-requests'), '/praca/prosby'),
    ...served.map((building) => line(setupWords('screen-entrance', { building: building.name }), `/praca/wejscie/${building.id}`)),
    ...[...desks.values()].map((desk) => {
      const room = rooms.get(desk.roomId)?.number ?? ''
      const building = buildings.get(desk.buildingId)?.name ?? desk.buildingId
      // Some rooms have a number on the door, others only a name.
      const name = setupWords(/^\d/.test(room) ? 'screen-desk' : 'screen-desk.named', { building, room, desk: desk.label })
      return line(name, `/praca/stanowisko/${encodeURIComponent(desk.slug)}`)
    }),
    ...served.map((building) => line(setupWords('screen-display', { building: building.name }), `/ekran/${building.id}`)),
  ]
}
