/**
 * A kiosk's screen: nobody's turn outlasts the person, nobody is left before a dead screen, and five
 * keys are enough.
 *
 * Asks after a while without a touch whether more time is needed, and clears the turn when nobody
 * answers. Looks every few seconds whether the server is there: while it is not, the screen says so
 * and points to a person; when it is back, the start is loaded afresh. Whoever listens is not asked
 * while being spoken to.
 */
const lookMs = 5_000
const answerMs = 3_000
/** A screen nobody uses loads itself anew, so that it stays fresh. */
const freshMs = 3600 * 1_000

const ask = document.querySelector<HTMLDialogElement>('[data-kiosk-ask]')
const lost = document.querySelector<HTMLElement>('[data-kiosk-lost]')
const endAddress = ask?.dataset['kioskEnd'] ?? '/kiosk/koniec?lang=pl'
let touchedAt = performance.now()
let askedAt: number | null = null
let away = false

/** Tells the voice (browser/speech.ts), where it is on, to read something that came up by itself. */
function say(element: HTMLElement | null): void {
  if (element) document.dispatchEvent(new CustomEvent('okienko:say', { detail: element }))
}

function touched(): void {
  touchedAt = performance.now()
}

for (const kind of ['pointerdown', 'keydown', 'input', 'scroll']) addEventListener(kind, touched, { capture: true, passive: true })

document.addEventListener('okienko:speaking', () => {
  touched()
  if (askedAt !== null) askedAt = touchedAt
})

ask?.addEventListener('close', () => {
  askedAt = null
  touched()
})

setInterval(() => {
  if (!ask || away) return
  const now = performance.now()
  if (askedAt === null) {
    if (now - touchedAt < Number(ask.dataset['kioskAsk']) * 1_000) return
    askedAt = now
    ask.showModal()
    say(ask)
  } else if (now - askedAt >= Number(ask.dataset['kioskClear']) * 1_000) location.replace(endAddress)
}, 250)

// ── The server ───────────────────────────────────────────────────────────────────────────────────

async function isThere(): Promise<boolean> {
  try {
    const answer = await fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(answerMs) })
    return answer.ok
  } catch {
    return false
  }
}

function show(isAway: boolean): void {
  if (isAway === away) return
  // Whoever comes next begins anew: what was half done is not known to be done.
  if (!isAway) return location.replace(endAddress)
  away = true
  if (ask?.open) ask.close()
  if (lost) lost.hidden = false
  for (const part of document.querySelectorAll<HTMLElement>('.okienko-kiosk__main > :not([data-kiosk-lost]), .okienko-kiosk__foot'))
    part.inert = true
  say(lost)
}

setInterval(() => void isThere().then((there) => show(!there)), lookMs)
addEventListener('offline', () => show(true))
setInterval(() => {
  if (!ask && performance.now() - touchedAt > freshMs) void isThere().then((there) => there && location.reload())
}, 60_000)

/** Before a page is left the server is asked for: else the browser's own error page would stand there. */
async function whenThere(go: () => void): Promise<void> {
  if (await isThere()) go()
  else show(true)
}

document.addEventListener('submit', (event) => {
  const form = event.target as HTMLFormElement
  if (event.defaultPrevented || form.method === 'dialog') return
  event.preventDefault()
  const button = event.submitter as HTMLButtonElement | null
  void whenThere(() => {
    // Sent from here a form leaves out which button was pressed.
    if (button?.name) {
      const value = document.createElement('input')
      Object.assign(value, { type: 'hidden', name: button.name, value: button.value })
      form.append(value)
    }
    form.submit()
  })
})

document.addEventListener('click', (event) => {
  const link = (event.target as Element).closest?.<HTMLAnchorElement>('a[href^="/"]')
  if (!link || event.defaultPrevented) return
  event.preventDefault()
  void whenThere(() => location.assign(link.href))
})

// A long press opens nothing, and nothing is dragged.
addEventListener('contextmenu', (event) => event.preventDefault())
addEventListener('dragstart', (event) => event.preventDefault())

// ── Keys of the screen and of the keypad ─────────────────────────────────────────────────────────

for (const form of document.querySelectorAll<HTMLFormElement>('[data-kiosk-typing]')) {
  const field = form.querySelector<HTMLInputElement>('.okienko-kiosk__field')!
  const longest = Number(form.dataset['kioskTyping'])
  form.addEventListener('click', (event) => {
    const key = (event.target as Element).closest<HTMLButtonElement>('button[name="znak"]')
    if (!key) return
    event.preventDefault()
    if (key.value === 'usun') field.value = field.value.slice(0, -1)
    else if (field.value.length < longest) field.value += key.value
  })
}

/** A scan goes to the field wherever the focus is; the keypad's arrows go through what can be pressed. */
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || away) return
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  if (step !== 0) {
    event.preventDefault()
    return move(step)
  }
  if (event.key === 'F1') {
    event.preventDefault()
    return document.querySelector<HTMLAnchorElement>('[data-key="help"]')?.click()
  }
  const field = document.querySelector<HTMLInputElement>('.okienko-kiosk__field')
  if (field && !ask?.open && event.key.length === 1 && event.key !== ' ' && document.activeElement !== field) field.focus()
})

function move(step: number): void {
  const within: ParentNode = ask?.open ? ask : document
  const stops = [...within.querySelectorAll<HTMLElement>('a[href], button, input:not([type=hidden])')].filter(
    (each) => each.getClientRects().length > 0 && (ask?.open || !each.closest('dialog')),
  )
  const at = stops.indexOf(document.activeElement as HTMLElement)
  stops[(at + step + stops.length) % stops.length]?.focus()
}

// ── Paper by the browser ─────────────────────────────────────────────────────────────────────────

if (document.querySelector('[data-kiosk-print]')) {
  // The address that prints is left first: loaded again it prints nothing.
  history.replaceState(null, '', location.pathname)
  print()
}
