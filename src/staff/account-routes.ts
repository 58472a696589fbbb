/**
 * The administrator's accounts and tokens. A link or token is shown in the answer to the form that
 * made it, and nowhere again: the table holds its hash.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Clock } from '../platform/clock.js'
import type { Context } from '../platform/context.js'
import { refuse } from '../platform/decision.js'
import { formId, formList, formText } from '../platform/http/form.js'
import { sendRefusal } from '../platform/problem.js'
import { directory } from '../directory/index.js'
import { sendPage } from '../ui/index.js'
import { closeAccount, makeAccount, makeProgramToken, resetPassword, withdrawToken } from './actions.js'
import { requireRole } from './hook.js'
import { staffLinks } from './links.js'
import { isRole, tokenDays, type AccountSeed, type Staff } from './model.js'
import { AccountsPage, type AccountsView } from './pages/accounts.js'
import { CloseAccountPage } from './pages/close-account.js'
import { accountErrors, plainLogin } from './rules.js'
import { findAccount, listAccounts, listTokens } from './store.js'

export function accountRoutes(app: FastifyInstance, context: Context, machine: Clock): void {
  const show = async (
    request: FastifyRequest,
    reply: FastifyReply,
    staff: Staff,
    part: Partial<AccountsView> = {},
    status = 200,
  ): Promise<FastifyReply> => {
    const { pool } = context.database
    const [accounts, tokens, office] = await Promise.all([listAccounts(pool), listTokens(pool), directory(context)])
    const links = staffLinks(request.shell.t, staff, office)
    return sendPage(
      reply,
      AccountsPage({
        shell: request.shell,
        view: { accounts, tokens, office, links, errors: [], refusal: null, typed: null, secret: null, ...part },
      }),
      status,
    )
  }

  app.get('/praca/konta', hidden, async (request, reply) => {
    const staff = administrator(request, reply)
    return staff === null ? reply : show(request, reply, staff)
  })

  app.post('/praca/konta', hidden, async (request, reply) => {
    const staff = administrator(request, reply)
    if (staff === null) return reply
    const typed = accountForm(request.body)
    const errors = accountErrors(typed)
    if (errors.length > 0) return show(request, reply, staff, { errors, typed }, 422)
    const made = await makeAccount(context, typed, context.clock.now(), machine.now())
    if (!('link' in made)) return show(request, reply, staff, { refusal: made, typed }, 409)
    return show(request, reply, staff, { secret: { kind: 'link', text: made.link, whose: typed.login } })
  })

  app.post('/praca/konta/zmien', hidden, async (request, reply) => {
    const staff = administrator(request, reply)
    if (staff === null) return reply
    const account = await findAccount(context.database.pool, formId(request.body, 'account') ?? 0)
    if (account === null || account.closedAt !== null) return reply.redirect('/praca/konta', 303)
    switch (formText(request.body, 'do')) {
      case 'close': {
        // For good, so asked once more.
        const links = staffLinks(request.shell.t, staff, await directory(context))
        return sendPage(reply, CloseAccountPage({ shell: request.shell, links, account }))
      }
      case 'close-for-good': {
        const closed = await closeAccount(context, account.id, context.clock.now())
        return closed === 'closed' ? reply.redirect('/praca/konta', 303) : show(request, reply, staff, { refusal: closed }, 409)
      }
      case 'link': {
        const text = await resetPassword(context, account.id, machine.now())
        return show(request, reply, staff, { secret: { kind: 'link', text, whose: account.login } })
      }
      case 'token': {
        const days = tokenDays.find((each) => each === formId(request.body, 'dni')) ?? tokenDays[0]
        const name = request.shell.t('staff-staff.tokens.name', { login: account.login })
        const text = await makeProgramToken(context, { accountId: account.id, name, days }, machine.now())
        if (typeof text === 'string') return show(request, reply, staff, { secret: { kind: 'token', text, whose: account.login } })
      }
    }
    return reply.redirect('/praca/konta', 303)
  })

  app.post('/praca/konta/token', hidden, async (request, reply) => {
    if (administrator(request, reply) === null) return reply
    await withdrawToken(context, formText(request.body, 'token', 16))
    return reply.redirect('/praca/konta', 303)
  })
}

const hidden = { schema: { hide: true } } as const

/** The administrator in person: a program's token makes no accounts and no tokens. */
function administrator(request: FastifyRequest, reply: FastifyReply): Staff | null {
  const staff = requireRole(request, reply, 'administrator')
  if (staff === null || staff.via === 'session') return staff
  sendRefusal(reply, 'staff', refuse('not-by-token'), 403)
  return null
}

function accountForm(body: unknown): AccountSeed {
  return {
    login: plainLogin(formText(body, 'login', 100)),
    name: formText(body, 'name', 100),
    roles: formList(body, 'roles').filter(isRole),
    unitId: formText(body, 'unit') || null,
    desk: formText(body, 'desk') || null,
    buildingId: formText(body, 'building') || null,
  }
}
