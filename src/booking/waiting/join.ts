/**
 * Standing in line for an earlier time, and leaving the line in one step. A visit stands in it once,
 * and so does a contact in one matter: the database judges.
 */
import { officeDay } from '../../platform/clock.js'
import type { Context } from '../../platform/context.js'
import { transaction } from '../../platform/database.js'
import { refuse } from '../../platform/decision.js'
import { commandHash, keepAnswer, keptAnswer } from '../../platform/idempotency.js'
import { newReference } from '../../platform/references.js'
import { directory } from '../../directory/index.js'
import { reaches } from '../../messages/index.js'
import { lockVisit, mayDo, recordEvent, type Actor } from '../../visit/index.js'
import { contactsOf, lostRace } from '../place.js'
import { guarded, postJob } from '../store.js'
import { wishOf } from '../wish.js'
import type { Entry, JoinCommand, JoinForVisitCommand, WaitingDone, WaitingOutcome } from './model.js'
import { leaveLine, offerAgain } from './offers.js'
import { entryOfVisit, findEntry, insertForPerson, insertForVisit, lockEntry } from './line-store.js'
import { endOffer, lastOffer } from './store.js'

/** Puts a booked visit in line for an earlier time; its owner must be reachable. Asked again, the entry it has. */
export async function joinForVisit(context: Context, command: JoinForVisitCommand): Promise<WaitingOutcome> {
  const now = context.clock.now()
  const { office } = await directory(context)
  const callOffice = { kind: 'call-office', phone: office.phone }
  return guarded(
    context.database,
    async (client): Promise<WaitingOutcome> => {
      const visit = await lockVisit(client, command.reference)
      if (visit === null) return refuse('unknown-visit')
      const may = mayDo('move', visit, now, office.settings)
      if (!may.allowed) return may
      if (visit.person.email === null && visit.person.phone === null) return refuse('contact-needed', [], [callOffice])
      if (command.actor === 'citizen' && !reaches(context, visit.person)) return refuse('cannot-tell', [], [callOffice])
      const reference = newReference()
      const id = await insertForVisit(client, {
        reference,
        visit,
        from: command.from,
        part: command.part,
        at: now,
        addedBy: accountOf(command.actor),
        eraseOn: visit.day.add({ days: office.settings['erase-after-days'] }),
      })
      if (id === null) {
        const there = await entryOfVisit(client, visit.id)
        return there === null ? refuse('try-again') : doneOf(context, there, { visit: null, repeated: true })
      }
      await recordEvent(client, { at: now, visitId: visit.id, kind: 'waiting-joined', actor: command.actor, details: { entry: id } })
      await postJob(client, now, 'waiting-joined', { entry: id })
      return doneOf(context, { reference, state: 'waiting' }, { visit: null, repeated: false })
    },
    lostRace(office.settings),
  )
}

/** Puts a person in line who found no time at all, up to the last day that suits. */
export async function join(context: Context, command: JoinCommand): Promise<WaitingOutcome> {
  const now = context.clock.now()
  const { key, ...body } = command
  const hash = commandHash('join', body)
  const all = await directory(context)
  const wish = wishOf(all, command)
  if (wish === null || wish.service.dropOff) return refuse('unknown-service')
  const { office } = all
  const { person } = command
  if (person.email === null && person.phone === null) return refuse('contact-needed')
  // A clerk who adds somebody calls; nobody else would.
  if (command.actor === 'citizen' && !reaches(context, person))
    return refuse('cannot-tell', [], [{ kind: 'call-office', phone: office.phone }])
  return guarded(
    context.database,
    async (client): Promise<WaitingOutcome> => {
      const kept = await keptAnswer(client, key, hash)
      if (kept === 'reused') return refuse('key-reused')
      if (kept !== null)
        return doneOf(context, { reference: String(kept.answer['reference']), state: 'waiting' }, { visit: null, repeated: true })
      const reference = newReference()
      const id = await insertForPerson(client, {
        ...command,
        reference,
        wish,
        at: now,
        addedBy: accountOf(command.actor),
        eraseOn: command.to.add({ days: office.settings['erase-after-days'] }),
        contacts: contactsOf(context, person),
      })
      // Whose entry it is, is not said: a stranger who knows an address would learn of it.
      if (id === null) return refuse('entry-doubled', [], [{ kind: 'call-office', phone: office.phone }])
      await recordEvent(client, { at: now, kind: 'waiting-joined', actor: command.actor, details: { entry: id, service: wish.service.id } })
      await postJob(client, now, 'waiting-joined', { entry: id })
      await keepAnswer(client, key, hash, { status: 201, answer: { reference } }, now)
      return doneOf(context, { reference, state: 'waiting' }, { visit: null, repeated: false })
    },
    lostRace(office.settings),
  )
}

/** Leaves the line, at once; what was offered goes to the next. Left already, nothing more happens. */
export async function withdraw(context: Context, command: { readonly reference: string; readonly actor: Actor }): Promise<WaitingOutcome> {
  const now = context.clock.now()
  const found = await findEntry(context.database.pool, command.reference)
  if (found === null) return refuse('unknown-entry')
  const { outcome, freed } = await transaction(context.database, async (client) => {
    const entry = await lockEntry(client, found.id)
    if (entry === null) return { outcome: refuse('unknown-entry'), freed: null }
    if (entry.state === 'withdrawn') return { outcome: doneOf(context, entry, { visit: null, repeated: true }), freed: null }
    if (entry.state === 'accepted' || entry.state === 'ended') return { outcome: refuse('entry-ended'), freed: null }
    const keptId = await leaveLine(client, { id: entry.id, state: 'withdrawn', at: now })
    await recordEvent(client, {
      at: now,
      visitId: entry.visitId,
      kind: 'waiting-withdrawn',
      actor: command.actor,
      details: { entry: entry.id },
    })
    return { outcome: doneOf(context, { ...entry, state: 'withdrawn' }, { visit: null, repeated: false }), freed: keptId }
  })
  if (freed !== null) await offerAgain(context, freed)
  return outcome
}

/** Says no to the offered time and stays in line, in the same place; the time goes to the next. */
export async function decline(context: Context, command: { readonly reference: string; readonly actor: Actor }): Promise<WaitingOutcome> {
  const now = context.clock.now()
  const found = await findEntry(context.database.pool, command.reference)
  if (found === null) return refuse('unknown-entry')
  const { outcome, freed } = await transaction(context.database, async (client) => {
    const entry = await lockEntry(client, found.id)
    const offer = entry === null ? null : await lastOffer(client, entry.id)
    if (entry === null || offer === null) return { outcome: refuse('unknown-entry'), freed: null }
    if (offer.state === 'declined') return { outcome: doneOf(context, entry, { visit: null, repeated: true }), freed: null }
    if (offer.state !== 'open' || !(await endOffer(client, offer.id, 'declined', now)))
      return { outcome: refuse('offer-gone'), freed: null }
    await client.query(`update waiting set state = 'waiting' where id = $1 and state = 'offered'`, [entry.id])
    await recordEvent(client, {
      at: now,
      visitId: offer.keptId,
      kind: 'offer-declined',
      actor: command.actor,
      details: { offer: offer.id, entry: entry.id },
    })
    return { outcome: doneOf(context, { ...entry, state: 'waiting' }, { visit: null, repeated: false }), freed: offer.keptId }
  })
  if (freed !== null) await offerAgain(context, freed)
  return outcome
}

export function accountOf(actor: Actor): number | null {
  return actor.startsWith('account:') ? Number(actor.slice('account:'.length)) : null
}

export function doneOf(
  context: Context,
  { reference, state }: Pick<Entry, 'reference' | 'state'>,
  { visit, repeated }: { visit: string | null; repeated: boolean },
): WaitingDone {
  return { allowed: true, code: 'done', reference, secret: context.secrets.secretOf(reference), state, visit, repeated }
}

/** Would anybody be told of a freed time in this installation? Where not, no page leads into the line. */
export function isLineOpen(context: Pick<Context, 'demonstration' | 'waysOut'>): boolean {
  return reaches(context, { email: 'someone@example.org', phone: '+48600000000' })
}

/** The first day from which an earlier time may be kept for somebody: tomorrow, since today's return at once. */
export function firstDay(now: Temporal.Instant): Temporal.PlainDate {
  return officeDay(now).add({ days: 1 })
}
