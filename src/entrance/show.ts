/**
 * Gathers what the guard's page shows: the answer asked for, the list, who is inside, and for
 * somebody who cannot come in the first free time.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { officeDay } from '../platform/clock.js'
import type { Context } from '../platform/context.js'
import { directory, type Building } from '../directory/index.js'
import { freeStarts } from '../booking/index.js'
import { ruleBook, safety } from '../regulation/index.js'
import { hasRole, staffLinks, type Staff } from '../staff/index.js'
import { sendPage } from '../ui/index.js'
import { answer } from './actions.js'
import { dropOffService } from './admissions.js'
import { doorView } from './inside.js'
import type { DoorAnswer, Expected } from './model.js'
import { answerOfEntry } from './once.js'
import type { Help } from './pages/answer.js'
import { Door } from './pages/door.js'
import { noCode } from './rules.js'
import { findEntry } from './store.js'

export interface Shown {
  readonly staff: Staff
  readonly building: Building
  readonly answer: DoorAnswer | null
  readonly found: readonly Expected[] | null
  readonly notice: string | null
}

export async function showDoor(request: FastifyRequest, reply: FastifyReply, context: Context, shown: Shown): Promise<FastifyReply> {
  const now = context.clock.now()
  const { building, staff } = shown
  const [office, book, door, help] = await Promise.all([
    directory(context),
    ruleBook(context),
    doorView(context, building.id, now),
    helpFor(context, shown, now),
  ])
  const view = {
    building,
    office,
    door,
    help,
    links: staffLinks(request.shell.t, staff, office),
    safety: safety(book, now, { buildingId: building.id }),
    takesDocuments: dropOffService({ book, office }, building.id) !== null,
    answer: shown.answer,
    found: shown.found,
    notice: shown.notice,
  }
  return sendPage(reply, Door({ shell: request.shell, view }))
}

/** The answer an address asks for: an entry, a visit at this minute, or a case without a visit. */
export async function answerAsked(context: Context, buildingId: string, query: Record<string, unknown>): Promise<DoorAnswer | null> {
  const { wpis: entryId, wizyta: reference, kod: kind } = query
  const at = context.clock.now()
  if (typeof entryId === 'string' && /^[1-9]\d{0,14}$/.test(entryId)) {
    const entry = await findEntry(context.database.pool, Number(entryId))
    return entry === null || entry.buildingId !== buildingId ? null : answerOfEntry(context, entry)
  }
  if (typeof reference === 'string' && reference.length <= 40) return answer(context, { buildingId, purpose: 'visit', code: reference, at })
  if (kind === 'nieznany') return answer(context, { buildingId, purpose: 'visit', code: noCode, at })
  if (kind === 'brak') return answer(context, { buildingId, purpose: 'visit', code: null, at })
  if (kind === 'dokumenty') return answer(context, { buildingId, purpose: 'drop-off', code: null, at })
  return null
}

/** For somebody who is not let in: the first free time of the matter, and where a clerk books it. */
async function helpFor(context: Context, { answer: given, staff }: Shown, now: Temporal.Instant): Promise<Help | null> {
  if (given === null || given.decision.allowed || given.entry !== null || given.visit === null) return null
  if (given.decision.code === 'too-early' || given.decision.code === 'wrong-building') return null
  const { office } = await directory(context)
  const from = officeDay(now)
  const days = await freeStarts(context, {
    serviceId: given.visit.serviceId,
    from,
    to: from.add({ days: office.settings['booking-horizon-days'] }),
    now,
  })
  const firstFree = days?.find((day) => day.starts.length > 0)?.starts[0]?.start ?? null
  const bookHref = hasRole(staff, ['service-office']) ? `/praca/obsluga/umow/${encodeURIComponent(given.visit.serviceId)}` : null
  return { firstFree, bookHref }
}
