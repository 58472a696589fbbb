/** `/praca/zadania`: what the acts ask of those who carry them out, and how far it is. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { loadAbsences, loadShifts } from '../../calendar/index.js'
import { instantOf, officeDay } from '../../platform/clock.js'
import type { Context } from '../../platform/context.js'
import { formText } from '../../platform/http/form.js'
import { endOf, read } from '../../regulation/index.js'
import { accountsOf, roles } from '../../staff/index.js'
import { sendPage } from '../../ui/index.js'
import { hidden, notFound, openDesk, type Desk } from '../acts/desk.js'
import { slugOf } from '../acts/rules.js'
import { livingOrdinances, placeOf, provisionsOf } from './acts.js'
import { versionIn } from './forms.js'
import { postersUp, readBy, writePosterDown, writePosterUp } from './store.js'
import { daysLookedAt, looksAfter, tasksOf } from './tasks.js'
import { TasksPage } from './tasks-page.js'

/** What the buttons say; a map, so that no name every object has is one of them. */
const writes = new Map([
  ['wisi', writePosterUp],
  ['nie-wisi', writePosterDown],
])

export function taskRoutes(app: FastifyInstance, context: Context): void {
  app.get('/praca/zadania', hidden, async (request, reply) => {
    const desk = await openDesk(context, request, reply)
    return desk === null ? reply : show(context, desk, request, reply, false)
  })

  app.post('/praca/zadania', hidden, async (request, reply) => {
    const desk = await openDesk(context, request, reply)
    if (desk === null) return reply
    const version = versionIn(request.body, desk.book)
    const buildingId = formText(request.body, 'budynek', 100)
    const mine = looksAfter(placeOf(desk.staff, desk.office), buildingId, desk.office)
    const write = writes.get(formText(request.body, 'do', 10))
    if (version === null || !mine || write === undefined) return notFound(reply)
    const said = { buildingId, accountId: desk.staff.accountId, at: context.clock.now() }
    const written = version.newest && (await write(context.database.pool, version.act, said))
    if (!written) return show(context, desk, request, reply, true)
    return reply.redirect(`/praca/zadania#${slugOf(version.act.id)}`, 303)
  })
}

async function show(context: Context, desk: Desk, request: FastifyRequest, reply: FastifyReply, changed: boolean): Promise<FastifyReply> {
  const { staff, office, book, links } = desk
  const today = officeDay(context.clock.now())
  const reading = read(book)
  const asked = livingOrdinances(book, today)
    .map((act) => {
      const first = endOf(act, reading).term.from
      const from = first !== null && first > today.toString() ? Temporal.PlainDate.from(first) : today
      return { act, provisions: provisionsOf(book, act), first, from }
    })
    // An act that names nobody to carry it out, and whose text is not held, asks for nothing the program knows of.
    .filter(({ act, provisions }) => act.textHeld && (act.executors.length > 0 || provisions.some(({ kind }) => kind === 'task')))
  const { pool } = context.database
  const last = asked.map(({ from }) => from).reduce((a, b) => (Temporal.PlainDate.compare(a, b) < 0 ? b : a), today)
  const [shifts, absences, posters, readers, accounts] = await Promise.all([
    loadShifts(context),
    loadAbsences(context, instantOf(today, 0), instantOf(last.add({ days: daysLookedAt }), 0)),
    postersUp(pool),
    readBy(pool),
    accountsOf(context, roles),
  ])
  const place = placeOf(staff, office)
  const view = {
    links,
    office,
    today: today.toString(),
    whole: place === null,
    changed,
    acts: asked.map(({ act, provisions, first, from }) => {
      const world = { office, book, shifts, absences, posters, accounts, readers: readers.get(act.id) ?? new Map() }
      return {
        act,
        provisions: provisions.filter(({ kind }) => kind === 'task'),
        first,
        tasks: tasksOf(world, act, provisions, from, place),
      }
    }),
  }
  return sendPage(reply, <TasksPage shell={request.shell} view={view} />, changed ? 409 : 200)
}
