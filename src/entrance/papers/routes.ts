/** Papers left, on the guard's addresses: the receipt on paper or by mail, and the list handed over each day. */
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../platform/context.js'
import { officeDay } from '../../platform/clock.js'
import { formText } from '../../platform/http/form.js'
import { parseReference } from '../../platform/references.js'
import { readDay } from '../../platform/typed-time.js'
import { readEmail, readName } from '../../booking/index.js'
import { directory } from '../../directory/index.js'
import { staffLinks } from '../../staff/index.js'
import { sendPage } from '../../ui/index.js'
import { findVisit, type Visit } from '../../visit/index.js'
import { sendLetter } from '../assisted/actions.js'
import type { Door, DoorOf } from '../at-door.js'
import { answerAsked, showDoor } from '../show.js'
import { HandOverPage, ReceiptPage } from './pages.js'
import { findPapers, papersOfDay, writeName, type Papers } from './store.js'

const page = { schema: { hide: true } }
type ByReference = { Params: { reference: string } }

export function papersRoutes(app: FastifyInstance, context: Context, doorOf: DoorOf): void {
  const { pool } = context.database

  /** Papers that were left at this door. */
  const found = async (door: Door, typed: string): Promise<{ visit: Visit; papers: Papers } | null> => {
    const reference = parseReference(typed)
    const visit = reference === null ? null : await findVisit(pool, reference)
    const papers = visit === null ? null : await findPapers(pool, visit.id)
    return visit === null || papers === null || papers.buildingId !== door.building.id ? null : { visit, papers }
  }

  app.get<ByReference>('/praca/wejscie/:building/potwierdzenie/:reference', page, async (request, reply) => {
    const door = await doorOf(request, reply)
    if (door === null) return reply
    const left = await found(door, request.params.reference)
    if (left === null) return reply.callNotFound()
    const office = await directory(context)
    const links = staffLinks(request.shell.t, door.staff, office)
    return sendPage(reply, ReceiptPage({ shell: request.shell, office, links, back: door.base, papers: left.papers }))
  })

  app.post<ByReference>('/praca/wejscie/:building/potwierdzenie/:reference', page, async (request, reply) => {
    const door = await doorOf(request, reply)
    if (door === null) return reply
    const left = await found(door, request.params.reference)
    if (left === null) return reply.callNotFound()
    const { visit, papers } = left
    const back = `${door.base}?wpis=${formText(request.body, 'wpis', 15).replaceAll(/\D/g, '')}`
    const typed = { name: formText(request.body, 'name', 200), email: formText(request.body, 'email', 300) }
    const name = typed.name.trim() === '' ? null : readName(typed.name)
    const mail = formText(request.body, 'co', 10) === 'mail'
    const email = mail ? readEmail(typed.email) : null
    const errors = [
      ...(typed.name.trim() !== '' && name === null ? [{ field: 'name', message: 'booking.error.name-wrong' }] : []),
      ...(mail && email === null ? [{ field: 'email', message: 'entrance-staff.help.email-missing' }] : []),
      ...(!mail && typed.name.trim() === '' ? [{ field: 'name', message: 'booking.error.name-missing' }] : []),
    ]
    if (errors.length > 0) {
      const asked = await answerAsked(context, door.building.id, { wpis: back.split('=')[1] })
      return showDoor(request, reply, context, { ...door, answer: asked, papersTyped: { ...typed, errors } })
    }
    if (name !== null) await writeName(pool, papers.visitId, name)
    if (email !== null) await sendLetter(context, { accountId: door.staff.accountId, serviceId: visit.serviceId, email, papers: visit })
    return reply.redirect(`${back}&info=${email === null ? 'name-kept' : 'receipt-sent'}`, 303)
  })

  app.get('/praca/wejscie/:building/koperty', page, async (request, reply) => {
    const door = await doorOf(request, reply)
    if (door === null) return reply
    const office = await directory(context)
    const day = readDay(formText(request.query, 'dzien', 10)) ?? officeDay(context.clock.now())
    const papers = await papersOfDay(pool, door.building.id, day)
    const links = staffLinks(request.shell.t, door.staff, office)
    const view = { office, links, back: door.base, building: door.building, day, papers }
    return sendPage(reply, HandOverPage({ shell: request.shell, ...view }))
  })
}
