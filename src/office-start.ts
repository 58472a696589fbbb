/**
 * What a start makes sure of before anybody is served: the example office of a demonstration, or
 * in a real office somebody who can sign in. Returns lines for the person at the terminal.
 */
import type { Config } from './platform/config.js'
import { machineClock } from './platform/clock.js'
import type { Context } from './platform/context.js'
import { SetupError, setupWords } from './platform/setup-error.js'
import { plainDay, wallTime } from './platform/words.js'
import { officeDay } from './platform/clock.js'
import { hasOffice } from './directory/index.js'
import { ensureAdministrator } from './staff/index.js'

const linkHours = 24

export async function prepareOffice(context: Context, _config: Config): Promise<string[]> {
  return context.demonstration ? [] : prepareRealOffice(context)
}

async function prepareRealOffice(context: Context): Promise<string[]> {
  if (!(await hasOffice(context.database))) throw new SetupError('no-office')
  const now = machineClock.now()
  const first = await ensureAdministrator(context, now)
  if (first === null) return []
  const until = now.add({ hours: linkHours })
  return [setupWords('administrator', { login: first.login, url: first.link, until: `${plainDay('pl', officeDay(until))}, ${wallTime(until)}` })]
}
