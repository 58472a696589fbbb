/**
 * Five thousand open screens on one process, and one call: when the last of them has heard the hint,
 * when the last has the new state, and what each costs in memory.
 */
import { fork } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type pg from 'pg'
import { createApp } from '../src/app.js'
import { listenWide } from '../src/platform/http/listen.js'
import { streamsOpen } from '../src/platform/live.js'
import { callNext, finish, spacedTicket, start } from '../src/queue/index.js'
import { staffDesks, waits } from '../tests/support/waiting.js'
import { benchOffice } from './booking-office.js'
import { median, type Figures } from './harness.js'
import type { LiveOrder } from './live-client.js'

const screens = 5_000
const rounds = 7
const desk = 'hall/1/1'

/** `live_hint_ms` and `live_fanout_ms` (the last screen has the hint, the new state; the slowest round), the server's own work, and `live_kb_per_display`. */
export async function liveBench(server: pg.ClientConfig): Promise<Figures> {
  const office = await benchOffice(server, 'live', 8)
  // A real office's screens: no bar of a demonstration.
  const context = { ...office.context, demonstration: false }
  const app = await createApp(context)
  const port = await listenWide(app, { host: '127.0.0.1', port: 0 })
  const order: LiveOrder = { port, screens, events: '/ekran/hall/na-zywo', state: '/ekran/hall/stan' }
  await staffDesks(context, [desk])
  await app.inject('/ekran/hall/stan')
  const before = memory()
  const client = fork(fileURLToPath(new URL('live-client.js', import.meta.url)), [JSON.stringify(order)])
  try {
    await told(client, 'open')
    if (streamsOpen(context) !== screens) throw new Error(`only ${streamsOpen(context)} screens are open`)
    await pause(1_000)
    const each = (memory() - before) / 1_024 / screens
    const hints: number[] = []
    const states: number[] = []
    const cpu: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      const { reference, ticket } = await waits(context, { serviceId: 'short', arrivedAt: context.clock.now() })
      client.send({ expect: spacedTicket(ticket ?? '') })
      await told(client, 'ready')
      const command = { desk, actor: 'system' as const, now: context.clock.now() }
      const began = performance.timeOrigin + performance.now()
      const worked = process.cpuUsage()
      await callNext(context, command)
      const done = await told(client, 'done')
      const { user, system } = process.cpuUsage(worked)
      cpu.push((user + system) / 1_000)
      hints.push(Math.max(...(done.hints ?? [])) - began)
      states.push(Math.max(...(done.states ?? [])) - began)
      await start(context, { ...command, reference })
      await finish(context, { ...command, reference })
      await pause(500)
    }
    return {
      live_hint_ms: Math.max(...hints.slice(1)),
      live_fanout_ms: Math.max(...states.slice(1)),
      live_fanout_median_ms: median(states.slice(1)),
      live_fanout_cpu_ms: median(cpu.slice(1)),
      live_kb_per_display: each,
    }
  } finally {
    client.kill()
    await app.close()
    await office.close()
  }
}

interface Told {
  readonly kind: string
  readonly hints?: readonly number[]
  readonly states?: readonly number[]
}

async function told(client: ReturnType<typeof fork>, kind: string): Promise<Told> {
  for (;;) {
    const message = await new Promise<Told>((resolve, reject) => {
      const ended = (): void => reject(new Error('the screens ended'))
      client.once('exit', ended)
      client.once('message', (said) => {
        client.off('exit', ended)
        resolve(said as Told)
      })
    })
    if (message.kind === kind) return message
  }
}

/** Bytes of this process once what is not used is gone. */
function memory(): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  for (let round = 0; round < 3; round += 1) collect()
  return process.memoryUsage.rss()
}
