/** What the forms of a desk's page ask for, as one act each. */
import type { Context } from '../platform/context.js'
import { officeDay } from '../platform/clock.js'
import { refuse } from '../platform/decision.js'
import { formId, formText } from '../platform/http/form.js'
import { isKey } from '../platform/idempotency.js'
import type { Desk } from '../directory/index.js'
import { mayTakeOver, type Staff } from '../staff/index.js'
import { idempotencyField } from '../ui/index.js'
import { visitPriorities } from '../visit/index.js'
import { callNext, finish, missed, recall, start, undoMissed } from './actions.js'
import { comeBack, nextMatter, park, pick, prioritise, transfer, wentHome, type SentTo } from './aside.js'
import { outcomes, parkReasons, pickReasons, type QueueAnswer, type VisitCommand } from './model.js'
import { breakMinutes } from './pages/desk-more.js'
import { closeDesk, handOver, openDesk, pauseDesk, resumeDesk } from './sessions.js'
import { findByTicket } from './store.js'
import { readTicket } from './tickets.js'
import { walkDirect, type WalkDirectAnswer } from './walk-direct.js'

interface Asked {
  readonly staff: Staff
  readonly desk: Desk
}

/** Does what the form says; null when it says nothing this page knows. */
export function actFrom(context: Context, { staff, desk }: Asked, body: unknown): Promise<WalkDirectAnswer> | null {
  const key = formText(body, idempotencyField, 40)
  const now = context.clock.now()
  const command: VisitCommand = {
    desk: desk.slug,
    actor: `account:${staff.accountId}`,
    now,
    key: isKey(key) ? key : undefined,
    holder: staff.accountId,
    reference: formText(body, 'wizyta', 20),
    version: formId(body, 'wersja') ?? undefined,
  }
  const outcome = oneOf(outcomes, formText(body, 'wynik', 40)) ?? undefined
  const reason = formText(body, 'powod', 40)
  switch (formText(body, 'czynnosc', 20)) {
    case 'otworz':
      return openDesk(context, { ...command, accountId: staff.accountId })
    case 'przejmij':
      return openDesk(context, { ...command, accountId: staff.accountId, withClient: mayTakeOver(staff) })
    case 'przerwa':
      return pauseDesk(context, { ...command, until: breakEnd(now, formText(body, 'minuty', 3)) })
    case 'wznow':
      return resumeDesk(context, command)
    case 'oddaje':
      return handOver(context, { ...command, offered: true })
    case 'zostaje':
      return handOver(context, { ...command, offered: false })
    case 'zamknij':
      return closeDesk(context, command)
    case 'bez-numerka':
      return walkDirect(context, { ...command, serviceId: formText(body, 'sprawa', 80) })
    case 'wezwij':
      return callNext(context, command)
    case 'ponow':
      return recall(context, command)
    case 'rozpocznij':
      return start(context, command)
    case 'zakoncz':
      return finish(context, { ...command, outcome })
    case 'nastepna-sprawa':
      return nextMatter(context, { ...command, outcome })
    case 'nie-zglosil':
      return missed(context, command)
    case 'cofnij':
      return undoMissed(context, command)
    case 'odloz':
      return park(context, { ...command, reason: oneOf(parkReasons, reason) ?? 'clerk-asks' })
    case 'przywolaj':
      return pick(context, { ...command, reason: 'continues-here', mayPick: false })
    case 'do-kolejki':
      return comeBack(context, command)
    case 'przekaz': {
      const to = sentTo(formText(body, 'dokad', 140))
      return to === null ? null : transfer(context, { ...command, to })
    }
    case 'wczesniej': {
      const priority = oneOf(visitPriorities, reason)
      return priority === null ? null : byNumber(context, desk, body, command, (of) => prioritise(context, { ...of, reason: priority }))
    }
    case 'poszedl':
      return byNumber(context, desk, body, command, (of) => wentHome(context, of))
    case 'wezwij-numer': {
      const why = oneOf(pickReasons, reason)
      const mayPick = mayTakeOver(staff)
      return why === null ? null : byNumber(context, desk, body, command, (of) => pick(context, { ...of, reason: why, mayPick }))
    }
    default:
      return null
  }
}

/** The person of a typed number of today. */
async function byNumber(
  context: Context,
  desk: Desk,
  body: unknown,
  command: VisitCommand,
  act: (command: VisitCommand) => Promise<QueueAnswer>,
): Promise<QueueAnswer> {
  const ticket = readTicket(formText(body, 'numer', 20))
  const visit = ticket === null ? null : await findByTicket(context.database.pool, desk.buildingId, officeDay(command.now), ticket)
  return visit === null ? refuse('unknown-number') : act({ ...command, reference: visit.reference, version: undefined })
}

function sentTo(typed: string): SentTo | null {
  const [, kind, name = ''] = /^(stanowisko|sprawa):(.+)$/.exec(typed) ?? []
  if (kind === undefined) return null
  return kind === 'stanowisko' ? { desk: name } : { serviceId: name }
}

function breakEnd(now: Temporal.Instant, typed: string): Temporal.Instant | null {
  const minutes = breakMinutes.find((each) => String(each) === typed)
  return minutes === undefined ? null : now.add({ minutes })
}

function oneOf<Value extends string>(values: readonly Value[], typed: string): Value | null {
  return values.find((each) => each === typed) ?? null
}
