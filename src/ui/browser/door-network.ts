/** Whether the server is there, sending what waits, and what is said of both. */
import { clockAhead, deviceNow, readList, SignedOut, synchronise, type SentActs } from './door-kept.js'
import { base, building, fill, line, one, say, wall } from './door-parts.js'

const askMs = 3_000
const sinceName = 'okienko-door-offline-since'

type State = 'live' | 'reconnecting' | 'offline' | 'signed-out'
let state: State = 'reconnecting'

export function isLive(): boolean {
  return state === 'live'
}

export async function isThere(): Promise<boolean> {
  return fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(askMs) }).then(
    (answer) => answer.ok,
    () => false,
  )
}

/** Sends what was done and takes the new list; says what came of it. */
export async function bringTogether(): Promise<void> {
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

export function showState(next: State): void {
  state = next
  if (next === 'live') localStorage.removeItem(sinceName)
  else if (next === 'offline' && localStorage.getItem(sinceName) === null) localStorage.setItem(sinceName, String(deviceNow()))
  one('[data-back]').hidden = next !== 'live'
  void sayState(next)
}

async function sayState(next: State): Promise<void> {
  const list = await readList(building)
  const since = Number(localStorage.getItem(sinceName) ?? deviceNow())
  const time = wall.format(list === null ? since : since - clockAhead(list) + (list.at - list.machineAt))
  const name = next === 'offline' && (list === null || list.over) ? 'no-list' : next
  const place = one('[data-state]')
  place.dataset['now'] = name
  say(place, fill(place.dataset[name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())]!, { time }))
}
