/**
 * What every page is framed with: the language and its words, the office, the clock of a
 * demonstration, who is signed in. Made once per request, handed to the page as `request.shell`.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Context } from '../platform/context.js'
import { isLanguage, longDay, pageWords, wallTime, type Language, type Translate } from '../platform/words.js'
import { officeDay } from '../platform/clock.js'
import { addressLanguage } from '../platform/http/address.js'
import { headerAddress, localAddress, withinSite } from './languages.js'

/** What of the office stands on every page. */
export interface ShellOffice {
  readonly name: string
  readonly phone: string
  readonly email: string
  readonly bip: string | null
  /** What the office tells of itself in other forms, linked from every page where there is any. */
  readonly accessibility?: {
    readonly signFilm: { readonly address: string } | null
    readonly easyRead: object | null
  }
}

export interface ShellStaff {
  readonly name: string
  readonly roles: readonly string[]
}

export interface Shell {
  readonly language: Language
  readonly t: Translate
  /** The office the next ones are of, another object once it changed. */
  readonly office: ShellOffice
  readonly officeName: string
  readonly officePhone: string
  readonly officeEmail: string
  readonly officeBip: string | null
  readonly signFilm: string | null
  readonly easyRead: boolean
  /** "poniedziałek 25 maja 2020, 7:20" in a demonstration, else null: then no page mentions a clock. */
  readonly clockText: string | null
  /** Address of the page, query included, without its language. */
  readonly path: string
  readonly staff: ShellStaff | null
}

export interface ShellOptions {
  readonly office: () => Promise<ShellOffice>
  /** Who is signed in; set when the slice staff has looked at the request. */
  readonly staff?: (request: FastifyRequest) => ShellStaff | null
}

declare module 'fastify' {
  interface FastifyRequest {
    shell: Shell
  }
}

/**
 * Gives every request its shell, and every answer that leads on the language of its request.
 * Register after the cookie plugin and after whoever signs staff in.
 */
export function registerShell(app: FastifyInstance, context: Context, options: ShellOptions): void {
  // The last office known: an error page can be framed while the database is away.
  let office: ShellOffice = { name: '', phone: '', email: '', bip: null }
  const made = new WeakMap<FastifyRequest, Shell>()
  app.decorateRequest('shell', {
    getter(this: FastifyRequest) {
      let shell = made.get(this)
      if (shell === undefined) {
        shell = makeShell({
          language: requestLanguage(this),
          office,
          path: withinSite(withoutLanguage(this.url)),
          clockAt: context.demonstration ? context.clock.now() : null,
          staff: options.staff?.(this) ?? null,
        })
        made.set(this, shell)
      }
      return shell
    },
  })
  app.addHook('onRequest', async (request) => {
    if (withoutFrame.test(request.url)) return
    office = await options.office()
  })
  app.addHook('onSend', (request, reply, payload, done) => {
    const location = reply.getHeader('location')
    if (typeof location === 'string') reply.header('location', headerAddress(localAddress(location, requestLanguage(request))))
    done(null, payload)
  })
}

/** Addresses whose answers are never pages. */
const withoutFrame = /^\/(assets|api|healthz|readyz|metrics)(\/|$)/

/** Makes a shell of plain facts; for tests, the gallery and pages without a request. */
export function makeShell(facts: {
  language: Language
  office: ShellOffice
  path: string
  clockAt: Temporal.Instant | null
  staff: ShellStaff | null
}): Shell {
  const { language, office, clockAt } = facts
  return {
    language,
    t: pageWords(language),
    office,
    officeName: office.name,
    officePhone: office.phone,
    officeEmail: office.email,
    officeBip: office.bip,
    signFilm: office.accessibility?.signFilm?.address ?? null,
    easyRead: office.accessibility?.easyRead != null,
    clockText: clockAt && `${longDay(language, officeDay(clockAt))}, ${wallTime(clockAt)}`,
    path: facts.path,
    staff: facts.staff,
  }
}

/**
 * The language a request asks for, by its address alone (platform/http/address.ts); also for answers
 * that have no shell, such as errors. Pages of the staff are Polish. `?lang=en`, as addresses were
 * written once and as the API is asked, is understood too.
 */
export function requestLanguage(request: FastifyRequest): Language {
  if (/^\/praca(?:[/?]|$)/.test(request.url)) return 'pl'
  const asked = (request.query as Record<string, unknown> | undefined)?.['lang']
  if (isLanguage(asked)) return asked
  return addressLanguage(request.originalUrl)
}

function withoutLanguage(url: string): string {
  if (!url.includes('lang=')) return url
  const [path = '/', query = ''] = url.split('?')
  const left = new URLSearchParams(query)
  left.delete('lang')
  return left.size > 0 ? `${path}?${left}` : path
}
