/**
 * The guard's page and the network: while it is there the list of the day is kept up to date; once it is
 * away a scan does not lead to the browser's own error page but to the page that goes on without it.
 * Before a form is sent or a link followed the server is asked whether it is there. Where a browser can
 * keep nothing the page stays and says what to do.
 */
import { readList, synchronise, waitingActs } from './door-kept.js'

const askMs = 3_000
const listMs = 30_000
const broughtName = 'okienko-door-brought'

const said = document.querySelector<HTMLElement>('[data-offline]')
const scan = document.querySelector<HTMLInputElement>('.okienko-scan input[name="kod"]')
const kept = document.querySelector<HTMLElement>('[data-kept]')
let asking = false
let isKept = false

document.addEventListener('submit', (event) => {
  const form = event.target as HTMLFormElement
  if (event.defaultPrevented || !form.closest('main')) return
  event.preventDefault()
  const pressed = event.submitter as HTMLButtonElement | null
  void whenThere(() => {
    // Sent from here a form leaves out which button was pressed.
    if (pressed?.name) {
      const value = document.createElement('input')
      Object.assign(value, { type: 'hidden', name: pressed.name, value: pressed.value })
      form.append(value)
    }
    form.submit()
  }, form)
})

document.addEventListener('click', (event) => {
  const link = (event.target as Element).closest?.<HTMLAnchorElement>('main a[href^="/"]')
  if (!link || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
  event.preventDefault()
  void whenThere(() => location.assign(link.href))
})

async function whenThere(go: () => void, form?: HTMLFormElement): Promise<void> {
  if (asking) return
  asking = true
  const there = await fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(askMs) }).then(
    (answer) => answer.ok,
    () => false,
  )
  asking = false
  if (there) return go()
  if (kept && isKept) {
    if (scan && form?.contains(scan) && scan.value.trim() !== '') sessionStorage.setItem('okienko-door-scan', scan.value)
    return location.assign(`${kept.dataset['kept']}/bez-sieci`)
  }
  form?.dispatchEvent(new Event('okienko:unsent', { bubbles: true }))
  if (!said) return
  said.textContent = said.dataset['offline'] ?? ''
  said.hidden = false
  // The next scan takes the place of this one.
  scan?.focus()
  scan?.select()
}

document.addEventListener('okienko:swapped', () => {
  if (said) said.hidden = true
})

if (kept) void keepDoor(kept)

/** Keeps the page and the list, now and as long as the page is open. */
async function keepDoor(place: HTMLElement): Promise<void> {
  const base = place.dataset['kept']!
  const building = place.dataset['building']!
  if (!('serviceWorker' in navigator) || !('indexedDB' in globalThis) || crypto.subtle === undefined) {
    place.textContent = place.dataset['unable'] ?? ''
    return
  }
  // What was done without the network is sent where what came of it is shown; once, so that nobody is held there.
  if ((await waitingActs(building)).length > 0 && sessionStorage.getItem(broughtName) === null) {
    sessionStorage.setItem(broughtName, 'yes')
    return location.replace(`${base}/bez-sieci`)
  }
  sessionStorage.removeItem(broughtName)
  const worker = await navigator.serviceWorker.register('/praca/bez-sieci.js', { scope: '/praca/', type: 'module' })
  await navigator.serviceWorker.ready
  worker.active?.postMessage({ keep: base })
  let lastAt = Number.NEGATIVE_INFINITY
  const refresh = async (): Promise<void> => {
    if (performance.now() - lastAt < listMs) return
    lastAt = performance.now()
    await synchronise(base, building).catch(() => undefined)
    const list = await readList(building)
    isKept = list !== null && (await caches.match(`${base}/bez-sieci`)) !== undefined
    const ready = list !== null && !list.over
    place.dataset['keptNow'] = ready && isKept ? 'ready' : 'none'
    place.textContent = ready ? (place.dataset['ready'] ?? '').replace('{time}', list.time) : (place.dataset['none'] ?? '')
    // The page may still be on its way into the browser.
    if (!isKept) lastAt = performance.now() - listMs
  }
  await refresh()
  document.addEventListener('okienko:swapped', () => void refresh())
  setInterval(() => void refresh(), 1_000)
}
