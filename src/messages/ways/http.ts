/** Asking an SMS provider over HTTP: an answer, or what its lack says of the message. */
import type { Handed } from '../model.js'

/** Longest a provider is waited for. */
const answerMs = 20_000

/** Errors of a connection that never came about: nothing was said, so nothing was accepted. */
const unopened = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'ECONNABORTED',
])

/** Nobody there takes messages: the address is wrong or has moved, so that nothing was accepted. Redirects are not followed. */
export function isElsewhere(status: number): boolean {
  return status === 404 || status === 405 || status === 410 || (status >= 300 && status < 400)
}

/** Is it the code of an error of TLS: nobody vouches for the other side, or it speaks otherwise? */
export function isUntrusted(code: string): boolean {
  return /CERT|SIGN|ISSUER|SSL|TLS/.test(code)
}

/** Sends a question once; `readAnswer` says what a whole answer means. An answer that never comes whole leaves it unknown. */
export async function ask(
  url: string,
  question: { readonly headers: Readonly<Record<string, string>>; readonly body: string },
  readAnswer: (status: number, body: unknown) => Handed,
): Promise<Handed> {
  try {
    const answer = await fetch(url, { method: 'POST', ...question, redirect: 'manual', signal: AbortSignal.timeout(answerMs) })
    if (isElsewhere(answer.status)) {
      await answer.body?.cancel()
      return { how: 'away', fault: `HTTP ${answer.status}` }
    }
    const text = await answer.text()
    return readAnswer(answer.status, readJson(text))
  } catch (error) {
    const { code = (error as Error).name } = ((error as Error).cause ?? {}) as { code?: string }
    const unsure = !unopened.has(code) && !isUntrusted(code)
    return { how: unsure ? 'unknown' : 'away', fault: code }
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
