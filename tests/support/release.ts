/**
 * Acts with a release, for tests: the example has none. They are added to the acts of the example
 * or of the small office.
 */
import { importOffice } from '../../src/directory/index.js'
import { importActs, type ActsDocument, type RuleBook } from '../../src/regulation/index.js'
import type { TestOffice } from './office.js'
import { lesznoRules } from './rules.js'
import { smallActs, smallFile, smallOffice } from './small-office.js'

type Parameters = Record<string, unknown>
const matter = { service: ['rejestracja-pojazdow'] }

const provisions = {
  rolling: [{ id: 'rolling', parameters: { rhythm: 'rolling', daysAhead: 21, way: 'first-come' } as Parameters, scope: matter }],
  daily: [{ id: 'daily', parameters: { rhythm: 'daily', daysAhead: 14, at: '06:00', way: 'first-come' } as Parameters, scope: matter }],
  'weekly-lot': [
    { id: 'weekly-lot', parameters: { rhythm: 'weekly', weekday: 5, at: '07:00', way: 'lot', lotMinutes: 2 } as Parameters, scope: matter },
  ],
  /** Mondays by a rhythm of their own, other days by the setting. */
  weekdays: [
    {
      id: 'mondays',
      parameters: { rhythm: 'daily', daysAhead: 3, at: '12:00', way: 'first-come' } as Parameters,
      scope: { ...matter, weekday: [1] },
    },
  ],
} as const
export type ReleaseName = keyof typeof provisions

/** One act with a release and nothing else; `scope` other than the matter of the example. */
export function releaseActs(name: ReleaseName, scope?: { service?: string[] }): ActsDocument {
  return {
    acts: [
      {
        id: 'W/1/2020',
        number: 'W/1/2020',
        title: 'w sprawie udostępniania terminów',
        issuer: 'Prezydent',
        rank: 'ordinance',
        from: '2020-01-01',
        provisions: provisions[name].map((each, index) => ({
          ...each,
          ...(scope ? { scope } : {}),
          reference: `§ ${index + 1}`,
          kind: 'release',
          parameters: { ...each.parameters },
        })),
      },
    ],
  }
}

/** The rules of the example with a release. */
export function withRelease(name: ReleaseName): RuleBook {
  return lesznoRules((acts) => ({ ...acts, acts: [...acts.acts, ...releaseActs(name).acts] }))
}

/** The small office with times of its short matter released each Friday at 7:00, by lot. */
export async function smallOfficeByLot(office: TestOffice, confirmMinutes = 0): Promise<void> {
  await smallOffice(office)
  const file = { ...smallFile, settings: { ...smallFile.settings, 'confirm-minutes': confirmMinutes } }
  await importOffice(office.context.database, file, { now: office.clock.now(), demonstration: true })
  const acts = { acts: [...smallActs.acts, ...releaseActs('weekly-lot', { service: ['short'] }).acts] }
  const errors = await importActs(office.context.database, acts, office.clock.now())
  if (errors.length > 0) throw new Error(`the acts are wrong: ${JSON.stringify(errors)}`)
}
