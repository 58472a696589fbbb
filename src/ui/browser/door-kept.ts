/**
 * What the browser of a door keeps: the list of one day for each building, and what was done without
 * the network until the server has it.
 *
 * The list goes with its day, and with signing out (door-worker.ts). What is left of it then names
 * nobody: the public keys, and the answers that are no visit's. Acts stay until they are sent: they are
 * the record of who is inside.
 */
import type { Act, DoorList } from './door-lookup.js'
import type { KeptList } from './door-pass.js'

const name = 'okienko-door'

/** A list with what the device's clock showed when it came. */
export type Kept = KeptList & { readonly keptAt: number; readonly over: boolean }

interface KeptAct extends Act {
  /** Here already, and not yet in a list. */
  readonly sent?: boolean
}

/** What the server says of an act. */
export interface Taken {
  readonly key: string
  readonly ticket: string | null
  readonly conflicts: readonly { readonly code: string }[]
}

export interface SentActs {
  readonly acts: readonly Act[]
  readonly taken: readonly Taken[]
  readonly unreadable: readonly string[]
}

export class SignedOut extends Error {}

/** The device's clock: right or wrong, it is all there is without the network. */
export function deviceNow(): number {
  return Date.now()
}

/** Office time by the device's clock and what it was off by when the list came. */
export function officeNow(list: Pick<Kept, 'at' | 'keptAt'>): number {
  return list.at + (deviceNow() - list.keptAt)
}

/** By how much the device's clock is ahead of the server's, in milliseconds. */
export function clockAhead({ keptAt, machineAt }: Pick<Kept, 'keptAt' | 'machineAt'>): number {
  return keptAt - machineAt
}

/** The list of a building; of an earlier day only what names nobody. */
export async function readList(building: string): Promise<Kept | null> {
  const list = await ask<Kept | undefined>('lists', 'readonly', (store) => store.get(building))
  if (list === undefined) return null
  if (list.over || officeNow(list) < list.until) return list
  const rest = withoutDay(list)
  await ask('lists', 'readwrite', (store) => store.put(rest))
  return rest
}

/** What of a list may stay after its day: keys, and answers that are nobody's. */
function withoutDay(list: Kept): Kept {
  const nobodys = new Set([...Object.values(list.said), ...Object.values(list.elsewhere)])
  const answers = list.answers.map((answer, index) => (nobodys.has(index) ? answer : { ...answer, html: '' }))
  return {
    ...list,
    over: true,
    hashKey: null,
    visits: [],
    unbooked: [],
    documents: [],
    units: [],
    sorts: '',
    inside: [],
    room: [],
    answers,
  }
}

/** Sends what waits, then takes the new list. Throws when the server is away, `SignedOut` when it asks who this is. */
export async function synchronise(base: string, building: string): Promise<SentActs> {
  const sent = await sendActs(base, building)
  const answer = await fetch(`${base}/lista`, { cache: 'no-store', signal: AbortSignal.timeout(15_000) })
  if (answer.redirected || answer.status === 401 || answer.status === 403) throw new SignedOut()
  if (!answer.ok) throw new Error(String(answer.status))
  const { key, ...list } = (await answer.json()) as DoorList & { key: string }
  const raw = Uint8Array.from(atob(key.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0))
  const hashKey = await crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  await ask('lists', 'readwrite', (store) => store.put({ ...list, hashKey, keptAt: deviceNow(), over: false }))
  // What was sent stands in the new list.
  for (const act of await allActs(building)) if (act.sent) await ask('acts', 'readwrite', (store) => store.delete(act.key))
  return sent
}

async function sendActs(base: string, building: string): Promise<SentActs> {
  const waiting = (await allActs(building)).filter((act) => !act.sent)
  if (waiting.length === 0) return { acts: [], taken: [], unreadable: [] }
  const list = await readList(building)
  const body = { deviceNow: deviceNow(), ahead: list === null ? 0 : Math.round(clockAhead(list)), acts: waiting.slice(0, actsAtOnce) }
  const answer = await fetch(`${base}/wpisy`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(30_000),
  })
  if (answer.redirected || answer.status === 401 || answer.status === 403) throw new SignedOut()
  if (!answer.ok) throw new Error(String(answer.status))
  const { taken, unreadable } = (await answer.json()) as Omit<SentActs, 'acts'>
  for (const { key } of taken) {
    const act = body.acts.find((each) => each.key === key)
    if (act) await ask('acts', 'readwrite', (store) => store.put({ ...act, sent: true }))
  }
  // What the server cannot read it never will: the guard is told, and it waits no longer.
  for (const key of unreadable) await ask('acts', 'readwrite', (store) => store.delete(key))
  if (taken.length + unreadable.length === 0 || waiting.length <= actsAtOnce) return { acts: body.acts, taken, unreadable }
  const rest = await sendActs(base, building)
  return { acts: [...body.acts, ...rest.acts], taken: [...taken, ...rest.taken], unreadable: [...unreadable, ...rest.unreadable] }
}

const actsAtOnce = 100

export async function addAct(act: Act): Promise<void> {
  await ask('acts', 'readwrite', (store) => store.put(act))
}

/** Acts of a building in the order they were done: those that wait, and those no list shows yet. */
export async function allActs(building: string): Promise<readonly KeptAct[]> {
  const acts = await ask<KeptAct[]>('acts', 'readonly', (store) => store.getAll())
  return acts.filter((act) => act.building === building).toSorted((a, b) => a.deviceAt - b.deviceAt)
}

export async function waitingActs(building: string): Promise<readonly Act[]> {
  return (await allActs(building)).filter((act) => !act.sent)
}

async function ask<Answer>(store: string, mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest): Promise<Answer> {
  const database = await open()
  try {
    const change = database.transaction(store, mode, { durability: 'strict' })
    const request = work(change.objectStore(store))
    await new Promise<void>((done, failed) => {
      change.addEventListener('complete', () => done())
      change.addEventListener('abort', () => failed(change.error ?? new Error('not kept')))
    })
    return request.result as Answer
  } finally {
    database.close()
  }
}

function open(): Promise<IDBDatabase> {
  return new Promise((done, failed) => {
    const request = indexedDB.open(name, 1)
    request.addEventListener('upgradeneeded', () => {
      request.result.createObjectStore('lists', { keyPath: 'building' })
      request.result.createObjectStore('acts', { keyPath: 'key' })
    })
    request.addEventListener('success', () => done(request.result))
    request.addEventListener('error', () => failed(request.error ?? new Error('cannot be opened')))
  })
}
