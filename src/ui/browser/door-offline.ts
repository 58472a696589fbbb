/**
 * The guard's page while the network is away. What is scanned is looked up in the list of the day, what
 * is done is kept, and once the server is there again everything is sent and what came of it is shown.
 *
 * Words and markup stand in the page; here they are only filled and put in place.
 */
import {
  addAct,
  allActs,
  clockAhead,
  deviceNow,
  officeNow,
  readList,
  SignedOut,
  synchronise,
  waitingActs,
  type Kept,
  type SentActs,
} from './door-kept.js'
import { lookUp, type Act, type Found, type ListedVisit, type Scan } from './door-lookup.js'
import { readScan } from './door-pass.js'

const askMs = 3_000
const everyMs = 5_000
const clockMs = 120_000
const expectedMs = 30 * 60_000
const lateMs = 30 * 60_000
const sinceName = 'okienko-door-offline-since'

const frame = document.querySelector<HTMLElement>('[data-door-offline]')!
const base = frame.dataset['doorOffline']!
const building = frame.dataset['building']!
const field = frame.querySelector<HTMLInputElement>('input[name="kod"]')!
const scanForm = frame.querySelector<HTMLFormElement>('[data-scan]')!
const answerPlace = frame.querySelector<HTMLElement>('[data-answer]')!
const wall = new Intl.DateTimeFormat('pl', { timeZone: 'Europe/Warsaw', hour: 'numeric', minute: '2-digit' })
const longDay = new Intl.DateTimeFormat('pl', {
  timeZone: 'Europe/Warsaw',
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
})

type State = 'live' | 'reconnecting' | 'offline' | 'signed-out'
let state: State = 'reconnecting'
let asking = false
/** Visits of the lists of this page, by their row. */
const seen = new Map<number, ListedVisit>()

const part = (name: string): DocumentFragment =>
  frame.querySelector<HTMLTemplateElement>(`template[data-part="${name}"]`)!.content.cloneNode(true) as DocumentFragment
const words = (selector: string): string => frame.querySelector<HTMLTemplateElement>(`template${selector}`)?.content.textContent ?? ''
const one = <Kind extends HTMLElement = HTMLElement>(selector: string): Kind => frame.querySelector<Kind>(selector)!
const fill = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replaceAll(/\{(\w+)\}/g, (all, name: string) => values[name] ?? all)

// ── What is scanned ──

scanForm.addEventListener('submit', (event) => {
  event.preventDefault()
  const typed = field.value
  if (typed.trim() === '') return
  void inTurn(async () => {
    // With the network the door itself answers, once it has what was done without.
    if (await isThere()) {
      await bringTogether()
      if (state === 'live') return scanForm.submit()
    }
    await scanned(typed)
  })
  scanForm.dispatchEvent(new Event('okienko:unsent', { bubbles: true }))
})

/** One thing after the other: a second scan waits until the first is kept. */
let turn: Promise<unknown> = Promise.resolve()
function inTurn(work: () => Promise<void>): Promise<void> {
  const next = turn.then(work)
  turn = next.catch((error: unknown) => console.error(error))
  return next
}

async function scanned(typed: string): Promise<void> {
  const list = await readList(building)
  if (list === null) showNoList()
  else {
    const scan = await readScan(list, typed)
    await show(list, scan, 'scanned')
  }
  field.value = ''
  field.focus()
}

async function show(list: Kept, scan: Scan, how: 'scanned' | 'asked'): Promise<void> {
  const now = officeNow(list)
  const acts = await allActs(building)
  // Without a list of today no pass but a signed one says anything.
  if (list.over && (scan.kind === 'token' || scan.kind === 'reference' || scan.kind === 'unbooked')) return showNoList()
  const found = lookUp(list, acts, scan, now)
  const entered = found.again ?? (how === 'scanned' && found.answer.allowed ? await enter(list, found) : null)
  draw(list, found, entered)
}

async function enter(list: Kept, found: Found, override?: string): Promise<Act> {
  const act = newAct(list, {
    kind: 'entered',
    told: found.answer.code,
    allowed: found.answer.allowed,
    persons: found.persons,
    ...found.subject,
    ...(override === undefined ? {} : { override }),
  })
  await addAct(act)
  await drawAround()
  return act
}

function newAct(list: Kept, act: Omit<Act, 'key' | 'building' | 'at' | 'deviceAt' | 'guard'>): Act {
  return { ...act, key: crypto.randomUUID(), building, at: officeNow(list), deviceAt: deviceNow(), guard: list.guard }
}

// ── The answer ──

function draw(list: Kept, found: Found, entered: Act | null): void {
  const { answer, visit } = found
  const moment = found.fill
  const html = moment === null ? answer.html : fill(answer.html, { time: wall.format(moment), date: longDay.format(moment) })
  answerPlace.innerHTML = html
  const facts = answerPlace.querySelector('[data-facts]')
  if (visit !== null) facts?.replaceWith(factsOf(visit, found.enteredAt))
  const acts = answerPlace.querySelector('[data-acts]')!
  if (entered !== null) {
    acts.append(part('entered'))
    press(acts, 'undo', async () => {
      await addAct(newAct(list, { kind: 'undone', of: entered.key }))
      await said('undone')
    })
  } else if (answer.allowed) {
    acts.append(part('ask'))
    press(acts, 'enter', async () => draw(list, found, await enter(list, found)))
  } else offerOverride(list, found, acts)
  tell(answer.shape)
}

function offerOverride(list: Kept, found: Found, acts: Element): void {
  acts.append(part('refused'))
  press(acts, 'refuse', async () => {
    await addAct(newAct(list, { kind: 'refused', told: found.answer.code, ...found.subject }))
    await said('refused')
  })
  press(acts, 'override', async () => {
    const reason = acts.querySelector('select')!.value
    const error = acts.querySelector<HTMLElement>('[data-override-error]')!
    error.hidden = reason !== ''
    error.textContent = reason === '' ? error.dataset['overrideError']! : ''
    if (reason === '') return
    const act = await enter(list, found, reason)
    draw(list, found, act)
  })
}

function factsOf(visit: ListedVisit, enteredAt: number | null): DocumentFragment {
  const facts = part('facts')
  const values: Record<string, string | null> = { ...pick(visit), 'entered-at': enteredAt === null ? null : wall.format(enteredAt) }
  for (const row of facts.querySelectorAll<HTMLElement>('[data-fact]')) {
    const value = values[row.dataset['fact']!] ?? null
    if (value === null) row.remove()
    else row.querySelector('dd')!.textContent = value
  }
  return facts
}

function pick({ matter, meeting, time, room, initials }: ListedVisit): Record<string, string | null> {
  return { matter, meeting, time, room, initials }
}

function showNoList(): void {
  answerPlace.replaceChildren(part('no-list'))
  tell('no')
}

/** Says that something was kept, in place of the answer. */
async function said(kind: 'left' | 'undone' | 'counted' | 'refused'): Promise<void> {
  sayDone(words(`[data-done="${kind}"]`))
  await drawAround()
}

function sayDone(sentence: string): void {
  const done = part('done')
  done.querySelector('p')!.textContent = sentence
  answerPlace.replaceChildren(done)
  one('[data-title]').hidden = false
  field.focus()
}

function tell(shape: string): void {
  // Which answer this is: two of the same words are told apart, by whoever looks after this page too.
  answerPlace.dataset['answer'] = String(Number(answerPlace.dataset['answer']) + 1)
  // One heading of the first rank: that of the answer, while there is one.
  one('[data-title]').hidden = answerPlace.querySelector('h1') !== null
  document.dispatchEvent(new CustomEvent('okienko:told', { detail: shape }))
  answerPlace.scrollIntoView({ block: 'nearest' })
  field.focus({ preventScroll: true })
}

/** A press is once: the button is gone, or says what is wrong. */
function press(place: ParentNode, act: string, work: () => Promise<void>): void {
  const button = place.querySelector<HTMLButtonElement>(`[data-act="${act}"]`)!
  let pressed = false
  button.addEventListener('click', () => {
    if (pressed) return
    pressed = true
    void inTurn(work).finally(() => (pressed = button.isConnected ? false : true))
  })
}

// ── Around the answer: who is expected, who is inside, what waits ──

async function drawAround(): Promise<void> {
  const [list, acts, waiting] = await Promise.all([readList(building), allActs(building), waitingActs(building)])
  for (const visit of list?.visits ?? []) seen.set(visit.visit, visit)
  drawExpected(list, acts)
  drawInside(list, acts)
  const heading = one('[data-sent] h2')
  if (waiting.length > 0) {
    heading.textContent = fill(heading.dataset['waiting']!, { count: String(waiting.length) })
    one('[data-sent-list]').replaceChildren(...waiting.map((act) => line('plain', act)))
  }
  one('[data-sent]').hidden = waiting.length === 0 && one('[data-sent-list]').childElementCount === 0
  const today = list !== null && !list.over
  const said = one('[data-list-state]')
  say(said, today ? fill(said.dataset['list']!, { time: list.time, count: String(list.visits.length) }) : said.dataset['none']!)
  const clock = one('[data-clock]')
  const off = list === null ? 0 : Math.abs(clockAhead(list))
  clock.hidden = off < clockMs
  if (off >= clockMs) say(clock, fill(clock.dataset['clock']!, { minutes: String(Math.round(off / 60_000)) }))
}

function drawExpected(list: Kept | null, acts: readonly Act[]): void {
  const place = one('[data-expected]')
  place.hidden = list === null || list.over
  if (list === null || list.over) return
  const now = officeNow(list)
  const soon = list.visits.filter(
    (visit) => visit.expected && visit.starts >= now - lateMs && visit.starts <= now + expectedMs && !isIn(acts, visit.visit),
  )
  one('[data-expected-none]').hidden = soon.length > 0
  replaceUnlessSame(
    one('[data-expected-list]'),
    soon.map((visit) => {
      const item = part('expected').querySelector('li')!
      for (const said of item.querySelectorAll<HTMLElement>('[data-said]')) said.textContent = pick(visit)[said.dataset['said']!] ?? ''
      item.querySelector('a')!.addEventListener('click', (event) => {
        event.preventDefault()
        void inTurn(() => show(list, { kind: 'visit', visit }, 'asked'))
      })
      return item
    }),
  )
}

function isIn(acts: readonly Act[], visit: number): boolean {
  return acts.some((act) => act.kind === 'entered' && act.visit === visit && !isUndone(acts, act))
}

function isUndone(acts: readonly Act[], { key }: Act): boolean {
  return acts.some((each) => each.kind === 'undone' && each.of === key)
}

function drawInside(list: Kept | null, acts: readonly Act[]): void {
  const gone = (act: Act): boolean => acts.some((each) => (each.kind === 'left' || each.kind === 'undone') && each.of === act.key)
  const own = acts.filter((act) => (act.kind === 'entered' || act.kind === 'admitted') && !gone(act))
  const before = (list?.inside ?? []).filter(({ entry }) => !acts.some((act) => act.kind === 'left' && act.entry === entry))
  const lines = [
    ...own.map((act) => insideLine(list, lineText('plain', act), { of: act.key, persons: act.persons ?? 0 })),
    ...before.map((each) =>
      insideLine(list, `${each.time} ${each.label}`, { entry: each.entry, about: each.visit, persons: each.persons }),
    ),
  ]
  one('[data-inside]').hidden = lines.length === 0
  replaceUnlessSame(one('[data-inside-list]'), lines)
}

function insideLine(list: Kept | null, text: string, act: Pick<Act, 'of' | 'entry' | 'about' | 'persons'>): HTMLElement {
  const item = part('inside').querySelector('li')!
  item.querySelector('[data-said]')!.textContent = text
  press(item, 'leave', async () => {
    if (list === null) return
    await addAct(newAct(list, { kind: 'left', ...act }))
    await said('left')
  })
  return item
}

/** Nothing moves under the pointer: a list is put in place only when it says something new. */
function replaceUnlessSame(place: HTMLElement, items: readonly HTMLElement[]): void {
  if ([...place.children].map(({ textContent }) => textContent).join('\n') === items.map(({ textContent }) => textContent).join('\n'))
    return
  place.replaceChildren(...items)
}

/** When and what, with what tells one person from the next: the hour and the initials of a listed visit. */
function lineText(kind: 'ticket' | 'plain' | 'conflict' | 'unreadable', act: Act, ticket = ''): string {
  const admitted = fill(words(`[data-admitted="${act.purpose}"]`), { time: wall.format(act.at) })
  const visit = seen.get(act.visit ?? 0)
  const facts = visit === undefined ? [] : [visit.time, visit.initials].filter((fact) => fact !== null)
  const what = [act.kind === 'admitted' ? admitted : words(`[data-kind="${act.kind}"]`), ...facts].join(', ')
  return fill(words(`[data-line="${kind}"]`), { time: wall.format(act.at), what, ticket })
}

function line(kind: 'ticket' | 'plain' | 'conflict' | 'unreadable', act: Act, ticket?: string): HTMLElement {
  const item = document.createElement('li')
  item.textContent = lineText(kind, act, ticket)
  return item
}

// ── Without a booking, and the count ──

for (const button of frame.querySelectorAll<HTMLButtonElement>('[data-purpose]'))
  button.addEventListener('click', () => {
    void inTurn(async () => {
      const list = await readList(building)
      if (list === null) return showNoList()
      const purpose = button.dataset['purpose']!
      const act = newAct(list, { kind: 'admitted', purpose })
      await addAct(act)
      sayDone(fill(words(`[data-admitted="${purpose}"]`), { time: wall.format(act.at) }))
      await drawAround()
    })
  })

one('[data-unbooked]').addEventListener('click', () => {
  void inTurn(async () => {
    const list = await readList(building)
    if (list === null) return showNoList()
    await show(list, { kind: 'unbooked' }, 'asked')
  })
})

one<HTMLFormElement>('[data-count]').addEventListener('submit', (event) => {
  event.preventDefault()
  const form = event.target as HTMLFormElement
  const typed = form.querySelector<HTMLInputElement>('[name="ile"]')!
  const error = form.querySelector<HTMLElement>('[data-count-error]')!
  const wrong = !/^\d{1,5}$/.test(typed.value.trim()) || Number(typed.value) > 10_000
  error.hidden = !wrong
  error.textContent = wrong ? error.dataset['countError']! : ''
  form.dispatchEvent(new Event('okienko:unsent', { bubbles: true }))
  if (wrong) return typed.focus()
  void inTurn(async () => {
    const list = await readList(building)
    if (list === null) return showNoList()
    await addAct(newAct(list, { kind: 'counted', inside: Number(typed.value), reason: form.querySelector('select')!.value }))
    typed.value = ''
    await said('counted')
  })
})

// ── The network ──

async function isThere(): Promise<boolean> {
  return fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(askMs) }).then(
    (answer) => answer.ok,
    () => false,
  )
}

async function look(): Promise<void> {
  if (asking) return
  asking = true
  try {
    if (await isThere()) await inTurn(bringTogether)
    else showState('offline')
    await drawAround()
  } finally {
    asking = false
  }
}

/** Sends what was done and takes the new list; says what came of it. */
async function bringTogether(): Promise<void> {
  try {
    const sent = await synchronise(base, building)
    showState('live')
    if (sent.acts.length > 0) showSent(sent)
  } catch (error) {
    showState(error instanceof SignedOut ? 'signed-out' : 'offline')
  }
}

function showSent({ acts, taken, unreadable }: SentActs): void {
  const heading = one('[data-sent] h2')
  heading.textContent = heading.dataset['done']!
  const lines = acts.flatMap((act) => {
    const came = taken.find(({ key }) => key === act.key)
    if (unreadable.includes(act.key)) return [line('unreadable', act)]
    if (came === undefined) return []
    if (came.conflicts.length > 0) return [line('conflict', act)]
    return [came.ticket === null ? line('plain', act) : line('ticket', act, came.ticket)]
  })
  one('[data-sent-list]').replaceChildren(...lines)
  one('[data-sent-conflicts]').hidden = !taken.some(({ conflicts }) => conflicts.length > 0)
  one('[data-sent]').hidden = false
}

function showState(next: State): void {
  state = next
  if (next === 'live') localStorage.removeItem(sinceName)
  else if (next === 'offline' && localStorage.getItem(sinceName) === null) localStorage.setItem(sinceName, String(deviceNow()))
  one('[data-back]').hidden = next !== 'live'
  void readList(building).then((list) => {
    const since = Number(localStorage.getItem(sinceName) ?? deviceNow())
    const time = wall.format(list === null ? since : since - clockAhead(list) + (list.at - list.machineAt))
    const name = next === 'offline' && (list === null || list.over) ? 'no-list' : next
    const place = one('[data-state]')
    place.dataset['now'] = name
    say(place, fill(place.dataset[name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())]!, { time }))
  })
}

/** The same sentence again is not said again. */
function say(place: HTMLElement, sentence: string): void {
  if (place.textContent !== sentence) place.textContent = sentence
}

// What was scanned as the network went away is answered first.
const brought = sessionStorage.getItem('okienko-door-scan')
sessionStorage.removeItem('okienko-door-scan')
if (brought !== null) void inTurn(() => scanned(brought))
void look()
setInterval(() => void look(), everyMs)
