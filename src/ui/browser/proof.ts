/**
 * While a person reads the times the browser works for one of them, in the background: nobody solves
 * a puzzle or presses anything. The task is fetched by itself, since the page is kept for everyone.
 * Without this script, or when it fails, the form is sent as it is.
 */
const startAfterMs = 300
/** How long a form that was sent early waits for the work: in a rush it is refused without, so that a slow phone had better go on. */
const waitMs = 30_000
const answerMs = 10_000

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-proof]')) workFor(form)

function workFor(form: HTMLFormElement): void {
  let ready = false
  let work = Promise.resolve()
  const begin = (afterMs: number): void => {
    ready = false
    sayWait(form, false)
    work = pause(afterMs)
      .then(() => prove(form))
      .then(() => void (ready = true))
  }
  begin(startAfterMs)
  // A page come back to shows the same form: its proof may be spent.
  addEventListener('pageshow', (event) => event.persisted && begin(0))
  const sendLater = async (submitter: HTMLElement | null): Promise<void> => {
    sayWait(form, true)
    await Promise.race([work, pause(waitMs)])
    ready = true
    form.requestSubmit(submitter)
  }
  form.addEventListener('submit', (event) => {
    if (ready) return
    event.preventDefault()
    event.stopPropagation()
    void sendLater(event.submitter)
  })
}

/** Says under the button, also to who does not see it, that the form is yet to go; in the words the page holds. */
function sayWait(form: HTMLFormElement, waits: boolean): void {
  const place = form.querySelector<HTMLElement>('[data-wait]')
  if (place) place.textContent = waits ? place.dataset['wait']! : ''
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

/** Puts the solution into the form; whatever fails, the form can be sent without. */
async function prove(form: HTMLFormElement): Promise<void> {
  form.querySelector('input[name="proof"]')?.remove()
  try {
    const answer = await fetch(form.dataset['proof']!, { cache: 'no-store', signal: AbortSignal.timeout(answerMs) })
    if (!answer.ok) return
    const { algorithm, challenge, maxnumber, salt, signature } = (await answer.json()) as Record<string, string | number>
    const number = await solved({ salt, challenge, maxnumber })
    if (number === null) return
    const field = document.createElement('input')
    const value = btoa(JSON.stringify({ algorithm, challenge, number, salt, signature }))
    Object.assign(field, { type: 'hidden', name: 'proof', value })
    form.append(field)
  } catch {
    // The office takes some forms without.
  }
}

function solved(task: unknown): Promise<number | null> {
  const worker = new Worker(new URL('proof-worker.js', import.meta.url), { type: 'module' })
  return new Promise<number | null>((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<number | null>) => resolve(data))
    worker.addEventListener('error', reject)
    // A worker has no origin.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    worker.postMessage(task)
  }).finally(() => worker.terminate())
}
