/**
 * Keeps each region marked `data-live` up to date. A hint or a heartbeat from the event stream, or
 * every ten seconds when the stream fails, makes it fetch the whole region again and put it in
 * place; focus, what was typed, what was unfolded and scroll stay where they were. Events carry no
 * data: a lost one does no harm, and what only ages is never older than a heartbeat.
 *
 * Times are the office's, as the answers tell them: a demonstration's clock is not the machine's.
 *
 * The frame of the region shows by `data-live-now` whether it is live, reconnecting, stale or offline.
 */
const pollMs = 10_000

type State = 'live' | 'reconnecting' | 'stale' | 'offline'

for (const frame of document.querySelectorAll<HTMLElement>('[data-live]')) keepLive(frame)

function keepLive(frame: HTMLElement): void {
  const region = document.getElementById(frame.dataset['live']!)!
  const said = frame.querySelector<HTMLElement>('[data-live-state]')
  const staleMs = Number(frame.dataset['liveStale']) * 1_000
  let lastSignAt = performance.now()
  let lastSignText = ''
  let fetching = false
  let again = false
  let streaming = false
  /** The event that was heard last, told to whoever is asked: its answer is not older. */
  let hint = ''

  const show = (state: State): void => {
    if (frame.dataset['liveNow'] === state) return
    frame.dataset['liveNow'] = state
    if (!said) return
    const text = frame.dataset[`liveText${state[0]!.toUpperCase()}${state.slice(1)}`] ?? ''
    said.textContent = text.replace('{time}', lastSignText)
    frame.dispatchEvent(new CustomEvent('okienko:state', { bubbles: true, detail: state }))
  }
  /** What to say when something failed: the numbers are old once nothing was heard for too long. */
  const trouble = (): State => (!navigator.onLine ? 'offline' : performance.now() - lastSignAt > staleMs ? 'stale' : 'reconnecting')
  const sign = (): void => {
    lastSignAt = performance.now()
  }
  const refresh = async (): Promise<void> => {
    if (fetching) {
      again = true
      return
    }
    fetching = true
    try {
      const answer = await fetch(frame.dataset['liveSource']!, {
        headers: { accept: 'text/html', 'okienko-hint': hint },
        signal: AbortSignal.timeout(8_000),
      })
      if (answer.status === 401 || answer.status === 403 || answer.redirected) return location.reload()
      if (!answer.ok) throw new Error(String(answer.status))
      swap(region, await answer.text())
      sign()
      lastSignText = followClock(answer)
      show(streaming ? 'live' : 'reconnecting')
      const now = answer.headers.get('okienko-now')
      frame.dispatchEvent(new CustomEvent('okienko:swapped', { bubbles: true, detail: now === null ? null : Number(now) }))
    } catch {
      show(trouble())
    } finally {
      fetching = false
      if (again) {
        again = false
        void refresh()
      }
    }
  }

  let source: EventSource
  const connect = (): void => {
    source = new EventSource(frame.dataset['liveEvents']!)
    source.addEventListener('open', () => {
      streaming = true
      sign()
    })
    source.addEventListener('message', (event) => {
      hint = event.lastEventId
      sign()
      void refresh()
    })
    // A heartbeat, the first one at once: the connection lives, and nothing changed but the time.
    source.addEventListener('beat', (event) => {
      hint = event.lastEventId
      sign()
      show('live')
      void refresh()
    })
    source.addEventListener('error', () => {
      streaming = false
      show(trouble())
    })
  }
  connect()
  setInterval(() => {
    const silent = performance.now() - lastSignAt > staleMs
    if (streaming && !silent) return
    // A refused stream is not tried again by the browser; a silent one may hang for hours.
    if (silent || source.readyState === EventSource.CLOSED) {
      source.close()
      connect()
    }
    void refresh()
  }, pollMs)
  setInterval(() => {
    if (performance.now() - lastSignAt > staleMs) show(trouble())
  }, 1_000)
  addEventListener('offline', () => show('offline'))
  addEventListener('online', () => void refresh())
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) void refresh()
  })
}

const wall = new Intl.DateTimeFormat('pl', { timeZone: 'Europe/Warsaw', hour: 'numeric', minute: '2-digit' })

/** The office's time of an answer; a demonstration's bar is set to it. */
function followClock(answer: Response): string {
  const told = answer.headers.get('okienko-clock')
  if (told === null) return wall.format(new Date(answer.headers.get('date') ?? Date.now()))
  const clock = JSON.parse(decodeURIComponent(told)) as { sentence: string; time: string }
  const bar = document.querySelector('.okienko-demo__sentence')
  if (bar && bar.textContent !== clock.sentence) bar.textContent = clock.sentence
  return clock.time
}

/** Puts new content in place unless it is the same; focus and typing survive by the element's id or name. */
function swap(region: HTMLElement, html: string): void {
  const fresh = document.createElement('template')
  fresh.innerHTML = html
  keepUnfolded(region, fresh.content)
  if (plain(fresh.content) === plain(region)) return
  const active = region.contains(document.activeElement) ? (document.activeElement as HTMLInputElement) : null
  const selector =
    active &&
    (active.id
      ? `#${CSS.escape(active.id)}`
      : active.getAttribute('name')
        ? `[name="${CSS.escape(active.getAttribute('name')!)}"][value="${CSS.escape(active.getAttribute('value') ?? '')}"]`
        : null)
  const typed = active?.value
  const chosen = choicesIn(region)
  const { scrollX, scrollY } = window
  region.replaceChildren(fresh.content)
  for (const { id, value } of chosen) {
    const field = region.querySelector<HTMLInputElement>(`#${CSS.escape(id)}`)
    if (field) field.value = value
  }
  // The title says the state too: it is what a tab in the background shows.
  const titled = region.querySelector<HTMLElement>('[data-title]')
  if (titled) document.title = titled.dataset['title']!
  const next = selector ? region.querySelector<HTMLInputElement>(selector) : null
  if (next) {
    if (typed !== undefined && next.matches('input:not([type=hidden],[type=radio],[type=checkbox]),textarea')) next.value = typed
    next.focus({ preventScroll: true })
  }
  window.scrollTo(scrollX, scrollY)
}

/** What a person chose or typed and has not sent: an update must not take it away. */
function choicesIn(region: HTMLElement): { id: string; value: string }[] {
  const fields = [...region.querySelectorAll<HTMLInputElement | HTMLSelectElement>('select[id], input[type=text][id]')]
  return fields
    .filter((field) => ('options' in field ? field.selectedIndex > 0 : field.value !== field.defaultValue))
    .map(({ id, value }) => ({ id, value }))
}

/** What a person unfolded stays so: known by its id, or by its summary. */
function keepUnfolded(region: HTMLElement, fresh: DocumentFragment): void {
  const open = new Set([...region.querySelectorAll<HTMLDetailsElement>('details[open]')].map(nameOfDetails))
  for (const details of fresh.querySelectorAll('details')) if (open.has(nameOfDetails(details))) details.open = true
}

function nameOfDetails(details: HTMLDetailsElement): string {
  return details.id || (details.querySelector('summary')?.textContent ?? '')
}

/** What a region shows, as text. Keys of forms differ each time: they are no news. */
function plain(root: DocumentFragment | HTMLElement): string {
  const copy = root.cloneNode(true) as HTMLElement
  for (const key of copy.querySelectorAll('input[name="klucz"]')) key.remove()
  return copy instanceof DocumentFragment
    ? [...copy.childNodes].map((node) => (node as Element).outerHTML ?? node.textContent).join('')
    : copy.innerHTML
}
