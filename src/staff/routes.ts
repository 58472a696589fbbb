/**
 * Signing in and out, the menu, the one-time link and the administrator's accounts.
 *
 * `machine` is the machine's clock: sessions, links and guesses end by it (see model.ts). A link's
 * secret leaves the address at once for a cookie, so that it stays in no history and no log.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { machineClock, type Clock } from '../platform/clock.js'
import type { Context } from '../platform/context.js'
import { formSecret, formText } from '../platform/http/form.js'
import { directory } from '../directory/index.js'
import { sendPage } from '../ui/index.js'
import { accountRoutes } from './account-routes.js'
import { accountOfLink, setPasswordByLink, signIn, signOut, whoIs } from './actions.js'
import { requireRole, staffCookie } from './hook.js'
import type { Translate } from '../platform/words.js'
import { menuOf, startOf, type Notice } from './links.js'
import { loginLengthMax, passwordLengthMax, roles, sessionHours, type Staff } from './model.js'
import { LinkEndedPage, PasswordPage, SignInPage } from './pages/sign-in.js'
import { MenuPage } from './pages/menu.js'
import { localReturn, passwordErrors } from './rules.js'

const linkCookie = 'okienko_haslo'
/** What happened to the desk of somebody who signed out. */
const deskSaid = ['closed', 'client-at-desk'] as const

export interface StaffRouteOptions {
  readonly machine?: Clock
  /** What waits for a person, by the slices after this one. */
  /** A page of the demonstration on which a mail to the office can be written. */
  readonly writing?: string | null
  readonly notices?: (t: Translate, staff: Staff) => Promise<readonly Notice[]>
}

export function staffRoutes(
  app: FastifyInstance,
  context: Context,
  { machine = machineClock, notices, writing = null }: StaffRouteOptions = {},
): void {
  const secure = context.publicUrl.startsWith('https://')
  const signedIn = (reply: FastifyReply, token: string): FastifyReply =>
    reply.setCookie(staffCookie, token, { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge: sessionHours * 3600 })

  app.get('/praca', { schema: { hide: true } }, async (request, reply) => {
    const staff = requireRole(request, reply, ...roles)
    if (staff === null) return reply
    const { 'brak-uprawnien': notYours } = request.query as Record<string, unknown>
    return sendPage(
      reply,
      MenuPage({
        shell: request.shell,
        items: menuOf(request.shell.t, staff, await directory(context)),
        notices: (await notices?.(request.shell.t, staff)) ?? [],
        writing,
        notYours: notYours === undefined ? null : notYours === 'stanowisko' ? 'not-your-desk' : 'not-your-role',
      }),
    )
  })

  app.get('/praca/logowanie', { schema: { hide: true } }, async (request, reply) => {
    const { powrot, koniec, stanowisko } = request.query as Record<string, unknown>
    const back = localReturn(powrot)
    if (request.staff !== null) return reply.redirect(back, 303)
    const said = koniec === 'formularz' ? 'form-lost' : (deskSaid.find((each) => each === stanowisko) ?? null)
    return sendPage(reply, SignInPage({ shell: request.shell, view: { login: '', back, refusal: null, said } }))
  })

  app.post('/praca/logowanie', { schema: { hide: true } }, async (request, reply) => {
    const login = formText(request.body, 'login', loginLengthMax)
    const password = formSecret(request.body, 'password', passwordLengthMax)
    const back = localReturn(formText(request.body, 'powrot'))
    const outcome = await signIn(context, { login, password }, machine.now())
    if ('token' in outcome) {
      request.log.info({ account: outcome.accountId }, 'signed in')
      return signedIn(reply, outcome.token).redirect(back === '/praca' ? await startFor(context, outcome.token, machine) : back, 303)
    }
    request.log.info({ code: outcome.code }, 'sign-in refused')
    const wait = outcome.code === 'too-many-guesses'
    if (wait) reply.header('Retry-After', String(Number(outcome.values?.['minutes'] ?? 1) * 60))
    return sendPage(reply, SignInPage({ shell: request.shell, view: { login, back, refusal: outcome, said: null } }), wait ? 429 : 422)
  })

  app.post('/praca/wyloguj', { schema: { hide: true } }, async (request, reply) => {
    const token = request.cookies[staffCookie]
    const { staff } = request
    const went = staff === null ? [] : await Promise.all(app.beforeSignOut.map((leave) => leave(staff)))
    if (token !== undefined) await signOut(context, token)
    const said = went.find((each) => each !== null)
    // What the browser kept for its own "Back" goes with the person.
    reply.clearCookie(staffCookie, { path: '/' }).header('Clear-Site-Data', '"cache"')
    return reply.redirect(said === undefined ? '/praca/logowanie' : `/praca/logowanie?stanowisko=${said}`, 303)
  })

  app.get<{ Params: { token: string } }>('/praca/haslo/:token', { schema: { hide: true } }, async (request, reply) =>
    reply
      .header('Cache-Control', 'no-store')
      .header('Referrer-Policy', 'no-referrer')
      .setCookie(linkCookie, request.params.token, { path: '/praca/haslo', httpOnly: true, sameSite: 'lax', secure, maxAge: 3600 })
      .redirect('/praca/haslo', 303),
  )

  app.get('/praca/haslo', { schema: { hide: true } }, async (request, reply) => passwordPage(request, reply, context, machine))

  app.post('/praca/haslo', { schema: { hide: true } }, async (request, reply) => {
    const token = request.cookies[linkCookie] ?? ''
    const account = await accountOfLink(context, token, machine.now())
    if (account === null) return sendPage(reply, LinkEndedPage({ shell: request.shell }), 410)
    const password = formSecret(request.body, 'password', passwordLengthMax)
    const errors = passwordErrors(account.login, password, formSecret(request.body, 'repeated', passwordLengthMax))
    if (errors.length > 0) return sendPage(reply, PasswordPage({ shell: request.shell, login: account.login, errors }), 422)
    const outcome = await setPasswordByLink(context, token, password, machine.now())
    reply.clearCookie(linkCookie, { path: '/praca/haslo' })
    if (!('token' in outcome)) return sendPage(reply, LinkEndedPage({ shell: request.shell }), 410)
    return signedIn(reply, outcome.token).redirect(await startFor(context, outcome.token, machine), 303)
  })

  accountRoutes(app, context, machine)
}

async function startFor(context: Context, token: string, machine: Clock): Promise<string> {
  const staff = await whoIs(context, { cookie: token }, machine.now())
  return staff === null ? '/praca' : startOf(staff, await directory(context))
}

async function passwordPage(request: FastifyRequest, reply: FastifyReply, context: Context, machine: Clock): Promise<FastifyReply> {
  const account = await accountOfLink(context, request.cookies[linkCookie] ?? '', machine.now())
  if (account === null) return sendPage(reply, LinkEndedPage({ shell: request.shell }), 410)
  return sendPage(reply, PasswordPage({ shell: request.shell, login: account.login, errors: [] }))
}
