/**
 * A time kept for a caller while the clerk talks: a hold like that of the web, which nobody else is
 * offered from that moment on, with the clerk's minutes. One caller at a time: holding another time
 * gives the first one back, and so does the end of the call.
 */
import type { Context } from '../platform/context.js'
import { visitOf, type Actor, type Visit, type VisitRow } from '../visit/index.js'
import { directory } from '../directory/index.js'
import { book, bookHash, confirmHold, hold, releaseHold } from './actions.js'
import { accountOf, type BookCommand, type HoldCommand, type Outcome } from './model.js'
import { doneOf } from './place.js'
import { purposeOf, wishOf, type Wished } from './wish.js'

export type KeepCommand = HoldCommand & Required<Pick<HoldCommand, 'by'>>

/** Keeps the time and gives back what the clerk kept before; a time already kept is kept as long anew. */
export async function keepForCaller(context: Context, command: KeepCommand): Promise<Outcome> {
  const { actor } = command.by
  const before = await keptBy(context, actor)
  const same = await keptSame(context, before, command)
  const outcome = (same === null ? null : await keptAnew(context, same)) ?? (await hold(context, command))
  if (outcome.allowed)
    await giveBack(
      context,
      actor,
      before.filter(({ reference }) => reference !== outcome.reference),
    )
  return outcome
}

/** Books what the clerk keeps, or the time itself where it is not kept, or not any more; everything else kept is given back. */
export async function bookForCaller(context: Context, command: BookCommand): Promise<Outcome> {
  const { actor, channel, needs = [], onBehalf = false, limitException, inCall = false } = command
  const before = await keptBy(context, actor)
  const same = await keptSame(context, before, command)
  const by = {
    actor,
    channel,
    needs,
    onBehalf,
    inCall,
    hash: bookHash(command),
    ...(limitException === undefined ? {} : { limitException }),
  }
  const { person, key, urgent = false, language = 'pl' } = command
  let outcome = same === null ? null : await confirmHold(context, { reference: same.reference, person, key, urgent, language, by })
  // It ran out, and may still be free.
  if (outcome === null || outcome.code === 'hold-expired') outcome = await book(context, command)
  if (outcome.allowed)
    await giveBack(
      context,
      actor,
      before.filter(({ reference }) => outcome.allowed && reference !== outcome.reference),
    )
  return outcome
}

/** Gives back every time the clerk keeps: the caller chose none, or the call is over. */
export async function releaseKept(context: Context, actor: Actor): Promise<void> {
  await giveBack(context, actor, await keptBy(context, actor))
}

/** The times an account keeps for a caller, those that ran out too as long as nobody took them. */
export async function keptBy(context: Context, actor: Actor): Promise<readonly Visit[]> {
  const { rows } = await context.database.pool.query<VisitRow>(
    `select * from visit where state = 'held' and kind = 'booked' and booked_by = $1 order by id`,
    [accountOf(actor)],
  )
  return rows.map(visitOf)
}

/** The time the account keeps for this wish now; null when there is none, or it ran out. */
export async function keptFor(context: Context, actor: Actor, wished: Wished): Promise<Visit | null> {
  for (const visit of await livingKept(context, actor))
    if ((await keptSame(context, [visit], { ...wished, start: visit.startsAt })) !== null) return visit
  return null
}

/** The times the account keeps that did not run out. */
export async function livingKept(context: Context, actor: Actor): Promise<readonly Visit[]> {
  const now = context.clock.now()
  return (await keptBy(context, actor)).filter(({ heldUntil }) => heldUntil !== null && Temporal.Instant.compare(heldUntil, now) > 0)
}

async function giveBack(context: Context, actor: Actor, kept: readonly Visit[]): Promise<void> {
  for (const { reference } of kept) await releaseHold(context, { reference, actor })
}

/** The one kept for this very wish and start. */
async function keptSame(
  context: Context,
  kept: readonly Visit[],
  wished: Wished & { readonly start: Temporal.Instant },
): Promise<Visit | null> {
  const office = await directory(context)
  const wish = wishOf(office, wished)
  if (wish === null) return null
  const { serviceId, moreServiceIds, persons } = purposeOf(wish)
  const same = (visit: Visit): boolean =>
    visit.startsAt.equals(wished.start) &&
    visit.endsAt.equals(wished.start.add({ minutes: wish.durationMinutes })) &&
    visit.buildingId === wish.buildingId &&
    visit.persons === persons &&
    [visit.serviceId, ...visit.moreServiceIds].join(' ') === [serviceId, ...moreServiceIds].join(' ')
  return kept.find(same) ?? null
}

/** As long as from now; null when it ran out meanwhile. */
async function keptAnew(context: Context, visit: Visit): Promise<Outcome | null> {
  const now = context.clock.now()
  const { settings } = (await directory(context)).office
  const heldUntil = now.add({ minutes: settings['clerk-hold-minutes'] })
  const { rowCount } = await context.database.pool.query(
    `update visit set held_until = $2 where id = $1 and state = 'held' and held_until > $3`,
    [visit.id, heldUntil, now],
  )
  if (rowCount !== 1) return null
  return doneOf(context, { ...visit, start: visit.startsAt, end: visit.endsAt, heldUntil })
}
