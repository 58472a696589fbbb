/**
 * The guard's page while the network is away. What is scanned is looked up in the list of the day, what
 * is done is kept, and once the server is there again everything is sent and what came of it is shown.
 *
 * Words and markup stand in the page; here they are only filled and put in place.
 */
import { addAct, allActs, clockAhead, officeNow, readList, waitingActs, type Kept } from './door-kept.js'
import { lookUp, type Act, type Found, type Scan } from './door-lookup.js'
import { bringTogether, isLive, isThere, showState } from './door-network.js'
import {
  building,
  factsOf,
  fill,
  frame,
  inTurn,
  line,
  lineText,
  longDay,
  newAct,
  one,
  part,
  pick,
  press,
  replaceUnlessSame,
  say,
  seen,
  wall,
  words,
} from './door-parts.js'
import { countRight } from './door-count.js'
import { drawPapers, offerPapers } from './door-papers.js'
import { readScan } from './door-pass.js'

const everyMs = 5_000
const clockMs = 120_000
const expectedMs = 30 * 60_000
const lateMs = 30 * 60_000

const field = frame.querySelector<HTMLInputElement>('input[name="kod"]')!
const scanForm = frame.querySelector<HTMLFormElement>('[data-scan]')!
const answerPlace = frame.querySelector<HTMLElement>('[data-answer]')!

let asking = false

// ── What is scanned ──

scanForm.addEventListener('submit', (event) => {
  event.preventDefault()
  const typed = field.value
  if (typed.trim() === '') return
  // Taken at once: a quick scanner types the next one while this one is looked up.
  field.value = ''
  void inTurn(async () => {
    // With the network the door itself answers, once it has what was done without.
    if (await isThere()) {
      await bringTogether()
      if (isLive()) {
        field.value = typed
        return scanForm.submit()
      }
    }
    await scanned(typed)
  })
  scanForm.dispatchEvent(new Event('okienko:unsent', { bubbles: true }))
})

async function scanned(typed: string): Promise<void> {
  const list = await readList(building)
  if (list === null) showNoList()
  else {
    const scan = await readScan(list, typed)
    await show(list, scan, 'scanned')
  }
}

const listedOnly: ReadonlySet<Scan['kind']> = new Set(['token', 'reference', 'surname', 'unbooked'])

async function show(list: Kept, scan: Scan, how: 'scanned' | 'asked'): Promise<void> {
  const now = officeNow(list)
  const acts = await allActs(building)
  // Without a list of today no pass but a signed one says anything; a number of eight letters looks like a surname.
  if (list.over && listedOnly.has(scan.kind)) return showNoList()
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

// ── The answer ──

function draw(list: Kept, found: Found, entered: Act | null): void {
  const { answer, visit } = found
  const moment = found.fill
  const html =
    moment === null ? answer.html : fill(answer.html, { time: wall.format(moment), date: longDay.format(moment).replace(',', '') })
  answerPlace.innerHTML = html
  const facts = answerPlace.querySelector('[data-facts]')
  if (visit !== null) facts?.replaceWith(factsOf(visit, found.enteredAt))
  const acts = answerPlace.querySelector('[data-acts]')!
  if (entered !== null) {
    acts.append(part('entered'))
    press(acts, 'undo', async () => {
      await addAct(newAct(list, { kind: 'undone', of: entered.key }))
      await done('undone')
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
    await done('refused')
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

function showNoList(): void {
  answerPlace.replaceChildren(part('no-list'))
  tell('no')
}

/** Says that something was kept, in place of the answer. */
async function done(kind: 'left' | 'undone' | 'counted' | 'refused' | 'papers-undone'): Promise<void> {
  sayDone(words(`[data-done="${kind}"]`))
  await drawAround()
}

function sayDone(sentence: string): void {
  const content = part('done')
  content.querySelector('p')!.textContent = sentence
  answerPlace.replaceChildren(content)
  one('[data-title]').hidden = false
  scanForm.classList.remove('okienko-scan--answered')
  field.focus()
}

function tell(shape: string): void {
  // Which answer this is: two of the same words are told apart, by whoever looks after this page too.
  answerPlace.dataset['answer'] = String(Number(answerPlace.dataset['answer']) + 1)
  // One heading of the first rank: that of the answer, while there is one.
  one('[data-title]').hidden = answerPlace.querySelector('h1') !== null
  document.dispatchEvent(new CustomEvent('okienko:told', { detail: shape }))
  scanForm.classList.add('okienko-scan--answered')
  answerPlace.scrollIntoView({ block: 'nearest' })
  // Of an answer higher than a phone the word is seen first.
  answerPlace.querySelector('h1')?.scrollIntoView({ block: 'nearest' })
  field.focus({ preventScroll: true })
}

// ── Around the answer: who is expected, who is inside, what waits ──

async function drawAround(): Promise<void> {
  const [list, acts, waiting] = await Promise.all([readList(building), allActs(building), waitingActs(building)])
  for (const visit of list?.visits ?? []) seen.set(visit.visit, visit)
  drawExpected(list, acts)
  drawInside(list, acts)
  drawPapers(list)
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
      item.dataset['of'] = String(visit.visit)
      for (const said of item.querySelectorAll<HTMLElement>('[data-said]')) said.textContent = pick(visit)[said.dataset['said']!] ?? ''
      item.querySelector('a')!.addEventListener('click', (event) => {
        event.preventDefault()
        void inTurn(() => asked(visit.visit))
      })
      return item
    }),
  )
}

/** A visit of the list as it is now: what was drawn may be of the one before. */
async function asked(row: number): Promise<void> {
  const list = await readList(building)
  const visit = list?.visits.find((each) => each.visit === row)
  if (list === null || visit === undefined) return showNoList()
  await show(list, { kind: 'visit', visit }, 'asked')
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
    ...own.map((act) => insideLine(lineText('plain', act), { of: act.key, persons: act.persons ?? 0 })),
    ...before.map((each) => insideLine(`${each.time} ${each.label}`, { entry: each.entry, about: each.visit, persons: each.persons })),
  ]
  one('[data-inside]').hidden = lines.length === 0
  replaceUnlessSame(one('[data-inside-list]'), lines)
}

function insideLine(text: string, act: Pick<Act, 'of' | 'entry' | 'about' | 'persons'>): HTMLElement {
  const item = part('inside').querySelector('li')!
  item.dataset['of'] = act.of ?? String(act.entry)
  item.querySelector('[data-said]')!.textContent = text
  press(item, 'leave', async () => {
    const list = await readList(building)
    if (list === null) return
    await addAct(newAct(list, { kind: 'left', ...act }))
    await done('left')
  })
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

offerPapers({
  noList: showNoList,
  answer: ({ html }) => (answerPlace.innerHTML = html),
  told: tell,
  undone: () => done('papers-undone'),
  around: drawAround,
})

one('[data-unbooked]').addEventListener('click', () => {
  void inTurn(async () => {
    const list = await readList(building)
    if (list === null) return showNoList()
    await show(list, { kind: 'unbooked' }, 'asked')
  })
})

countRight({ noList: showNoList, counted: () => done('counted') })

// ── The network ──

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

// What was scanned as the network went away is answered first.
const brought = sessionStorage.getItem('okienko-door-scan')
sessionStorage.removeItem('okienko-door-scan')
if (brought !== null) void inTurn(() => scanned(brought))
void look()
setInterval(() => void look(), everyMs)
