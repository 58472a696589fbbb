/**
 * The office of a simulated week: a hall of two rooms and an annex that also takes papers, short
 * mornings, and acts that let people come in without a booking from Wednesday on. Two processes of
 * the program stand on one database.
 */
import { openChanges } from '../../../src/platform/changes.js'
import type { Context } from '../../../src/platform/context.js'
import { openDatabase } from '../../../src/platform/database.js'
import { importOffice, type OfficeFile } from '../../../src/directory/index.js'
import { importActs, type ActsDocument } from '../../../src/regulation/index.js'
import { instantOf } from '../../../src/platform/clock.js'
import { openOffice, type TestOffice } from '../../support/office.js'
import { smallActs, smallFile } from '../../support/small-office.js'

export const monday = Temporal.PlainDate.from('2020-06-01')
export const days = 5
/** When people book for the week: some days before it. */
const weekBefore = instantOf(Temporal.PlainDate.from('2020-05-27'), 9 * 60)
export const opens = 8 * 60
export const closes = 10 * 60 + 30

type Service = OfficeFile['services'][number]

const oldShort = smallFile.services[0] as Service
const matter = (id: string, unitId: string, letter: string, durationMinutes: number, change: Partial<Service> = {}): Service => ({
  ...oldShort,
  id,
  name: `Sprawa ${id}`,
  unitId,
  letter,
  durationMinutes,
  ...change,
})
const desk = (slug: string, unitId: string, services: readonly string[]): OfficeFile['desks'][number] => ({
  slug,
  label: slug.at(-1) ?? '',
  roomId: slug.slice(0, slug.lastIndexOf('/')),
  unitId,
  services: [...services],
  assumed: true,
  source: null,
})
const room = (id: string, buildingId: string): OfficeFile['rooms'][number] => ({
  ...(smallFile.rooms[0] as OfficeFile['rooms'][number]),
  id,
  buildingId,
  number: id.slice(-1),
})
const unit = (id: string, buildingId: string, roomId: string): OfficeFile['units'][number] => ({
  ...(smallFile.units[0] as OfficeFile['units'][number]),
  id,
  name: `Wydział ${id}`,
  buildingId,
  roomId,
})
const desks = [
  desk('hall/1/1', 'unit', ['short', 'long', 'two']),
  desk('hall/1/2', 'unit', ['short', 'long', 'two']),
  desk('hall/1/3', 'unit', ['short', 'two']),
  desk('hall/2/1', 'unit', ['long']),
  desk('annex/1/1', 'side', ['cash', 'papers']),
  desk('annex/1/2', 'side', ['cash', 'papers']),
]

const everyDay = { weekdays: [1, 2, 3, 4, 5], from: '2020-01-01', until: null, assumed: true } as const

const weekFile: OfficeFile = {
  ...smallFile,
  settings: { ...smallFile.settings, 'confirm-minutes': 60, 'target-wait-minutes': 15 },
  buildings: [
    ...smallFile.buildings,
    { ...(smallFile.buildings[0] as OfficeFile['buildings'][number]), id: 'annex', name: 'Oficyna', address: 'ul. Próbna 2' },
  ],
  rooms: [room('hall/1', 'hall'), room('hall/2', 'hall'), room('annex/1', 'annex')],
  units: [unit('unit', 'hall', 'hall/1'), unit('side', 'annex', 'annex/1')],
  desks,
  services: [
    matter('short', 'unit', 'A', 10),
    matter('two', 'unit', 'A', 15, { persons: 2 }),
    matter('long', 'unit', 'B', 20),
    matter('cash', 'side', 'C', 5),
    matter('papers', 'side', 'D', 5, { dropOff: true }),
  ],
  hours: [
    {
      unit: null,
      weekdays: [1, 2, 3, 4, 5],
      intervals: [{ from: '08:00', to: '10:30' }],
      validFrom: null,
      season: null,
      asOf: null,
      source: null,
    },
  ],
  // In the second room somebody takes short matters too, once people have waited for ten minutes.
  shifts: [
    { ...everyDay, desks: desks.map(({ slug }) => slug).filter((slug) => slug !== 'hall/2/1') },
    { ...everyDay, desks: ['hall/2/1'], overflow: [{ letter: 'A', afterMinutes: 10 }] },
  ],
  queueGroups: [
    { letter: 'A', name: 'Krótkie', from: 1, to: 199, walkInsPerDay: 6 },
    { letter: 'B', name: 'Długie', from: 201, to: 299, walkInsPerDay: 3 },
    { letter: 'C', name: 'Kasa', targetWaitMinutes: 10 },
    { letter: 'D', name: 'Dokumenty' },
  ],
}

const [everyday] = smallActs.acts
const weekActs = {
  acts: [
    {
      ...everyday,
      provisions: [
        ...(everyday?.provisions ?? []),
        { id: 'full', reference: '§ 4', kind: 'building-limit', scope: { building: ['hall'] }, parameters: { limit: 5, of: 'inside' } },
        { id: 'interpreters', reference: '§ 5', kind: 'not-counted', parameters: { who: 'tłumacz' } },
      ],
    },
    {
      ...everyday,
      id: 'P/2/2020',
      number: 'P/2/2020',
      title: 'w sprawie przyjęć bez umówienia',
      from: '2020-06-03',
      provisions: [
        {
          id: 'without-booking',
          reference: '§ 1',
          kind: 'admission',
          scope: { service: ['short', 'long', 'cash'] },
          parameters: { mode: 'booking-optional' },
        },
      ],
    },
  ],
} as unknown as ActsDocument

export interface WeekOffice extends Pick<TestOffice, 'clock'> {
  /** Two processes, each with connections and caches of its own. */
  readonly contexts: readonly [Context, Context]
  readonly close: () => Promise<void>
}

/** An office of its own for one week, on the server of the tests. */
export async function openWeekOffice(host: string, random: () => number): Promise<WeekOffice> {
  const office = await openOffice(host, { at: weekBefore, poolSize: 6 })
  const first: Context = { ...office.context, random }
  const database = openDatabase(office.connection, 6, () => undefined)
  const changes = await openChanges(office.connection, database.pool)
  const close = async (): Promise<void> => {
    await changes.close()
    await database.close()
    await office.close()
  }
  await importOffice(first.database, weekFile, { now: weekBefore, demonstration: true })
  const errors = await importActs(first.database, weekActs, weekBefore)
  if (errors.length > 0) throw new Error(`the acts of the week are wrong: ${JSON.stringify(errors)}`)
  return { clock: office.clock, contexts: [first, { ...first, database, changes }], close }
}
