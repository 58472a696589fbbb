/**
 * Tickets on paper: a job is written once for a visit, taken up once, and ends in one of three ways
 * (printer.ts). Nothing prints a second time by itself; a copy is asked for by a person of the staff.
 *
 * One printer prints one ticket at a time, whichever process sends it: the database says which.
 * What goes wrong is told to the staff at once, and so is that all is well again.
 */
import type { Context } from '../../platform/context.js'
import { machineClock } from '../../platform/clock.js'
import type { Language } from '../../platform/words.js'
import { deviceTopic, findDevice, reportTrouble, type Device, type DeviceTrouble } from '../../device/index.js'
import { findVisitById, recordEvent } from '../../visit/index.js'
import { printTicket, usualPatience, type Patience } from './printer.js'
import { ticketPicture } from './picture.js'
import * as store from './store.js'
import { ticketText } from './text.js'

/** How a kiosk's ticket gets on paper: by its network printer, by its browser (now), or not at all. */
export type OnPaper = 'printer' | 'browser' | 'browser-before' | 'none'

/** Asks for the first ticket of a visit on paper. Asked again it does nothing: a second press, a scan again. */
export async function askForPaper(
  context: Context,
  device: Device,
  { visitId, language }: { readonly visitId: number; readonly language: Language },
  patience: Patience = usualPatience,
): Promise<OnPaper> {
  const { printer, browserPrints } = device.settings
  if (printer === undefined && browserPrints !== true) return 'none'
  const state = printer === undefined ? ('browser' as const) : ('waiting' as const)
  const job = { deviceId: device.id, visitId, language, at: context.clock.now(), state }
  const first = await store.insertFirst(context.database.pool, job)
  if (state === 'browser') return first ? 'browser' : 'browser-before'
  if (first) startPrinting(context, device.id, patience)
  return 'printer'
}

/** Asks for a copy of a job's ticket. False while one is on its way. */
export async function askForCopy(
  context: Context,
  device: Device,
  asked: { readonly jobId: number; readonly accountId: number },
  patience: Patience = usualPatience,
): Promise<boolean> {
  const { jobId, accountId } = asked
  const made = await store.insertCopy(context.database.pool, jobId, { accountId, deviceId: device.id, at: context.clock.now() })
  if (made) startPrinting(context, device.id, patience)
  return made
}

const running = new WeakMap<Context, Set<Promise<void>>>()

/** Begins to print what waits for a printer; nobody waits for paper to show a number on the screen. */
function startPrinting(context: Context, deviceId: number, patience: Patience): void {
  const all = running.get(context) ?? new Set()
  running.set(context, all)
  const work = printWaiting(context, deviceId, patience)
    .catch((error: unknown) => {
      const { name, code } = error as { name?: string; code?: string }
      context.log.error({ device: deviceId, fault: name, code }, 'printing failed')
    })
    .finally(() => all.delete(work))
  all.add(work)
}

/** Until all that was begun in this process is done; called before the server closes. */
export async function printingDone(context: Context): Promise<void> {
  await Promise.all(running.get(context) ?? new Set<Promise<void>>())
}

/** Between two looks at a job that nobody takes. */
const lookAgainMs = 10

/** Prints what waits for a printer, one after another, until nothing does or another process prints there. */
export async function printWaiting(context: Context, deviceId: number, patience: Patience = usualPatience): Promise<void> {
  const { pool } = context.database
  for (;;) {
    const job = await store.claimNext(pool, deviceId, machineClock.now())
    if (job === null) {
      // Somebody who looked at the same job and left it may have kept it from us for that moment.
      if (!(await store.isLeftWaiting(pool, deviceId))) return
      await new Promise((resolve) => setTimeout(resolve, lookAgainMs))
      continue
    }
    const end = await attempt(context, job, patience)
    const trouble = end.state === 'printed' ? null : end.trouble
    await store.finishJob(pool, job.id, { state: end.state, trouble, machineNow: machineClock.now() })
    await tell(context, job, trouble, end.state === 'printed' ? end.after : end.trouble)
  }
}

async function attempt(context: Context, job: store.PrintJob, patience: Patience): ReturnType<typeof printTicket> {
  const [device, visit] = await Promise.all([
    findDevice(context.database.pool, job.deviceId),
    findVisitById(context.database.pool, job.visitId),
  ])
  const printer = device?.settings.printer
  // Taken away, or the visit with its ticket: there is nothing to print, and nobody to print it.
  if (printer === undefined || visit === null || visit.ticket === null) return { state: 'failed', trouble: 'printer-refused' }
  return printTicket(printer, await ticketPicture(await ticketText(context, visit, job.language)), patience)
}

/** Tells the staff: the trouble of the device, an event for the visit, and a hint for the pages that show it. */
async function tell(context: Context, job: store.PrintJob, failed: DeviceTrouble | null, trouble: DeviceTrouble | null): Promise<void> {
  const { pool } = context.database
  const now = context.clock.now()
  if (failed !== null) {
    const device = await findDevice(pool, job.deviceId)
    await recordEvent(pool, {
      at: now,
      visitId: job.visitId,
      kind: 'print-failed',
      actor: 'system',
      channel: 'kiosk',
      reason: failed,
      buildingId: device?.buildingId ?? null,
      details: { device: job.deviceId, job: job.id, copy: job.copy },
    })
  }
  if (await reportTrouble(pool, job.deviceId, trouble, now))
    context.log.warn({ device: job.deviceId, trouble }, trouble === null ? 'a printer works again' : 'a printer needs help')
  context.changes.publish(deviceTopic(job.deviceId))
}

/** A process that ended in the middle, or never began: what it left is given up and told. */
export async function giveUpJobs(context: Context, now: Temporal.Instant): Promise<void> {
  const { pool } = context.database
  const machineNow = machineClock.now()
  const unsure = await store.giveUpPrinting(pool, machineNow.subtract({ seconds: printingSeconds }), machineNow)
  const late = await store.giveUpWaiting(pool, now.subtract({ seconds: waitingSeconds }), machineNow)
  for (const job of [...unsure, ...late]) await tell(context, job, job.trouble, job.trouble)
}

/** Longer than the longest patience with a printer. */
const printingSeconds = 60
/** A person does not stand at a kiosk longer. */
const waitingSeconds = 120
