/** `/praca/urzad`: the parts of the office, their things, and the form of each. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { officePart, onlyOne, thingIn } from '../../directory/index.js'
import type { Context } from '../../platform/context.js'
import type { FieldError } from '../../platform/decision.js'
import { formList, formText } from '../../platform/http/form.js'
import type { Translate } from '../../platform/words.js'
import { hasRole } from '../../staff/index.js'
import { sendPage } from '../../ui/index.js'
import { fieldName, inRow, type Field } from '../form/fields.js'
import { rowsMax } from '../form/read.js'
import { nothingTyped, typedIn } from '../form/typed.js'
import { changeOffice, foresee, seenOf, type Change } from './actions.js'
import { hidden, choicesIn, desksAsked, notFound, openDesk, type Desk } from './desk.js'
import { shownOf } from './edit.js'
import { fieldsOfPart, readThing, typedThing } from './fields.js'
import { faultSentence, partLabel, thingLabel, wordsOfPart } from './labels.js'
import type { Edit, Outcome } from './model.js'
import { ListPage, MenuPage } from './pages/list.js'
import { desksField, SurePage, ThingPage, type ThingView } from './pages/thing.js'
import { addressOf, isSingle, pageAt, partPages } from './parts.js'
import { asksFor, mayAdd, mayChange, mayKeep, mayOccupy, mayRemove } from './rules.js'

/** Own texts of an office are long. */
const roomy = { schema: { hide: true }, bodyLimit: 1024 * 1024 } as const

export function officeRoutes(app: FastifyInstance, context: Context): void {
  app.get('/praca/urzad', hidden, async (request, reply) => {
    const desk = await openDesk(context, request, reply)
    if (desk === null) return reply
    const parts = partPages
      .filter(({ part }) => mayKeep(desk.staff, part))
      .map(({ part }) => ({ part, count: officePart(part)?.things(desk.file).size ?? 0 }))
    const view = { links: desk.links, parts, keepsAll: hasRole(desk.staff, ['secretary', 'administrator']) }
    return sendPage(reply, <MenuPage shell={request.shell} view={view} />)
  })

  app.get('/praca/urzad/:part', hidden, async (request, reply) => {
    const desk = await openDesk(context, request, reply)
    if (desk === null) return reply
    const part = partOf(desk, request)
    if (part === null) return notFound(reply)
    if (isSingle(part)) return showThing(desk, request, reply, part, thingIn(desk.file, part, onlyOne) === null ? null : onlyOne)
    const things = [...(officePart(part)?.things(desk.file) ?? [])].map(([subject, thing]) => ({
      subject,
      name: partPages.find((each) => each.part === part)?.name(desk.file, thing) ?? subject,
      open: mayChange(desk.staff, desk.office, part, thing),
    }))
    const view = { links: desk.links, part, things, mayAdd: mayAdd(desk.staff, part), done: doneIn(desk, request, part) }
    return sendPage(reply, <ListPage shell={request.shell} view={view} />)
  })

  app.post('/praca/urzad/:part', roomy, async (request, reply) => {
    const desk = await openDesk(context, request, reply)
    if (desk === null) return reply
    const part = partOf(desk, request)
    if (part === null || !isSingle(part)) return notFound(reply)
    return save(context, desk, request, reply, part, thingIn(desk.file, part, onlyOne) === null ? null : onlyOne)
  })

  app.get('/praca/urzad/:part/:id', hidden, async (request, reply) => {
    const desk = await openDesk(context, request, reply)
    if (desk === null) return reply
    const part = partOf(desk, request)
    const { id } = request.params as { id: string }
    if (part === null || isSingle(part)) return notFound(reply)
    if (id === newThing) return mayAdd(desk.staff, part) ? showThing(desk, request, reply, part, null) : forbidden(reply, part)
    const thing = thingIn(desk.file, part, id)
    if (thing === null) return notFound(reply)
    if (!mayChange(desk.staff, desk.office, part, thing)) return forbidden(reply, part)
    return showThing(desk, request, reply, part, id)
  })

  app.post('/praca/urzad/:part/:id', roomy, async (request, reply) => {
    const desk = await openDesk(context, request, reply)
    if (desk === null) return reply
    const part = partOf(desk, request)
    const { id } = request.params as { id: string }
    if (part === null || isSingle(part)) return notFound(reply)
    if (id === newThing && !mayAdd(desk.staff, part)) return forbidden(reply, part)
    return save(context, desk, request, reply, part, id === newThing ? null : id)
  })
}

/** The last step of the address of a new thing; no thing has this id. */
const newThing = 'nowe'

function partOf({ staff }: Desk, request: FastifyRequest): string | null {
  const { part: slug } = request.params as { part: string }
  const page = pageAt(slug)
  return page !== undefined && mayKeep(staff, page.part) ? page.part : null
}

function fieldsFor(desk: Desk, part: string): ReturnType<typeof fieldsOfPart> {
  return fieldsOfPart(part, (key) => asksFor(desk.staff, part, key))
}

function showThing(desk: Desk, request: FastifyRequest, reply: FastifyReply, part: string, subject: string | null): FastifyReply {
  const shown = shownOf(desk.file, part, subject)
  const offering = (shown?.['desks'] as readonly string[] | undefined) ?? []
  const fields = fieldsFor(desk, part)
  const typed = subject === null ? nothingTyped : typedThing(fields, shown, new Map([[desksField, offering]]))
  return sendPage(
    reply,
    <ThingPage shell={request.shell} view={viewOf(desk, part, subject, { typed, done: doneIn(desk, request, part) })} />,
  )
}

function viewOf(desk: Desk, part: string, subject: string | null, more: Partial<ThingView>): ThingView {
  const { links, file, staff } = desk
  const asked = new Set(desksAsked(desk))
  return {
    links,
    file,
    part,
    subject,
    seen: seenOf(file, part, subject),
    fields: fieldsFor(desk, part),
    typed: nothingTyped,
    choices: (to) => (part === 'desk' ? deskChoices(desk, to, subject) : choicesIn(file, to)),
    desks: part === 'service' ? choicesIn(file, 'desk').filter(({ value }) => asked.has(value ?? '')) : null,
    mayRemove: mayRemove(staff, part),
    errors: [],
    conflicts: [],
    done: null,
    ...more,
  }
}

/** What the desk names already, and what the person may have it name. */
function deskChoices({ staff, office, file }: Desk, to: string, subject: string | null): ReturnType<typeof choicesIn> {
  const held = subject === null ? null : thingIn(file, 'desk', subject)
  const there = [held?.['services'], held?.['roomId']].flat()
  return choicesIn(file, to).filter(({ value = '' }) => {
    if (to === 'service') return there.includes(value) || mayChange(staff, office, to, thingIn(file, to, value) ?? {})
    return to !== 'room' || there.includes(value) || mayOccupy(staff, office, file, value)
  })
}

async function save(
  context: Context,
  desk: Desk,
  request: FastifyRequest,
  reply: FastifyReply,
  part: string,
  subject: string | null,
): Promise<FastifyReply> {
  const { body } = request
  const { t } = request.shell
  const action = formText(body, 'do', 10)
  const removes = action === 'usun'
  const old = subject === null ? null : thingIn(desk.file, part, subject)
  const fields = fieldsFor(desk, part)
  const { thing, errors } = removes ? { thing: null, errors: [] } : readThing(part, fields, body, old)
  const seen = formText(body, 'seen', 40)
  const again = (more: Partial<ThingView>, status: number): FastifyReply => {
    const typed = removes ? typedThing(fields, old, new Map([[desksField, offeringOf(desk, part, subject)]])) : typedIn(body)
    return sendPage(reply, <ThingPage shell={request.shell} view={viewOf(desk, part, subject, { typed, seen, ...more })} />, status)
  }
  if (errors.length > 0) return again({ errors: errors.map((each) => named(t, part, fields, each)) }, 422)
  if (action === 'wroc') return again({}, 200)
  const desks = part === 'service' && !removes ? { chosen: formList(body, desksField, 500), asked: desksAsked(desk) } : undefined
  const edit: Edit = { part, subject, thing, ...(desks === undefined ? {} : { desks }) }
  const change: Change = { edit, seen, form: { fields, body } }
  const outcome = await step(context, desk, change, formText(body, 'pewne', 5) === 'tak')
  switch (outcome.kind) {
    case 'effects': {
      const what =
        thing === null
          ? t(`${say}.removed`, { what: thingLabel(t, desk.file, part, subject ?? '') })
          : thingLabel(t, desk.file, part, subject ?? '', thing)
      const view = {
        links: desk.links,
        what,
        action: request.url.split('?')[0] ?? '',
        office: desk.office,
        run: outcome.run,
        removes,
        fields: sentFields(body),
      }
      return sendPage(reply, <SurePage shell={request.shell} view={view} />)
    }
    case 'saved':
    case 'same': {
      const done = outcome.kind === 'same' ? 'bez-zmian' : removes ? 'zamknieto' : 'zapisano'
      return reply.redirect(
        isSingle(part) ? `${addressOf(part, '')}?${done}` : `${addressOf(part, '')}?${done}=${encodeURIComponent(outcome.subject)}`,
        303,
      )
    }
    case 'gone':
      return again({ conflicts: [{ thing: null, message: `${say}.gone`, values: {} }] }, 409)
    case 'forbidden':
      return again({ conflicts: [{ thing: null, message: `${say}.forbidden`, values: {} }] }, 403)
    case 'meanwhile':
      return again({ seen: outcome.seen, meanwhile: { now: outcome.now, typed: thing } }, 409)
    case 'wrong': {
      const wrong = outcome.faults.errors.map((each): FieldError => ({
        field: each.field,
        message: `${say}.said`,
        values: { what: faultSentence(t, each.message, each.values) },
      }))
      return again({ errors: wrong, conflicts: outcome.faults.conflicts }, 422)
    }
  }
}

const say = 'administration-office-staff'

type Step =
  | Outcome
  | { readonly kind: 'effects'; readonly run: NonNullable<Extract<Awaited<ReturnType<typeof foresee>>, { kind: 'right' }>['effects']> }

/** What touches nothing is saved at once; what touches hours, times or visits is shown first. */
async function step(context: Context, { staff }: Desk, change: Change, sure: boolean): Promise<Step> {
  if (!sure) {
    const seen = await foresee(context, staff, change)
    if (seen.kind !== 'right') return seen
    if (seen.effects !== null) return { kind: 'effects', run: seen.effects }
  }
  return changeOffice(context, staff, change)
}

/** An empty field is told of by its name: the summary of a long form has many. */
function named(t: Translate, part: string, fields: readonly Field[], error: FieldError): FieldError {
  if (!error.message.endsWith('.needed')) return error
  const all = fields.flatMap((field) =>
    field.type === 'rows'
      ? Array.from({ length: rowsMax }, (_, index) => field.fields.map((each) => inRow(field, index, each))).flat()
      : [field],
  )
  const field = all.find((each) => fieldName(each) === error.field)
  return field === undefined ? error : { field: error.field, message: `${say}.needed`, values: { what: wordsOfPart(t, part).label(field) } }
}

function offeringOf({ file }: Desk, part: string, subject: string | null): readonly string[] {
  return (shownOf(file, part, subject)?.['desks'] as readonly string[] | undefined) ?? []
}

/** All that was sent but the button, in its order. */
function sentFields(body: unknown): readonly (readonly [string, string])[] {
  return Object.entries(body as Readonly<Record<string, unknown>>)
    .filter(([name]) => name !== 'do' && name !== 'pewne')
    .flatMap(([name, value]) => [value].flat().map((each) => [name, String(each)] as const))
}

/** What was just done, said on the page the form leads to. */
function doneIn({ file }: Desk, request: FastifyRequest, part: string): string | null {
  const { t } = request.shell
  const query = request.query as Readonly<Record<string, unknown>>
  if ('bez-zmian' in query) return t(`${say}.same`)
  const [key, word] = 'zapisano' in query ? ['zapisano', 'saved'] : ['zamknieto', 'removed']
  if (!(key in query)) return null
  const subject = isSingle(part) ? onlyOne : formText(query, key, 200)
  const known = thingIn(file, part, subject) !== null
  return t(`${say}.${word}`, { what: known ? thingLabel(t, file, part, subject) : partLabel(t, part) })
}

function forbidden(reply: FastifyReply, part: string): FastifyReply {
  return reply.redirect(addressOf(part, ''), 303)
}
