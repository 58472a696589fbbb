/** Asking an SMS provider over HTTP: an answer, or what its lack says of the message (meanings.ts). */
import type { Handed } from '../model.js'
import { isUnsaid, meaningOfStatus } from './meanings.js'

/** Longest a provider is waited for. */
const answerMs = 20_000

/**
 * Sends a question once; `readAnswer` says what a whole answer means in the provider's own words, null where it has
 * none. An answer that never comes whole leaves it unknown.
 */
export async function ask(
  url: string,
  question: { readonly headers: Readonly<Record<string, string>>; readonly body: string },
  readAnswer: (status: number, body: unknown) => Handed | null,
): Promise<Handed> {
  try {
    const answer = await fetch(url, { method: 'POST', ...question, redirect: 'manual', signal: AbortSignal.timeout(answerMs) })
    const meaning = meaningOfStatus(answer.status, answer.headers.get('retry-after'))
    // Nobody there takes messages, whatever the page says.
    if (answer.status >= 300 && answer.status < 400) {
      await answer.body?.cancel()
      return meaning
    }
    const text = await answer.text()
    return readAnswer(answer.status, readJson(text)) ?? meaning
  } catch (error) {
    const fault = ((error as Error).cause ?? {}) as { code?: string }
    return { how: isUnsaid(fault) ? 'away' : 'unknown', fault: fault.code ?? (error as Error).name }
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
