/**
 * What the directory serves: the contact page and its list in three forms, the services of the
 * office, and the schema of office files. It knows no act: hours and channels are asked of the
 * functions it is given.
 */
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { officeDay } from '../platform/clock.js'
import type { Context } from '../platform/context.js'
import { refuse } from '../platform/decision.js'
import { preferredType } from '../platform/http/accept.js'
import { formText } from '../platform/http/form.js'
import { sendRefusal } from '../platform/problem.js'
import { KeptPages, renderFragment, sendPublicPage } from '../ui/index.js'
import { directory } from './actions.js'
import { officeSchema } from './schema.js'
import { contactJson, contactSchema, contactsCsv, contactsVcard } from './contact-formats.js'
import { contacts, type Contact, type HoursOn } from './contacts.js'
import { confirmedOn } from './confirmations.js'
import { ContactFragment } from './pages/contact-fragment.js'
import { ContactPage } from './pages/contact-page.js'
import { FoundPage } from './pages/found-page.js'
import { DeclarationPage } from './pages/declaration-page.js'
import { mediaBytes, namedFiles, sendMedia } from './media.js'
import { EasyReadPage } from './pages/easy-read-page.js'
import { FilmPage } from './pages/film-page.js'
import type { Service, Unit } from './model.js'
import { filmPath } from './rules.js'

export interface DirectoryRouteOptions {
  /** Folder of the files the office gives, absolute. */
  readonly mediaFolder: string
  /** What hours and channels rest on, another object once an act changed. */
  readonly law: () => Promise<object>
  /** Hours of a unit on a day, by the acts in force. */
  readonly hoursOn: HoursOn
  /** Units that fit what was typed, the best first: by their names, by the matters they handle, by everyday words. */
  readonly unitsFor: (typed: string) => Promise<readonly Unit[]>
  /** How a visit for a service may be booked when asked at that minute, by the acts in force. */
  readonly channelsOf: (service: Service, at: Temporal.Instant) => Promise<readonly ServiceChannel[]>
}

const channels = ['web', 'phone', 'email', 'request'] as const
export type ServiceChannel = (typeof channels)[number]

const forms = ['application/json', 'text/csv', 'text/vcard'] as const
type Form = (typeof forms)[number]

const fileForms: ReadonlyMap<string, Form> = new Map([
  ['json', 'application/json'],
  ['csv', 'text/csv'],
  ['vcf', 'text/vcard'],
])

const serviceSchema = z.object({
  id: z.string(),
  name: z.string(),
  unit: z.string(),
  building: z.string(),
  durationMinutes: z.int(),
  channels: z.array(z.enum(channels)),
})

export function directoryRoutes(app: FastifyInstance, context: Context, options: DirectoryRouteOptions): void {
  const list = async (): Promise<readonly Contact[]> =>
    contacts(await directory(context), officeDay(context.clock.now()), options.hoursOn, await confirmedOn(context))

  const pages = new KeptPages()
  app.get('/kontakt', async (request, reply) => {
    const asked = formText(request.query, 'q', 200)
    const [office, law] = await Promise.all([directory(context), options.law()])
    const day = officeDay(context.clock.now())
    if (asked !== '') {
      const found = (await options.unitsFor(asked)).map(({ id }) => id)
      const all = await list()
      const listed = found.flatMap((id) => all.find((each) => each.id === id) ?? [])
      return sendPublicPage(reply, FoundPage({ shell: request.shell, directory: office, contacts: listed, asked }))
    }
    const listed = await list()
    return pages.send(request, reply, {
      path: '/kontakt',
      madeOf: [office, law, day.toString()],
      page: (shell) => ContactPage({ shell, directory: office, contacts: listed, day }),
    })
  })
  app.get<{ Params: { form: string } }>('/kontakt/lista.:form', async (request, reply) => {
    const form = fileForms.get(request.params.form)
    if (form === undefined) return reply.callNotFound()
    return sendList(reply.header('content-disposition', `attachment; filename="kontakt.${request.params.form}"`), form, await list())
  })
  app.get('/kontakt/bip.html', async (_request, reply) => {
    const [office, listed] = await Promise.all([directory(context), list()])
    return reply.type('text/html; charset=utf-8').send(renderFragment(ContactFragment({ directory: office, contacts: listed }), 'pl'))
  })
  app.get('/deklaracja-dostepnosci', async (request, reply) =>
    sendPublicPage(reply, DeclarationPage({ shell: request.shell, directory: await directory(context), publicUrl: context.publicUrl })),
  )
  app.get('/latwy-tekst', async (request, reply) => {
    const { easyRead } = (await directory(context)).office.accessibility
    return easyRead === null ? reply.callNotFound() : sendPublicPage(reply, EasyReadPage({ shell: request.shell, easyRead }))
  })
  app.get(filmPath, async (request, reply) => {
    const film = (await directory(context)).office.accessibility.signFilm?.film ?? null
    if (film !== null && (await mediaBytes(options.mediaFolder, film.video)) !== null)
      return sendPublicPage(reply, FilmPage({ shell: request.shell, film }))
    // Its file was not put into the folder: the link, where there is one.
    return film?.elsewhere ? reply.redirect(film.elsewhere, 303) : reply.callNotFound()
  })
  app.get<{ Params: { file: string } }>('/media/:file', { schema: { hide: true } }, async (request, reply) => {
    const { file } = request.params
    const named = namedFiles((await directory(context)).office.accessibility).includes(file)
    return named ? sendMedia(request, reply, options.mediaFolder, file) : reply.callNotFound()
  })
  app.get('/schemas/office.json', async (_request, reply) => reply.type('application/schema+json; charset=utf-8').send(officeSchema()))

  const api = app.withTypeProvider<ZodTypeProvider>()
  api.get(
    '/api/v1/contacts',
    {
      config: {
        api: {
          access: 'anyone',
          answers: { 'application/json': z.array(contactSchema), 'text/csv': z.string(), 'text/vcard': z.string() },
          problems: { 406: 'not-acceptable: Accept names none of the three forms' },
          headers: { 200: { Vary: 'Accept' } },
        },
      },
      schema: { summary: 'Phones, e-mails, rooms and hours today of the office and every unit, as JSON, CSV or vCard by Accept' },
    },
    async (request, reply) => {
      const form = preferredType(request.headers.accept, forms)
      void reply.header('vary', 'Accept')
      if (form === null) return sendRefusal(reply, 'directory', refuse('not-acceptable'), 406)
      return sendList(reply, form, await list())
    },
  )
  api.get(
    '/api/v1/services',
    {
      config: { api: { access: 'anyone' } },
      schema: { summary: 'Services people come for, and how each may be booked now', response: { 200: z.array(serviceSchema) } },
    },
    async () => {
      const now = context.clock.now()
      const open = [...(await directory(context)).services.values()].filter((service) => !service.closed)
      return Promise.all(
        open.map(async (service) => ({
          id: service.id,
          name: service.name,
          unit: service.unitId,
          building: service.buildingId,
          durationMinutes: service.durationMinutes,
          channels: [...(await options.channelsOf(service, now))],
        })),
      )
    },
  )

  async function sendList(reply: FastifyReply, form: Form, all: readonly Contact[]): Promise<FastifyReply> {
    const office = await directory(context)
    void reply.type(`${form}; charset=utf-8`)
    switch (form) {
      case 'application/json':
        return reply.send(all.map((contact) => contactJson(contact, office)))
      case 'text/csv':
        return reply.send(contactsCsv(all, office))
      case 'text/vcard':
        return reply.send(contactsVcard(all, context.publicUrl, office.office.name))
    }
  }
}
