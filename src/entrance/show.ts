/**
 * Gathers what the guard's page shows: the answer asked for, the list, who is inside, and for
 * somebody who cannot come in what can be given at once.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { officeDay } from '../platform/clock.js'
import type { Context } from '../platform/context.js'
import type { Refused } from '../platform/decision.js'
import { directory, type Building } from '../directory/index.js'
import { mayEnter, ruleBook, safety, screening } from '../regulation/index.js'
import { staffLinks, type Staff } from '../staff/index.js'
import { sendFragment, sendPage } from '../ui/index.js'
import type { Visit } from '../visit/index.js'
import { answer } from './actions.js'
import { dropOffService } from './admissions.js'
import { assistFor, type AssistAsked } from './assisted/view.js'
import { companionView, type CompanionView } from './companions.js'
import { doorEntries, doorView } from './inside.js'
import { reaches } from '../messages/index.js'
import { cameraHere } from './offline/model.js'
import type { PapersTyped } from './papers/pages.js'
import { findPapers, type Papers } from './papers/store.js'
import type { World } from './facts.js'
import type { DoorAnswer, Expected } from './model.js'
import { answerOfEntry } from './once.js'
import { Door, type DoorPageView } from './pages/door.js'
import type { DoorScreening } from './pages/screening.js'
import { Watch } from './pages/watch.js'
import { noCode } from './rules.js'
import { findEntry } from './store.js'

export interface Shown {
  readonly staff: Staff
  readonly building: Building
  readonly answer?: DoorAnswer | null
  /** What the help is about, where somebody is not let in, and what was typed into it. */
  readonly assist?: AssistAsked
  /** The visit for which a time was just given. */
  readonly given?: Visit | null
  readonly found?: readonly Expected[]
  readonly notice?: string | null
  /** Which of today's entries are listed; unfolded when all are asked for. */
  readonly entries?: 'recent' | 'all'
  /** What was typed and cannot be looked for, and why: a key of the words. */
  readonly typed?: string
  readonly scanError?: string
  /** What was typed for the receipt, and what is wrong with it. */
  readonly papersTyped?: PapersTyped
  /** What was typed as the minute of an envelope that was left before, and what is wrong with it: a key of the words. */
  readonly leftTyped?: string
  readonly leftError?: string
  /** Why a companion was not recorded. */
  readonly companionRefusal?: Refused
  /** Why letting in against the answer was not done: a key of the words. */
  readonly overrideError?: string
  /** Why the count was not put right: a key of the words. */
  readonly countError?: string
}

export async function showDoor(request: FastifyRequest, reply: FastifyReply, context: Context, shown: Shown): Promise<FastifyReply> {
  const now = context.clock.now()
  const { building, staff } = shown
  const which = shown.entries ?? 'recent'
  const [office, book, door, assist, companions, papers, listed] = await Promise.all([
    directory(context),
    ruleBook(context),
    doorView(context, building.id, now),
    assistFor(context, shown.answer ?? null, shown.assist ?? { serviceId: '', sought: '' }),
    companionsFor(context, shown.answer ?? null, now),
    papersFor(context, shown.answer ?? null),
    doorEntries(context, building.id, { now, which }),
  ])
  const view = {
    shell: request.shell,
    building,
    office,
    door,
    assist,
    companions,
    companionRefusal: shown.companionRefusal ?? null,
    papers,
    papersTyped: shown.papersTyped ?? { name: '', email: '', errors: [] },
    leftTyped: shown.leftTyped ?? '',
    leftError: shown.leftError ?? null,
    mayMail: reaches(context, { email: 'a@example.pl', phone: null }),
    given: shown.given ?? null,
    entries: { ...listed, which },
    links: staffLinks(request.shell.t, staff, office),
    safety: safety(book, now, { buildingId: building.id, anyRoom: true }),
    screening: screeningAt({ book, office }, building.id, now),
    takesDocuments: dropOffService({ book, office }, building.id) !== null,
    answer: shown.answer ?? null,
    found: shown.found ?? null,
    notice: shown.notice ?? null,
    typed: shown.typed ?? '',
    scanError: shown.scanError ?? null,
    overrideError: shown.overrideError ?? null,
    countError: shown.countError ?? null,
  }
  return sendPage(reply.headers(cameraHere), Door({ shell: request.shell, view }), statusOf(view))
}

/** What an act has the guard look at, with the answer to one who does not pass: asked beforehand, of nobody. */
function screeningAt({ book, office }: World, buildingId: string, at: Temporal.Instant): DoorScreening {
  const looked = screening(book, { buildingId, anyRoom: true, day: officeDay(at) })
  if (looked.length === 0) return { looked, out: null }
  const visit = { state: 'booked', serviceId: '', buildingId, startsAt: at }
  return { looked, out: mayEnter(book, office, { buildingId, purpose: 'visit', at, visit, screened: 'stays-out' }) }
}

/** Beside an entry that stands: who came with the client. */
async function companionsFor(context: Context, given: DoorAnswer | null, now: Temporal.Instant): Promise<CompanionView | null> {
  const entry = given?.entry ?? null
  const isClient = entry?.purpose === 'visit' || entry?.purpose === 'drop-off'
  if (entry === null || !isClient || entry.leftAt !== null || entry.undoneAt !== null) return null
  return companionView(context, entry, given?.visit ?? null, now)
}

/** Beside the entry of a drop-off that stands: what was left. */
async function papersFor(context: Context, given: DoorAnswer | null): Promise<Papers | null> {
  const entry = given?.entry ?? null
  if (entry === null || entry.purpose !== 'drop-off' || entry.visitId === null || entry.undoneAt !== null) return null
  return findPapers(context.database.pool, entry.visitId)
}

function statusOf({ scanError, overrideError, countError, leftError, companionRefusal, papersTyped, assist }: DoorPageView): number {
  if (papersTyped.errors.length > 0) return 422
  if (companionRefusal !== null) return 409
  if ((scanError ?? overrideError ?? countError ?? leftError) !== null || (assist?.typed.errors.length ?? 0) > 0) return 422
  return (assist?.typed.refusal ?? null) === null ? 200 : 409
}

/** What the page fetches at each hint: who is expected, and how many are inside. */
export async function watchDoor(request: FastifyRequest, reply: FastifyReply, context: Context, building: Building): Promise<FastifyReply> {
  const [office, door] = await Promise.all([directory(context), doorView(context, building.id, context.clock.now())])
  return sendFragment(reply, Watch({ shell: request.shell, view: { building, office, door } }))
}

/** On the address of an entry: its pass was scanned again at once, by a second press or a second person. */
export const scannedAgain = 'scanned-again'

/** The answer an address asks for: an entry, a visit at this minute, or a case without a visit. */
export async function answerAsked(context: Context, buildingId: string, query: Record<string, unknown>): Promise<DoorAnswer | null> {
  const { wpis: entryId, wizyta: reference, kod: kind } = query
  const at = context.clock.now()
  if (typeof entryId === 'string' && /^[1-9]\d{0,14}$/.test(entryId)) {
    const entry = await findEntry(context.database.pool, Number(entryId))
    if (entry === null || entry.buildingId !== buildingId) return null
    const given = await answerOfEntry(context, entry)
    return query['info'] === scannedAgain ? { ...given, passUsedAt: entry.at } : given
  }
  if (typeof reference === 'string' && reference.length <= 40) return answer(context, { buildingId, purpose: 'visit', code: reference, at })
  if (kind === 'nieznany') return answer(context, { buildingId, purpose: 'visit', code: noCode, at })
  if (kind === 'brak') return answer(context, { buildingId, purpose: 'visit', code: null, at })
  if (kind === 'dokumenty') return answer(context, { buildingId, purpose: 'drop-off', code: null, at })
  return null
}
