/** What a device sends, read: acts one by one, so that one that cannot be read holds up none of the others. */
import { z } from 'zod'
import { officeDay } from '../../platform/clock.js'
import { entryNo, entryYes } from '../../regulation/index.js'
import { correctionReasons, otherPurposes, overrideReasons } from '../model.js'
import { insideMax } from '../occupancy/actions.js'
import { clockConflict } from './conflicts.js'
import { actHoursMax, actKinds, actsMax, type Conflict } from './model.js'
import type { Act } from './take.js'

const moment = z.number().int().min(0).max(8_640_000_000_000_000)

const sentAct = z.object({
  key: z.uuid(),
  kind: z.enum(actKinds),
  at: moment,
  deviceAt: moment,
  guard: z.string().max(100),
  told: z
    .string()
    .max(40)
    .regex(/^[a-z-]+$/)
    .optional(),
  allowed: z.boolean().default(false),
  visit: z.number().int().positive().max(Number.MAX_SAFE_INTEGER).optional(),
  token: z
    .string()
    .regex(/^[A-Za-z0-9_-]{22}$/)
    .optional(),
  reference: z
    .string()
    .regex(/^[A-Z2-9]{8}$/)
    .optional(),
  starts: moment.optional(),
  override: z.enum(overrideReasons).optional(),
  purpose: z.enum(otherPurposes).optional(),
  entry: z.number().int().positive().max(Number.MAX_SAFE_INTEGER).optional(),
  of: z.uuid().optional(),
  inside: z.number().int().min(0).max(insideMax).optional(),
  reason: z.enum(correctionReasons).optional(),
  unit: z.string().min(1).max(100).optional(),
  number: z
    .string()
    .regex(/^[A-HJ-NP-TV-Z2-9]{8}$/)
    .optional(),
})

export const sentActs = z.object({
  /** What the device's clock shows now. */
  deviceNow: moment,
  /** By how much it was ahead of ours at the last list, in milliseconds. */
  ahead: z.number().int(),
  acts: z.array(z.unknown()).max(actsMax),
})

export interface ReadActs {
  /** Acts by the proof of the guard who did them. */
  readonly byGuard: ReadonlyMap<string, readonly Act[]>
  /** Keys of acts that cannot be read, where they have one. */
  readonly unreadable: readonly string[]
}

/** Answers of a device alone are kept as what they come to: a signed pass lets in like any other. */
const stored: Readonly<Record<string, string>> = {
  signed: 'come-in',
  'not-listed': 'unknown',
  unreadable: 'unknown',
  changed: 'unknown',
  surname: 'unknown',
}
const codes: ReadonlySet<string> = new Set([...entryYes, ...entryNo])

export function readActs(acts: readonly unknown[], now: Temporal.Instant): ReadActs {
  const byGuard = new Map<string, Act[]>()
  const unreadable: string[] = []
  for (const sent of acts) {
    const { data } = sentAct.safeParse(sent)
    const told = data?.told === undefined ? null : (stored[data.told] ?? data.told)
    if (data === undefined || isTooOld(data.at, now) || (told !== null && !codes.has(told)) || lacks(data, told)) {
      unreadable.push(keyOf(sent))
      continue
    }
    byGuard.set(data.guard, [...(byGuard.get(data.guard) ?? []), actOf(data, told)])
  }
  return { byGuard, unreadable: unreadable.filter((key) => key !== '') }
}

type Sent = z.infer<typeof sentAct>

function isTooOld(at: number, now: Temporal.Instant): boolean {
  return now.epochMilliseconds - at > actHoursMax * 3_600_000
}

/** An act without what it needs says nothing: nobody is let in against an answer without a reason. */
function lacks({ kind, allowed, override, purpose, entry, of, inside, reason, number }: Sent, told: string | null): boolean {
  switch (kind) {
    case 'entered':
      return told === null || (!allowed && override === undefined)
    case 'refused':
      return told === null || allowed
    case 'admitted':
      return purpose === undefined
    case 'left':
    case 'undone':
      return entry === undefined && of === undefined
    case 'counted':
      return inside === undefined || reason === undefined
    case 'papers':
      return told === null || number === undefined
  }
}

function instant(milliseconds: number): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(milliseconds)
}

function actOf(sent: Sent, told: string | null): Act {
  return {
    key: sent.key,
    kind: sent.kind,
    at: instant(sent.at),
    deviceAt: instant(sent.deviceAt),
    told,
    allowed: sent.allowed,
    subject: {
      visitId: sent.visit ?? null,
      token: sent.token ?? null,
      reference: sent.reference ?? null,
      starts: sent.starts === undefined ? null : instant(sent.starts),
    },
    override: sent.override ?? null,
    purpose: sent.purpose ?? null,
    entryId: sent.entry ?? null,
    entryKey: sent.of ?? null,
    inside: sent.inside ?? null,
    reason: sent.reason ?? null,
    unitId: sent.unit ?? null,
    // The day of the number is that of the minute as it was said, whatever this program takes it for.
    receipt: sent.number === undefined ? null : `${officeDay(instant(sent.at))}/${sent.number}`,
  }
}

function keyOf(sent: unknown): string {
  const key = typeof sent === 'object' && sent !== null && 'key' in sent ? sent.key : null
  return typeof key === 'string' && key.length <= 100 ? key : ''
}

/** What is wrong with the device's clock, by what it shows now and how far ahead it was at the last list. */
export function clockOf(
  { deviceNow, ahead }: { readonly deviceNow: number; readonly ahead: number },
  machineNow: Temporal.Instant,
): Conflict | null {
  const minutes = 60_000
  return clockConflict(ahead / minutes, (deviceNow - machineNow.epochMilliseconds) / minutes)
}
