/** `/praca/akty/wczytaj`: an act taken over as data. Nothing is guessed: what cannot be read is said, what is not ours is asked. */
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Context } from '../../platform/context.js'
import type { Directory } from '../../directory/index.js'
import type { FieldError } from '../../platform/decision.js'
import { words } from '../../platform/words.js'
import { actsProblems, checkActs, type ActsDocument } from '../../regulation/index.js'
import { sendPage } from '../../ui/index.js'
import { beginDraft } from './actions.js'
import { hidden, openDesk, roomy, type Desk } from './desk.js'
import {
  contentOf,
  placeKey,
  placeKinds,
  strangersIn,
  textOfDocument,
  withPlaces,
  type PlaceKind,
  type PlaceMap,
  type Stranger,
} from './document.js'
import { ImportPage, leftOut, MappingPage, mappingField, ownPlaces } from './pages/import.js'
import { linesIn, wrong } from '../form/read.js'
import { pastedText } from './routes.js'
import { sayProblems, type Problem } from './say-problems.js'
import { typedIn, type Typed } from '../form/typed.js'

/** Faults shown at once: of a file that is something else there are thousands. */
const problemsShown = 50

export function importRoutes(app: FastifyInstance, context: Context): void {
  app.get('/praca/akty/wczytaj', hidden, async (request, reply) => {
    const desk = await openDesk(context, request, reply)
    if (desk === null) return reply
    const view = { links: desk.links, pasted: '', errors: [], problems: [] }
    return sendPage(reply, <ImportPage shell={request.shell} view={view} />)
  })

  app.post('/praca/akty/wczytaj', roomy, async (request, reply) => {
    const desk = await openDesk(context, request, reply)
    if (desk === null) return reply
    if (isDocument(request.body)) return takeDocument(context, desk, reply, request.body)
    const { t } = request.shell
    const pasted = pastedText(request.body, 'json')
    const broken = (errors: readonly FieldError[], problems: readonly Problem[] = []): FastifyReply =>
      sendPage(reply, <ImportPage shell={request.shell} view={{ links: desk.links, pasted, errors, problems }} />, 422)
    const document = parsed(pasted)
    if (document === null) return broken([wrong('json', 'not-json')])
    const faults = checkActs(document)
    if (faults.length > 0) return broken([wrong('json', 'import')], sayProblems(t, faults).slice(0, problemsShown))
    const acts = document as ActsDocument
    if (acts.acts.length !== 1) return broken([wrong('json', 'one-act', { count: acts.acts.length })])
    const strangers = strangersIn(acts, (kind, id) => hasPlace(desk.office, kind, id))
    const typed = typedIn(request.body)
    const answers = new Set(linesIn(request.body, 'asked'))
    const asked = strangers.length > 0 && strangers.every(({ kind, id }) => answers.has(placeKey(kind, id)))
    const map = asked ? readMap(desk.office, strangers, typed) : { errors: [] }
    if (strangers.length > 0 && 'errors' in map) {
      const [act] = acts.acts
      const view = {
        links: desk.links,
        pasted,
        name: `${act?.number} ${act?.title}`,
        strangers,
        office: desk.office,
        typed,
        errors: map.errors,
      }
      return sendPage(reply, <MappingPage shell={request.shell} view={view} />, map.errors.length > 0 ? 422 : 200)
    }
    const content = contentOf('errors' in map ? acts : withPlaces(acts, map.places))
    const id = await beginDraft(context, desk.staff, { content, text: textOfDocument(acts), imported: true })
    return reply.redirect(`/praca/akty/${id}`, 303)
  })
}

/** A program sends the document itself, as JSON, instead of a form. */
function isDocument(body: unknown): boolean {
  return typeof body === 'object' && body !== null && Object.hasOwn(body, 'acts')
}

/** The draft's address, or each fault with its place; a program is not asked which place is meant, so all must be ours. */
async function takeDocument(context: Context, desk: Desk, reply: FastifyReply, document: unknown): Promise<FastifyReply> {
  const faults = await actsProblems(context.database.pool, document)
  const count = faults.length > 0 ? 1 : (document as ActsDocument).acts.length
  if (faults.length > 0 || count !== 1) {
    const t = words('pl')
    const errors =
      faults.length > 0 ? sayProblems(t, faults) : [{ place: '/acts', sentence: t('administration-staff.error.one-act', { count }) }]
    return reply.code(422).send({ errors: errors.slice(0, problemsShown) })
  }
  const taken = document as ActsDocument
  const id = await beginDraft(context, desk.staff, { content: contentOf(taken), text: textOfDocument(taken), imported: true })
  const href = `/praca/akty/${id}`
  return reply.code(201).header('location', href).send({ id, href })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}

/** Which of our places each is; every one must be answered. */
function readMap(
  office: Directory,
  strangers: readonly Stranger[],
  typed: Typed,
): { readonly places: PlaceMap } | { readonly errors: readonly FieldError[] } {
  const places = new Map<string, string | null>()
  const errors: FieldError[] = []
  for (const [index, { kind, id }] of strangers.entries()) {
    const own = typed.text(mappingField(index))
    if (own === leftOut) places.set(placeKey(kind, id), null)
    else if (ownPlaces(office, kind).some(([value]) => value === own)) places.set(placeKey(kind, id), own)
    else errors.push(wrong(mappingField(index), 'place', { id }))
  }
  return errors.length > 0 ? { errors } : { places }
}

function hasPlace(office: Directory, kind: PlaceKind, id: string): boolean {
  const known = { building: office.buildings, room: office.rooms, unit: office.units, service: office.services }
  return placeKinds.includes(kind) && known[kind].has(id)
}
