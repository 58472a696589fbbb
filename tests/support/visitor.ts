/**
 * A person without JavaScript, without a browser: keeps cookies, follows redirects after a form as
 * a browser does, and checks that every page is valid HTML.
 */
import assert from 'node:assert/strict'
import type { FastifyInstance } from 'fastify'
import { inLanguage } from '../../src/ui/index.js'
import type { Language } from '../../src/platform/words.js'
import { assertValidPage, textOf } from './html.js'
import { form } from './app.js'

export interface Seen {
  readonly status: number
  readonly method: 'GET' | 'POST'
  /** Address after redirects. */
  readonly path: string
  readonly html: string
  readonly text: string
  readonly headers: Readonly<Record<string, unknown>>
}

export interface Visitor {
  /** Opens the page in the visitor's language. */
  open(path: string): Promise<Seen>
  /** Sends the form of the page seen last whose action is `action` (or its own address), hidden fields included. */
  send(fields?: Readonly<Record<string, string | readonly string[]>>, action?: string): Promise<Seen>
  readonly cookies: ReadonlyMap<string, string>
}

/** `validate: false` for who looks at the last page only. */
export function visitor(app: FastifyInstance, language: Language = 'pl', { validate = true } = {}): Visitor {
  const cookies = new Map<string, string>()
  let seen: Seen | null = null
  const ask = async (
    method: 'GET' | 'POST',
    path: string,
    sent: { headers?: Record<string, string>; payload?: string } = {},
  ): Promise<Seen> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await app.inject({
      method,
      url: path,
      headers: { ...sent.headers, ...(cookie ? { cookie } : {}) },
      ...(sent.payload === undefined ? {} : { payload: sent.payload }),
    })
    for (const each of answer.cookies) cookies.set(each.name, each.value)
    if (answer.statusCode === 302 || answer.statusCode === 303) return ask('GET', String(answer.headers.location))
    const html = answer.payload
    if (validate && String(answer.headers['content-type']).startsWith('text/html')) await assertValidPage(html)
    seen = { status: answer.statusCode, method, path, html, text: textOf(html), headers: answer.headers }
    return seen
  }
  return {
    cookies,
    open: (path) => ask('GET', inLanguage(path, language)),
    send(fields = {}, action) {
      assert(seen !== null, 'a page was opened')
      const forms = [...seen.html.matchAll(/<form method="post"[^>]*action="([^"]*)"[^>]*>([\s\S]*?)<\/form>/g)].filter(
        ([whole, to]) => !to?.includes('/pokaz/') && !whole.startsWith('<form method="post" class="okienko-languages'),
      )
      const chosen = action === undefined ? forms[0] : forms.find(([, to]) => addressOf(to) === inLanguage(action, language))
      assert(chosen, `a form ${action ?? ''} on ${seen.path}`)
      const hidden = [...(chosen[2] ?? '').matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(
        ([, name, value]) => [name, value] as [string, string],
      )
      return ask('POST', addressOf(chosen[1]), form({ ...Object.fromEntries(hidden), ...fields }))
    },
  }
}

/** An address as it stands in the text of a page. */
function addressOf(text = ''): string {
  return text.replaceAll('&amp;', '&')
}
