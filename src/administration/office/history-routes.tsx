/** `/praca/urzad/historia`: who changed what of the office and when, and the way back. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { officeChanges, type KeptOfficeChange } from '../../directory/index.js'
import type { Context } from '../../platform/context.js'
import { formText } from '../../platform/http/form.js'
import { hasRole } from '../../staff/index.js'
import { sendPage } from '../../ui/index.js'
import { hidden, notFound, openDesk, type Desk } from './desk.js'
import { thingLabel } from './labels.js'
import { HistoryPage, SavePage, type SaveView } from './pages/history.js'
import { SurePage } from './pages/thing.js'
import { maySee, mayUndo } from './rules.js'
import { foreseeUndo, savedTogether, undoSave } from './undo.js'

const pageLength = 50

export function historyRoutes(app: FastifyInstance, context: Context): void {
  app.get('/praca/urzad/historia', hidden, async (request, reply) => {
    const desk = await openDesk(context, request, reply)
    if (desk === null) return reply
    const { query } = request
    const [part, subject] = [formText(query, 'czesc', 40), formText(query, 'co', 200)]
    const of = part === '' || subject === '' ? null : { part, subject }
    const before = numberOf(formText(query, 'przed', 20))
    const changes = await changesSeen(context, desk, of, before)
    const last = changes[pageLength - 1]
    const which = of === null ? '' : `czesc=${part}&co=${encodeURIComponent(subject)}&`
    const older =
      changes.length > pageLength && last !== undefined
        ? `/praca/urzad/historia?${which}przed=${of === null ? (last.savedWith ?? last.id) : last.id}`
        : null
    const view = { links: desk.links, file: desk.file, changes: changes.slice(0, pageLength), of, older }
    return sendPage(reply, <HistoryPage shell={request.shell} view={view} />)
  })

  app.get('/praca/urzad/historia/:id', hidden, async (request, reply) => {
    const desk = await openDesk(context, request, reply)
    if (desk === null) return reply
    return show(context, desk, request, reply, { done: Object.hasOwn(request.query as object, 'cofnieto') })
  })

  app.post('/praca/urzad/historia/:id', hidden, async (request, reply) => {
    const desk = await openDesk(context, request, reply)
    if (desk === null) return reply
    const { t } = request.shell
    // As any change: what somebody would feel is shown before it is done.
    const run = formText(request.body, 'pewne', 5) === 'tak' ? null : await foreseeUndo(context, desk.staff, saveAsked(request))
    if (run !== null) {
      const action = `/praca/urzad/historia/${saveAsked(request)}`
      const view = { links: desk.links, what: t(`${say}.undo.title`), action, office: desk.office, run, fields: [], removes: true }
      return sendPage(reply, <SurePage shell={request.shell} view={view} />)
    }
    const outcome = await undoSave(context, desk.staff, saveAsked(request))
    const named = (code: string, changes: readonly { part: string; subject: string }[]): readonly string[] =>
      changes.map(({ part, subject }) => t(`${say}.undo.${code}`, { what: thingLabel(t, desk.file, part, subject) }))
    switch (outcome.kind) {
      case 'undone':
        return reply.redirect(`/praca/urzad/historia/${saveAsked(request)}?cofnieto`, 303)
      case 'gone':
        return notFound(reply)
      case 'forbidden':
        return show(context, desk, request, reply, { reasons: [t(`${say}.forbidden`)] }, 403)
      case 'already':
        return show(context, desk, request, reply, { reasons: [t(`${say}.undo.already`)] }, 409)
      case 'later':
        return show(context, desk, request, reply, { reasons: named('changed', outcome.changes) }, 409)
      case 'foreign':
        return show(context, desk, request, reply, { reasons: named('foreign', outcome.changes) }, 409)
      case 'wrong':
        return show(context, desk, request, reply, { conflicts: outcome.conflicts }, 409)
    }
  })
}

const say = 'administration-office-staff'

/** One more than a page, the last one first; of everything, one change of each save. */
async function changesSeen(
  context: Context,
  { staff, office }: Desk,
  of: { readonly part: string; readonly subject: string } | null,
  before: number | null,
): Promise<readonly KeptOfficeChange[]> {
  const seesAll = hasRole(staff, ['secretary', 'administrator'])
  const limit = seesAll ? pageLength + 1 : 1_000
  const asked = of ?? (seesAll ? { firsts: true } : {})
  let saves: readonly (readonly KeptOfficeChange[])[] = []
  for (let from = before; ;) {
    const read = await officeChanges(context.database.pool, { ...asked, ...(from === null ? {} : { before: from }), limit })
    const seen = [...saves.flat(), ...read.filter((change) => maySee(staff, office, change))]
    saves = [...Map.groupBy(seen, ({ id, savedWith }) => (of === null ? (savedWith ?? id) : id)).values()]
    from = read.at(-1)?.id ?? null
    if (saves.length > pageLength + 1 || seesAll || read.length < limit) break
  }
  // The first change a head sees of a save stands for it, with the count of those the head sees.
  return saves.slice(0, pageLength + 1).flatMap((save) => {
    const first = save.at(-1)
    return first === undefined ? [] : [seesAll ? first : { ...first, more: save.length - 1 }]
  })
}

async function show(
  context: Context,
  { links, file, staff, office }: Desk,
  request: FastifyRequest,
  reply: FastifyReply,
  more: Partial<SaveView>,
  status = 200,
): Promise<FastifyReply> {
  const changes = await savedTogether(context.database.pool, saveAsked(request))
  const seen = changes.filter((change) => maySee(staff, office, change))
  if (changes.length === 0 || (seen.length === 0 && status === 200)) return notFound(reply)
  const may = mayUndo(staff, office, changes) && changes.every(({ undoneBy }) => undoneBy === null)
  const view = { links, file, changes: seen, mayUndo: may, conflicts: [], reasons: [], done: false, ...more }
  return sendPage(reply, <SavePage shell={request.shell} view={view} />, status)
}

/** The number in the address; 0, which no save has, for anything else. */
function saveAsked(request: FastifyRequest): number {
  const { id } = request.params as { id: string }
  return numberOf(id) ?? 0
}

function numberOf(text: string): number | null {
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null
}
