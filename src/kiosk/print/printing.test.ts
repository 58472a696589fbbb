/**
 * Tickets on paper, against a printer that behaves and one that does not: a ticket comes out once,
 * what fails is known in seconds and told to the staff, and nothing is sent a second time by itself.
 */
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { machineClock } from '../../platform/clock.js'
import type { Context } from '../../platform/context.js'
import { testLeszno } from '../../../tests/support/office.js'
import { testPrinter, type Behaviour, type TestPrinter } from '../../../tests/support/printer.js'
import { processes } from '../../../tests/support/processes.js'
import { rewritten } from '../../../tests/support/race.js'
import { signedIn } from '../../../tests/support/staff.js'
import { waits } from '../../../tests/support/waiting.js'
import { findDevice, makeDevice, troubledDevices, type Device } from '../../device/index.js'
import { askForCopy, askForPaper, giveUpJobs, printingDone } from './jobs.js'
import type { Language } from '../../platform/words.js'
import { broken, ticketPicture } from './picture.js'
import { printTicket, usualPatience, type Patience } from './printer.js'
import { jobOfVisit, listJobs } from './store.js'

const office = await testLeszno()
const { context, clock } = office
const { pool } = context.database
const administrator = await signedIn(context, 'administrator')
const patience: Patience = { connectMs: 300, answerMs: 200, printMs: 300 }

async function kiosk(printer: Pick<TestPrinter, 'host' | 'port'>): Promise<Device> {
  const seed = {
    kind: 'kiosk' as const,
    name: 'Kiosk',
    buildingId: 'walowa-5',
    settings: { printer: { host: printer.host, port: printer.port } },
  }
  const by = { accountId: administrator.accountId, now: clock.now(), machineNow: machineClock.now() }
  const { id } = await makeDevice(context, seed, by)
  return (await findDevice(pool, id)) as Device
}

async function waiter(): Promise<number> {
  return (await waits(context, { serviceId: 'dowody-osobiste', arrivedAt: clock.now() })).id
}

/** Asks for a ticket on paper and waits until its end is known; how long that took. */
async function paper(device: Device, visitId: number, on: Context = context, patient = patience): Promise<number> {
  const from = performance.now()
  await askForPaper(on, device, { visitId, language: 'pl' }, patient)
  await printingDone(on)
  return performance.now() - from
}

test('a ticket comes out once, as a picture 80 mm wide with its number, and is cut', async () => {
  const printer = await testPrinter()
  const device = await kiosk(printer)
  const visitId = await waiter()
  await paper(device, visitId)
  await paper(device, visitId)
  assert.equal(printer.printed.length, 1, 'asked for twice, printed once')
  const [ticket] = printer.printed
  assert.ok(ticket)
  assert.equal(ticket.bytesPerRow, 72)
  assert.ok(ticket.rows > 500 && ticket.rows < 1400, `${ticket.rows} rows`)
  const black = ticket.bits.reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0)
  const share = black / (ticket.rows * 576)
  assert.ok(share > 0.03 && share < 0.3, `${share} of it is black`)
  assert.equal((await jobOfVisit(pool, visitId, device.id))?.state, 'printed')
  if (process.env['OKIENKO_PICTURES']) writeFileSync(`${process.env['OKIENKO_PICTURES']}/ticket.pbm`, pbm(ticket))
  await printer.close()
})

test('what is wrong with the printer is found before anything is sent, and told to the staff until it is well', async () => {
  const printer = await testPrinter()
  const device = await kiosk(printer)
  for (const [behaviour, trouble] of [
    ['paper-out', 'paper-out'],
    ['cover-open', 'cover-open'],
    ['offline', 'printer-offline'],
    ['silent', 'printer-silent'],
  ] as const satisfies readonly (readonly [Behaviour, string])[]) {
    printer.behaviour = behaviour
    const visitId = await waiter()
    const took = await paper(device, visitId)
    assert.ok(took < 2_000, `given up after ${took} ms`)
    const job = await jobOfVisit(pool, visitId, device.id)
    assert.deepEqual([job?.state, job?.trouble], ['failed', trouble])
    assert.deepEqual(
      (await troubledDevices(context)).map((each) => [each.id, each.trouble]),
      [[device.id, trouble]],
    )
    const { rows } = await pool.query<{ reason: string }>(`select reason from event where visit_id = $1 and kind = 'print-failed'`, [
      visitId,
    ])
    assert.deepEqual(rows, [{ reason: trouble }])
  }
  assert.equal(printer.printed.length, 0)
  printer.behaviour = 'works'
  await paper(device, await waiter())
  assert.deepEqual(await troubledDevices(context), [], 'well again')
  await printer.close()
})

test('paper that ends with a ticket is told at once, and the ticket counts as printed', async () => {
  const printer = await testPrinter('ends')
  const device = await kiosk(printer)
  const visitId = await waiter()
  await paper(device, visitId)
  assert.equal((await jobOfVisit(pool, visitId, device.id))?.state, 'printed')
  assert.equal((await findDevice(pool, device.id))?.trouble, 'paper-out')
  await pool.query('update device set trouble = null, trouble_at = null')
  await printer.close()
})

test('paper that ends in the middle: not printed, and what is left is forgotten so that nothing comes out later', async () => {
  const printer = await testPrinter('jams')
  const device = await kiosk(printer)
  const visitId = await waiter()
  await paper(device, visitId)
  const job = await jobOfVisit(pool, visitId, device.id)
  assert.deepEqual([job?.state, job?.trouble], ['failed', 'paper-out'])
  await new Promise((resolve) => setTimeout(resolve, 100))
  assert.equal(printer.forgotten, 1)
  await printer.close()
})

test('a connection lost in the middle, and a printer that does not say it is done: nobody knows, nothing is sent again', async () => {
  for (const behaviour of ['drops', 'mute'] as const) {
    const printer = await testPrinter(behaviour)
    const device = await kiosk(printer)
    const visitId = await waiter()
    await paper(device, visitId)
    const job = await jobOfVisit(pool, visitId, device.id)
    assert.deepEqual([job?.state, job?.trouble], ['unsure', 'printer-lost'])
    printer.behaviour = 'works'
    await paper(device, visitId)
    assert.equal(printer.connections, 1, 'asked again, nothing is sent')
    await printer.close()
  }
})

test('a printer that is not there is given up at once', async () => {
  const printer = await testPrinter()
  await printer.close()
  const device = await kiosk(printer)
  const visitId = await waiter()
  assert.ok((await paper(device, visitId)) < 1_500)
  assert.equal((await jobOfVisit(pool, visitId, device.id))?.trouble, 'printer-refused')
})

test('many tickets from four processes at once: each comes out once, one at a time', async () => {
  const printer = await testPrinter()
  printer.printMs = 10
  const device = await kiosk(printer)
  const others = await processes(office, 4, 4)
  const visits = await Promise.all(Array.from({ length: 12 }, waiter))
  // Each is asked for by two processes.
  // The printer works: a slow machine is waited for.
  await Promise.all(
    visits.flatMap((visitId, at) => [0, 1].map((add) => paper(device, visitId, others[(at + add) % 4] ?? context, usualPatience))),
  )
  await Promise.all(others.map(printingDone))
  const jobs = await listJobs(pool, device.id, clock.now().subtract({ hours: 1 }))
  assert.deepEqual([...new Set(jobs.map(({ state }) => state))], ['printed'])
  assert.equal(printer.printed.length, 12)
  assert.equal(printer.connections, 12)
  assert.equal(printer.atOnceMost, 1)
  await printer.close()
})

test('without its guards a printer is sent several tickets at one moment', async () => {
  await pool.query('drop index print_job_one_per_printer')
  const printer = await testPrinter()
  printer.printMs = 30
  const device = await kiosk(printer)
  const others = (await processes(office, 4, 4)).map((each) =>
    rewritten(each, (text) => text.replace(/and not exists \(select from print_job busy where .*? = 'printing'\)/, '')),
  )
  for (let round = 0; round < 10 && printer.atOnceMost < 2; round += 1) {
    const visits = await Promise.all(Array.from({ length: 8 }, waiter))
    await Promise.all(visits.map((visitId, at) => paper(device, visitId, others[at % 4])))
  }
  assert.ok(printer.atOnceMost > 1)
  await printer.close()
  await pool.query(`create unique index print_job_one_per_printer on print_job (device_id) where state = 'printing'`)
})

test('a copy is asked for by a person, never while one is on its way, and at the kiosk’s own printer', async () => {
  const printer = await testPrinter()
  const device = await kiosk(printer)
  const other = await kiosk(printer)
  const visitId = await waiter()
  await paper(device, visitId)
  const [job] = await listJobs(pool, device.id, clock.now().subtract({ hours: 1 }))
  const asked = { jobId: job?.id ?? 0, accountId: administrator.accountId }
  assert.equal(await askForCopy(context, other, asked, patience), false, 'a job of another kiosk')
  const made = await Promise.all([0, 1, 2].map(() => askForCopy(context, device, asked, patience)))
  assert.equal(made.filter(Boolean).length, 1, 'pressed three times')
  await printingDone(context)
  assert.equal(printer.printed.length, 2)
  assert.equal(await askForCopy(context, device, asked, patience), true, 'and once more later')
  await printingDone(context)
  assert.equal(printer.printed.length, 3)
  await printer.close()
})

test('a process that ended in the middle leaves a ticket nobody knows of, and one never begun is given up: neither is printed', async () => {
  const printer = await testPrinter()
  const device = await kiosk(printer)
  const [begun, never] = [await waiter(), await waiter()]
  await pool.query(
    `insert into print_job (device_id, visit_id, copy, language, state, created_at, claimed_at)
     values ($1, $2, 1, 'pl', 'printing', $4, $5), ($1, $3, 1, 'pl', 'waiting', $4, null)`,
    [device.id, begun, never, clock.now(), machineClock.now().subtract({ minutes: 5 })],
  )
  await giveUpJobs(context, clock.now())
  assert.equal((await jobOfVisit(pool, begun, device.id))?.state, 'unsure')
  assert.equal((await jobOfVisit(pool, never, device.id))?.state, 'waiting')
  await giveUpJobs(context, clock.now().add({ minutes: 3 }))
  assert.equal((await jobOfVisit(pool, never, device.id))?.state, 'failed')
  assert.equal((await findDevice(pool, device.id))?.trouble, 'printer-silent')
  assert.equal(printer.connections, 0)
  await printer.close()
})

test('a printer that answers nonsense without end is given up in time', async () => {
  const { createServer } = await import('node:net')
  const server = createServer((socket) => {
    const timer = setInterval(() => socket.write(Buffer.alloc(512, 0xff)), 5)
    socket.on('close', () => clearInterval(timer))
    socket.on('error', () => undefined)
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  const from = performance.now()
  const end = await printTicket({ host: '127.0.0.1', port }, { bytesPerRow: 1, rows: 1, bits: new Uint8Array(1) }, patience)
  assert.deepEqual(end, { state: 'failed', trouble: 'printer-silent' })
  assert.ok(performance.now() - from < 1_500)
  server.close()
})

test('long names are broken into lines that fit, and letters of Polish are drawn', async () => {
  const lines = broken('Zaświadczenie o braku okoliczności wyłączających zawarcie małżeństwa', 34)
  assert.ok(lines.length > 1 && lines.every((line) => line.length <= 30))
  const pictures = await Promise.all([...'ąćęłńóśźż'].map((letter) => drawn(letter)))
  assert.equal(new Set(pictures).size, 9, 'none is a box for a missing letter')
})

test('a ticket in Ukrainian is drawn with every letter of it, and Polish names stand beside', async () => {
  const letters = [...'АБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЬЮЯабвгґдеєжзиіїйклмнопрстуфхцчшщьюя’–ąćęłńóśźż']
  const missing = await drawn('\uE123', 'uk')
  for (const letter of letters) assert.notEqual(await drawn(letter, 'uk'), missing, `${letter} is a box`)
  assert.equal(await drawn('\uE124', 'uk'), missing, 'a missing letter is known by its box')
})

/** A portable bitmap, for eyes. */
function pbm({ bytesPerRow, rows, bits }: { bytesPerRow: number; rows: number; bits: Buffer }): Buffer {
  return Buffer.concat([Buffer.from(`P4\n${bytesPerRow * 8} ${rows}\n`), bits])
}

async function drawn(line: string, language: Language = 'pl'): Promise<string> {
  const ticket = { language, office: 'U', number: 'A 001', lines: [line], code: { text: 'x', what: 'k' }, taken: '–' }
  return Buffer.from((await ticketPicture(ticket)).bits).toString('hex')
}
