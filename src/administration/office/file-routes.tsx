/** `/praca/urzad/plik` and `/praca/urzad/tabela`: the office as a file and as tables, out and in. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { officeDifferences, officeText, readOffice, type OfficeFile } from '../../directory/index.js'
import type { Context } from '../../platform/context.js'
import type { FieldError } from '../../platform/decision.js'
import { formText } from '../../platform/http/form.js'
import { hasRole } from '../../staff/index.js'
import { sendPage } from '../../ui/index.js'
import { textLengthMax } from '../form/read.js'
import { loadFile, runOf, seenFile, closedService } from './actions.js'
import { readCsv, writeCsv } from './csv.js'
import { csvKinds, type CsvKind } from './csv-columns.js'
import { hidden, desksAsked, openDesk, type Desk } from './desk.js'
import { faultSentence } from './labels.js'
import { FilePage, PreviewPage, TablePage, type FileView, type TableView } from './pages/file.js'
import { mayChange, mayLoad } from './rules.js'

/** A whole office, as a form writes it. */
const large = { schema: { hide: true }, bodyLimit: 8 * 1024 * 1024 } as const
const fileLengthMax = 2_000_000

const say = 'administration-office-staff'

export function officeFileRoutes(app: FastifyInstance, context: Context): void {
  app.get('/praca/urzad/plik', hidden, async (request, reply) => {
    const desk = await openWhole(context, request, reply)
    if (desk === null) return reply
    return showFile(desk, request, reply, { done: Object.hasOwn(request.query as object, 'wczytano') })
  })

  app.get('/praca/urzad/plik.json', hidden, async (request, reply) => {
    const desk = await openWhole(context, request, reply)
    if (desk === null) return reply
    return reply
      .type('application/json; charset=utf-8')
      .header('content-disposition', `attachment; filename="${desk.office.office.slug}.json"`)
      .send(officeText(desk.file))
  })

  app.post('/praca/urzad/plik', large, async (request, reply) => {
    const desk = await openWhole(context, request, reply)
    if (desk === null) return reply
    const { t } = request.shell
    const pasted = rawText(request.body, 'plik')
    const { office, problems } = readOffice(pasted.replace(/^\uFEFF/, ''))
    if (pasted.length > fileLengthMax || office === null) {
      const said = problems.map(({ line, column, pointer, message, values }) => ({
        line,
        column,
        pointer,
        // In a file the name of the missing key says more than its place.
        sentence: message.endsWith('.missing') ? t(message, values) : faultSentence(t, message, values),
      }))
      const errors = [wrong('plik', pasted.trim() === '' ? 'file.empty' : 'file.wrong')]
      return showFile(desk, request, reply, { pasted, errors, problems: said }, 422)
    }
    const { demonstration: _people, ...file } = office
    if (!mayLoad(desk.staff, officeDifferences(desk.whole, file).things))
      return showFile(desk, request, reply, { pasted, errors: [wrong('plik', 'file.forbidden')] }, 403)
    if (officeText(file) === officeText(desk.file))
      return showFile(desk, request, reply, { pasted, errors: [wrong('plik', 'file.same')] }, 422)
    return previewed(context, desk, request, reply, file, { action: '/praca/urzad/plik', fields: [['plik', pasted]] })
  })

  app.get('/praca/urzad/tabela', hidden, async (request, reply) => {
    const desk = await openDesk(context, request, reply)
    if (desk === null) return reply
    return showTable(desk, request, reply, { done: Object.hasOwn(request.query as object, 'wczytano') })
  })

  for (const [word, kind] of [
    ['kontakty', 'contacts'],
    ['sprawy', 'services'],
  ] as const)
    app.get(`/praca/urzad/tabela/${word}.csv`, hidden, async (request, reply) => {
      const desk = await openDesk(context, request, reply)
      if (desk === null) return reply
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="${word}.csv"`)
        .send(writeCsv(desk.file, kind))
    })

  app.post('/praca/urzad/tabela', large, async (request, reply) => {
    const desk = await openDesk(context, request, reply)
    if (desk === null) return reply
    const { staff, office, file } = desk
    const kind: CsvKind = csvKinds.find((each) => each === formText(request.body, 'rodzaj', 20)) ?? 'contacts'
    const pasted = rawText(request.body, 'tabela')
    if (pasted.length > textLengthMax * 5) return showTable(desk, request, reply, { kind, errors: [wrong('tabela', 'csv.too-long')] }, 422)
    const read = readCsv(file, kind, pasted, {
      mayChange: (part, thing) => mayChange(staff, office, part, thing),
      closed: (id) => closedService(desk.whole, id),
      desks: desksAsked(desk),
    })
    if (read.errors.length > 0 || read.conflicts.length > 0) {
      const errors = [wrong('tabela', 'csv.wrong-table')]
      return showTable(desk, request, reply, { kind, pasted, errors, cells: read.errors, conflicts: read.conflicts }, 422)
    }
    if (officeText(read.file) === officeText(file))
      return showTable(desk, request, reply, { kind, pasted, errors: [wrong('tabela', 'file.same')] }, 422)
    const fields = [
      ['rodzaj', kind],
      ['tabela', pasted],
    ] as const
    return previewed(context, desk, request, reply, read.file, { action: '/praca/urzad/tabela', fields })
  })
}

/** Shows what a file changes, or changes it where it was shown already and nobody changed the office since. */
async function previewed(
  context: Context,
  desk: Desk,
  request: FastifyRequest,
  reply: FastifyReply,
  file: OfficeFile,
  { action, fields }: { readonly action: string; readonly fields: readonly (readonly [string, string])[] },
): Promise<FastifyReply> {
  const loads = formText(request.body, 'do', 20) === 'wczytaj'
  if (loads && (await loadFile(context, desk.staff, file, formText(request.body, 'seen', 40))) !== 'meanwhile')
    return reply.redirect(`${action}?wczytano`, 303)
  const view = {
    links: desk.links,
    file: desk.file,
    office: desk.office,
    differences: officeDifferences(desk.whole, file),
    run: await runOf(context, desk.whole, file),
    action,
    fields: [...fields, ['seen', seenFile(desk.file)] as const],
    meanwhile: loads,
  }
  return sendPage(reply, <PreviewPage shell={request.shell} view={view} />, loads ? 409 : 200)
}

/** The whole file is for those who keep the whole office. */
async function openWhole(context: Context, request: FastifyRequest, reply: FastifyReply): Promise<Desk | null> {
  const desk = await openDesk(context, request, reply)
  if (desk === null || hasRole(desk.staff, ['secretary', 'administrator'])) return desk
  void reply.redirect('/praca/urzad', 303)
  return null
}

function showFile({ links }: Desk, request: FastifyRequest, reply: FastifyReply, more: Partial<FileView>, status = 200): FastifyReply {
  const view = { links, pasted: '', errors: [], problems: [], done: false, ...more }
  return sendPage(reply, <FilePage shell={request.shell} view={view} />, status)
}

function showTable(
  { links, file }: Desk,
  request: FastifyRequest,
  reply: FastifyReply,
  more: Partial<TableView>,
  status = 200,
): FastifyReply {
  const view: TableView = { links, file, kind: 'contacts', pasted: '', errors: [], cells: [], conflicts: [], done: false, ...more }
  return sendPage(reply, <TablePage shell={request.shell} view={view} />, status)
}

/** A field of many lines exactly as it was pasted. */
function rawText(body: unknown, name: string): string {
  const value = typeof body === 'object' && body !== null && Object.hasOwn(body, name) ? (body as Record<string, unknown>)[name] : ''
  return typeof value === 'string' ? value : ''
}

function wrong(field: string, code: string): FieldError {
  return { field, message: `${say}.${code}` }
}
