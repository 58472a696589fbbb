/**
 * The few things a page does better with script; without it everything still works. Guards a form
 * against a second press, keeps the page when the server is away, brings focus to what is to be
 * read first, and lets function keys press the buttons that name them.
 */
const secondPressMs = 1_000
const answerMs = 10_000

const sent = new WeakMap<HTMLFormElement, number>()

document.addEventListener('submit', (event) => {
  const form = event.target as HTMLFormElement
  const last = sent.get(form)
  if (last !== undefined && event.timeStamp - last < secondPressMs) return event.preventDefault()
  sent.set(form, event.timeStamp)
  if (form.dataset['keep'] === undefined) return
  event.preventDefault()
  void sendKept(form, event.submitter as HTMLButtonElement | null)
})

// What was not sent may be pressed again at once.
document.addEventListener('okienko:unsent', (event) => void sent.delete(event.target as HTMLFormElement))

/**
 * Sends a form that must not be lost: while nobody answers the page stays as it is and says so. An
 * answer that leads on is followed; any other is asked for once more by the form itself, whose key
 * makes the second sending the same as the first.
 */
async function sendKept(form: HTMLFormElement, button: HTMLButtonElement | null): Promise<void> {
  // A button may send the form elsewhere than the form itself says.
  if (button?.hasAttribute('formaction')) form.action = button.formAction
  const fields = new URLSearchParams()
  for (const [name, value] of new FormData(form, button)) if (typeof value === 'string') fields.append(name, value)
  try {
    const answer = await fetch(form.action, { method: 'POST', body: fields, signal: AbortSignal.timeout(answerMs) })
    if (answer.status >= 500) throw new Error(String(answer.status))
    if (new URL(answer.url).pathname === '/praca/logowanie') return say(form, 'signedOut')
    if (answer.redirected) return location.assign(answer.url)
  } catch {
    return say(form, 'notSent')
  }
  if (button?.name) {
    const pressed = document.createElement('input')
    Object.assign(pressed, { type: 'hidden', name: button.name, value: button.value })
    form.append(pressed)
  }
  form.submit()
}

/** Says over the form why it was not sent, in the words the frame of the page holds. */
function say(form: HTMLFormElement, what: 'notSent' | 'signedOut'): void {
  sent.delete(form)
  const words = document.querySelector<HTMLTemplateElement>(`[data-words="${what}"]`)
  const place = document.querySelector('[data-said]') ?? form
  place.querySelector('[data-unsent]')?.remove()
  const said = document.createElement('div')
  said.dataset['unsent'] = ''
  said.setAttribute('role', 'alert')
  place.prepend(said)
  // Filled after it is in place, so that a screen reader hears it.
  if (words) said.append(words.content.cloneNode(true))
  said.scrollIntoView({ block: 'nearest' })
}

const summary = document.querySelector<HTMLElement>('[data-module="govuk-error-summary"]')
if (summary) {
  summary.tabIndex = -1
  summary.focus()
} else {
  // What the server marked to be read first after an act, such as the number just called.
  document.querySelector<HTMLElement>('[data-focus]')?.focus()
}

// A link of the summary leads to the field itself, not only to its place on the page.
document.addEventListener('click', (event) => {
  const link = (event.target as Element).closest?.('.govuk-error-summary a[href^="#"], .govuk-skip-link, [data-jump]')
  const target = link && document.getElementById(link.getAttribute('href')!.slice(1))
  if (!target) return
  if (target.matches('main')) target.tabIndex = -1
  target.focus()
})

// A key pressed twice in a row must not press what its first press put in the button's place: F2
// opens a desk, and a call cannot be taken back. What was refused did nothing, and may be pressed again at once.
const pressedBefore = sessionStorage.getItem('key')
sessionStorage.removeItem('key')
if (pressedBefore !== null && !summary && !document.querySelector('.okienko-refusal')) {
  document.body.dataset['keyRests'] = pressedBefore
  setTimeout(() => delete document.body.dataset['keyRests'], secondPressMs)
}

// Function keys can be switched off in this browser: some screen readers and keyboards want them (WCAG 2.1.4).
const keysOff = (): boolean => localStorage.getItem('keys') === 'off'
const showKeys = (button: HTMLElement): void => {
  button.setAttribute('aria-pressed', String(keysOff()))
  document.body.dataset['keys'] = keysOff() ? 'off' : 'on'
}
for (const button of document.querySelectorAll<HTMLElement>('[data-keys-switch]')) {
  button.hidden = false
  showKeys(button)
  button.addEventListener('click', () => {
    localStorage.setItem('keys', keysOff() ? 'on' : 'off')
    showKeys(button)
  })
}

// A small window that stays above other programs, where the browser has such; else a small one.
for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-small-window]')) {
  link.addEventListener('click', (event) => {
    event.preventDefault()
    void openSmall(link.href)
  })
}

async function openSmall(address: string): Promise<void> {
  const size = { width: 340, height: 420 }
  const pictures = (globalThis as unknown as { documentPictureInPicture?: { requestWindow(size: object): Promise<Window> } })
    .documentPictureInPicture
  const small = pictures && (await pictures.requestWindow(size).catch(() => null))
  if (!small) return void window.open(address, 'okienko', `popup,width=${size.width},height=${size.height}`)
  const frame = small.document.createElement('iframe')
  frame.src = address
  frame.title = document.title
  frame.setAttribute('width', '100%')
  frame.setAttribute('height', String(size.height - 16))
  small.document.body.append(frame)
}

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return
  if (moveAmongTimes(event)) return event.preventDefault()
  if (event.repeat || !/^F\d+$/.test(event.key) || document.body.dataset['keys'] === 'off') return
  const button = document.querySelector<HTMLElement>(`[data-key="${event.key}"]`)
  if (!button) return
  event.preventDefault()
  if (event.key === document.body.dataset['keyRests']) return
  const field = document.getElementById(button.dataset['keyField'] ?? '') as HTMLInputElement | null
  if (field && (field !== document.activeElement || field.value === '')) {
    field.focus()
    return field.select()
  }
  // A choice leads to what is asked next; only what sends the page can be pressed twice.
  const next = button.dataset['keyNext']
  if (next === undefined) sessionStorage.setItem('key', event.key)
  button.focus()
  button.click()
  if (next) document.querySelector<HTMLElement>(next)?.focus()
})

/** Arrows move by one time; Page Up and Page Down by half a day, Home and End within it. */
function moveAmongTimes(event: KeyboardEvent): boolean {
  const here = (event.target as Element).closest?.('[data-times]')
  if (!here || !/^(PageUp|PageDown|Home|End)$/.test(event.key)) return false
  const halves = [...document.querySelectorAll('[data-times]')]
  const step = event.key === 'PageUp' ? -1 : event.key === 'PageDown' ? 1 : 0
  const times = halves[halves.indexOf(here) + step]?.querySelectorAll<HTMLInputElement>('input[type="radio"], input[type="checkbox"]') ?? []
  const time = event.key === 'End' ? times[times.length - 1] : times[0]
  if (!time) return true
  time.focus()
  if (time.type === 'radio') time.checked = true
  return true
}

for (const button of document.querySelectorAll<HTMLElement>('[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => print())
}
