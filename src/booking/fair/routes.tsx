/** The pages on which somebody without script shows a phone or an e-mail, in a rush: the contact, then the code. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { JSX } from 'preact'
import type { Context } from '../../platform/context.js'
import { refuse, type FieldError } from '../../platform/decision.js'
import { formText } from '../../platform/http/form.js'
import { AnswerPage, Button, CitizenPage, errorAt, sendPage, TextInput, type Shell } from '../../ui/index.js'
import { openedReference, openVisit } from '../access.js'
import { readCode } from '../confirmation-rules.js'
import { readEmail, readPhone } from '../forms.js'
import { maskedContact } from '../masked.js'
import { CodeForm, MailboxHint } from '../pages/confirm.js'
import { findService, sendNoService } from '../routes-citizen.js'
import { checkContactCode, offersContactCheck, rememberContact, sendContactCode } from './contact.js'
import { contactOfCheck } from './contact-store.js'
import { contactWait } from './limits.js'

type Of = { Params: { service: string; reference: string } }

export function contactRoutes(app: FastifyInstance, context: Context): void {
  const path = '/sprawy/:service/kontakt'
  app.get<Of>(path, async (request, reply) => {
    if (!offersContactCheck(context)) return reply.redirect(`/sprawy/${request.params.service}/terminy`, 303)
    const { service, directory } = await findService(context, request.params.service)
    return service === null ? sendNoService(request, reply, directory) : sendPage(reply, <ContactForm {...formOf(request, '')} />)
  })
  app.post<Of>(path, async (request, reply) => sendCode(context, request, reply))
  app.get<Of>(`${path}/:reference`, async (request, reply) => {
    const reference = openedReference(context, request, request.params.reference)
    if (reference === null) return reply.redirect(`/sprawy/${request.params.service}/kontakt`, 303)
    return sendCodeForm(context, request, reply, reference, formOf(request, ''))
  })
  app.post<Of>(`${path}/:reference`, async (request, reply) => takeCode(context, request, reply))
}

interface FormOptions {
  readonly shell: Shell
  readonly serviceId: string
  readonly typed: string
  readonly errors: readonly FieldError[]
}

function formOf(request: FastifyRequest<Of>, typed: string, errors: readonly FieldError[] = []): FormOptions {
  return { shell: request.shell, serviceId: request.params.service, typed, errors }
}

async function sendCode(context: Context, request: FastifyRequest<Of>, reply: FastifyReply): Promise<FastifyReply> {
  const { service, directory } = await findService(context, request.params.service)
  if (service === null) return sendNoService(request, reply, directory)
  const typed = formText(request.body, 'contact', 260)
  const phone = readPhone(typed)
  const email = phone === null ? readEmail(typed) : null
  if (phone === null && email === null) {
    const errors = [{ field: 'contact', message: 'booking-fair.error.contact' }]
    return sendPage(reply, <ContactForm {...formOf(request, typed, errors)} />, 422)
  }
  const wait = contactWait(context, { phone, email })
  const sent = wait > 0 ? 'sent-enough' : await sendContactCode(context, { phone, email }, request.shell.language)
  if (typeof sent === 'string') {
    const code = sent === 'sent-enough' ? 'codes-spent' : 'contact-not-reached'
    const back = `/sprawy/${service.id}/kontakt`
    return sendPage(reply, <AnswerPage shell={request.shell} decision={refuse(code)} slice="booking" back={back} />, 409)
  }
  openVisit(context, reply, sent.reference)
  return reply.redirect(`/sprawy/${service.id}/kontakt/${sent.reference}`, 303)
}

async function takeCode(context: Context, request: FastifyRequest<Of>, reply: FastifyReply): Promise<FastifyReply> {
  const { service } = request.params
  const reference = openedReference(context, request, request.params.reference)
  if (reference === null) return reply.redirect(`/sprawy/${service}/kontakt`, 303)
  const typed = formText(request.body, 'kod', 30)
  const code = readCode(typed)
  const contact = code === null ? 'wrong' : await checkContactCode(context, reference, code)
  if (contact === 'over') {
    const next = [{ kind: 'confirm-contact', href: `/sprawy/${service}/kontakt` }]
    return sendPage(reply, <AnswerPage shell={request.shell} decision={refuse('code-tries', [], next)} slice="booking" />, 409)
  }
  if (contact === 'wrong') {
    const errors = [{ field: 'kod', message: 'booking.error.code-wrong' }]
    return sendCodeForm(context, request, reply, reference, formOf(request, typed, errors))
  }
  rememberContact(context, reply, contact)
  return reply.redirect(`/sprawy/${service}/terminy`, 303)
}

/** Where the code is typed, and where it went: said to the browser that asked for it, and to no other. */
async function sendCodeForm(
  context: Context,
  request: FastifyRequest<Of>,
  reply: FastifyReply,
  reference: string,
  form: FormOptions,
): Promise<FastifyReply> {
  const contact = await contactOfCheck(context.database.pool, reference)
  const to = contact === null ? null : maskedContact(request.shell.t, contact)
  return sendPage(reply, <CodePage {...form} reference={reference} to={to} />, form.errors.length > 0 ? 422 : 200)
}

function ContactForm({ shell, serviceId, typed, errors }: FormOptions): JSX.Element {
  const { t } = shell
  const title = t('booking-fair.contact.title')
  return (
    <CitizenPage shell={shell} title={title} back={`/sprawy/${serviceId}/terminy`} errors={errors}>
      <h1 class="govuk-heading-xl">{title}</h1>
      <p class="govuk-body">{t('booking-fair.contact.why')}</p>
      <form method="post" action={`/sprawy/${serviceId}/kontakt`} noValidate>
        <TextInput
          name="contact"
          label={t('booking-fair.contact')}
          spellcheck={false}
          value={typed}
          error={errorAt(t, errors, 'contact')}
        />
        <Button>{t('booking-fair.contact.send')}</Button>
      </form>
    </CitizenPage>
  )
}

function CodePage({ shell, serviceId, typed, errors, reference, to }: FormOptions & { reference: string; to: string | null }): JSX.Element {
  const { t } = shell
  const title = t('booking-fair.code.title')
  return (
    <CitizenPage shell={shell} title={title} back={`/sprawy/${serviceId}/kontakt`} errors={errors}>
      <h1 class="govuk-heading-xl">{title}</h1>
      {to !== null && <p class="govuk-body-l okienko-breakable">{t('booking-fair.code.what', { to })}</p>}
      {shell.clockText !== null && <MailboxHint />}
      <CodeForm action={`/sprawy/${serviceId}/kontakt/${reference}`} typed={typed} errors={errors} button={t('ui.continue')} />
    </CitizenPage>
  )
}
