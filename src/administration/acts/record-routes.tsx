/** `/praca/akty/ID/podpis` and `/publikacja`: what happened on paper is recorded. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { JSX } from 'preact'
import { officeDay } from '../../platform/clock.js'
import type { Context } from '../../platform/context.js'
import type { FieldError } from '../../platform/decision.js'
import { wallTime } from '../../platform/words.js'
import { sendPage, type Shell } from '../../ui/index.js'
import { isRefused, recordPublication, recordSignature, type Outcome } from './actions.js'
import { draftAt, hidden, notFound, openDesk, roomy, type Desk } from './desk.js'
import { readPublication, readSignature } from './forms.js'
import type { Draft } from './model.js'
import { PublishPage, SignPage, type RecordView } from './pages/record.js'
import { stepsFor } from './rules.js'
import { typedIn, typedOf, written, type Typed } from '../form/typed.js'

interface Recording {
  readonly path: 'podpis' | 'publikacja'
  readonly step: 'sign' | 'publish'
  readonly page: (options: { shell: Shell; view: RecordView }) => JSX.Element
  /** What the form says before anything is typed. */
  readonly prefilled: (draft: Draft, now: Temporal.Instant) => Typed
  readonly take: (desk: Desk, draft: Draft, body: unknown) => Promise<Outcome> | { readonly errors: readonly FieldError[] }
}

export function recordRoutes(app: FastifyInstance, context: Context): void {
  const recordings: readonly Recording[] = [
    {
      path: 'podpis',
      step: 'sign',
      page: SignPage,
      prefilled: ({ corrects, content }) => typedOf(new Map(corrects === null ? signatureOf(content.act) : [])),
      take: (desk, draft, body) => {
        const read = readSignature(body)
        return 'errors' in read ? read : recordSignature(context, desk.staff, draft.id, read)
      },
    },
    {
      path: 'publikacja',
      step: 'publish',
      page: PublishPage,
      prefilled: (draft, now) =>
        typedOf(
          new Map([
            ['places', (draft.content.act.publication ?? []).join('\n')],
            ['publishedOn', written(officeDay(now).toString())],
            ['publishedAt', wallTime(now)],
          ]),
        ),
      take: (desk, draft, body) => {
        const read = readPublication(body)
        return 'errors' in read ? read : recordPublication(context, desk.staff, draft.id, read)
      },
    },
  ]
  for (const recording of recordings) {
    const address = `/praca/akty/:id/${recording.path}`
    app.get(address, hidden, (request, reply) => show(recording, request, reply))
    app.post(address, roomy, (request, reply) => record(recording, request, reply))
  }

  async function show(recording: Recording, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const desk = await openDesk(context, request, reply)
    if (desk === null) return reply
    const draft = await draftAt(context, request)
    if (draft === null) return notFound(reply)
    if (!stepsFor(draft, desk.staff).has(recording.step)) return reply.redirect(`/praca/akty/${draft.id}`, 303)
    const typed = recording.prefilled(draft, context.clock.now())
    return send(recording, request, reply, { links: desk.links, draft, typed, errors: [] }, 200)
  }

  async function record(recording: Recording, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const desk = await openDesk(context, request, reply)
    if (desk === null) return reply
    const draft = await draftAt(context, request)
    if (draft === null) return notFound(reply)
    const outcome = await recording.take(desk, draft, request.body)
    if (outcome !== null && 'errors' in outcome) {
      const view = { links: desk.links, draft, typed: typedIn(request.body), errors: outcome.errors }
      return send(recording, request, reply, view, isRefused(outcome as Outcome) && 'draft' in outcome ? 409 : 422)
    }
    return outcome === null ? notFound(reply) : reply.redirect(`/praca/akty/${draft.id}`, 303)
  }
}

function send(recording: Recording, request: FastifyRequest, reply: FastifyReply, view: RecordView, status: number): FastifyReply {
  const { page: Page } = recording
  return sendPage(reply, <Page shell={request.shell} view={view} />, status)
}

function signatureOf(act: Draft['content']['act']): [string, string][] {
  return [
    ['number', act.number ?? ''],
    ['signedOn', written(act.signedOn)],
  ]
}
