/**
 * What the door says without the network: looked up in the list of the day, never decided. Pure: the
 * list, what was done since, what was scanned and the minute are arguments.
 *
 * The list is that of `src/entrance/offline/model.ts`; its answers were worked out by the server's own
 * decision for every minute of the day. Here is only added what happened at this door since.
 */
export interface ToldAnswer {
  readonly code: string
  readonly allowed: boolean
  readonly shape: 'yes' | 'wait' | 'no'
  readonly html: string
}

export type Turn = readonly [from: number, answer: number]

export interface ListedVisit {
  readonly visit: number
  readonly pass: string
  readonly reference: string
  readonly starts: number
  readonly persons: number
  readonly time: string
  readonly matter: string
  readonly room: string | null
  readonly meeting: string | null
  readonly initials: string | null
  readonly expected: boolean
  readonly inside: boolean
  readonly last: number | null
  readonly answers: readonly Turn[]
}

export interface DoorList {
  readonly building: string
  readonly guard: string
  readonly at: number
  readonly machineAt: number
  readonly until: number
  readonly time: string
  readonly passKeys: readonly { readonly id: string; readonly x: string }[]
  readonly code: string
  readonly elsewhere: Readonly<Record<string, number>>
  readonly sameScanMs: number
  readonly samePassMs: number
  readonly answers: readonly ToldAnswer[]
  readonly visits: readonly ListedVisit[]
  readonly unbooked: readonly Turn[]
  readonly documents: readonly Turn[]
  readonly units: readonly { readonly id: string; readonly name: string }[]
  readonly sorts: string
  readonly inside: readonly {
    readonly entry: number
    readonly visit: number | null
    readonly time: string
    readonly label: string
    readonly persons: number
  }[]
  readonly room: readonly { readonly left: number; readonly full: readonly number[] }[]
  readonly said: Readonly<Record<string, number>>
}

/** One act of the guard, as it is kept until the server has it and a newer list is here. */
export interface Act {
  readonly key: string
  readonly building: string
  readonly kind: 'entered' | 'refused' | 'admitted' | 'left' | 'undone' | 'counted' | 'papers'
  /** Office time and the device's own, in milliseconds. */
  readonly at: number
  readonly deviceAt: number
  readonly guard: string
  readonly told?: string
  readonly allowed?: boolean
  readonly visit?: number
  readonly token?: string
  readonly reference?: string
  readonly starts?: number
  readonly override?: string
  readonly purpose?: string
  readonly entry?: number
  readonly of?: string
  readonly inside?: number
  readonly reason?: string
  /** The unit an envelope is for, and the number said for it, without its day. */
  readonly unit?: string
  readonly number?: string
  /** Persons it concerns; not sent. */
  readonly persons?: number
  /** The visit an entry of the list is about; not sent. */
  readonly about?: number | null
}

/** A signed pass whose signature is right. */
export interface SignedPass {
  readonly building: string
  readonly persons: number
  readonly starts: number
  readonly from: number
  readonly until: number
  /** The first minute of its day and of the next one. */
  readonly day: number
  readonly dayEnd: number
  readonly token: string
}

export type Scan =
  | { readonly kind: 'visit'; readonly visit: ListedVisit; readonly pass?: SignedPass }
  | { readonly kind: 'signed'; readonly pass: SignedPass }
  | { readonly kind: 'reference'; readonly reference: string }
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'unbooked' | 'unreadable' | 'changed' | 'surname' }

export interface Found {
  readonly answer: ToldAnswer
  readonly visit: ListedVisit | null
  /** What an act about it says of whom it is about. */
  readonly subject: Pick<Act, 'visit' | 'token' | 'reference' | 'starts'>
  readonly persons: number
  /** A moment that fills `{time}` and `{date}` of the answer. */
  readonly fill: number | null
  /** The same scan came again at once: it was let in by this act already. */
  readonly again: Act | null
  /** When the pass was let in last, for one who is inside. */
  readonly enteredAt: number | null
}

/** Says what the door says; `acts` are those of this building, in the order they were done. */
export function lookUp(list: DoorList, acts: readonly Act[], scan: Scan, now: number): Found {
  switch (scan.kind) {
    case 'visit':
      return ofVisit(list, acts, scan.visit, now)
    case 'signed':
      return ofSigned(list, acts, scan.pass, now)
    case 'unbooked':
      return found(list, turnAt(list.unbooked, now) ?? list.said['not-listed'], {})
    case 'reference':
      return found(list, list.said['not-listed'], { reference: scan.reference })
    case 'token':
      return found(list, list.said['not-listed'], { token: scan.token })
    case 'unreadable':
    case 'changed':
    case 'surname':
      return found(list, list.said[scan.kind], {})
  }
}

function ofVisit(list: DoorList, acts: readonly Act[], visit: ListedVisit, now: number): Found {
  const subject = { visit: visit.visit, starts: visit.starts }
  const known = { visit, persons: visit.persons }
  const state = stateOf(acts, subject, visit)
  if (state.inside) return insideAgain(list, state, now, { subject, ...known })
  const index = turnAt(visit.answers, now)
  return unlessFull(list, acts, found(list, index, subject, known))
}

/** Booked after the list was made, or at another door: only what the pass says itself is known. */
function ofSigned(list: DoorList, acts: readonly Act[], pass: SignedPass, now: number): Found {
  const subject = { token: pass.token, starts: pass.starts }
  const known = { persons: pass.persons, fill: pass.starts }
  if (pass.building !== list.code) return found(list, list.elsewhere[pass.building] ?? list.said['not-listed'], subject, known)
  const state = stateOf(acts, subject, null)
  if (state.inside) return insideAgain(list, state, now, { subject, ...known })
  if (now >= pass.dayEnd) return found(list, list.said['past-day'], subject, known)
  if (now < pass.day) return found(list, list.said['coming-day'], subject, known)
  if (now < pass.from) return found(list, list.said['early'], subject, { ...known, fill: pass.from })
  if (now > pass.until) return found(list, list.said['late'], subject, known)
  return unlessFull(list, acts, found(list, list.said['signed'], subject, known))
}

interface State {
  readonly inside: boolean
  /** The last entry, while nobody was seen going out. */
  readonly last: number | null
  readonly act: Act | null
}

/** Where the person is by the list and by what was done at this door since. */
function stateOf(acts: readonly Act[], subject: Found['subject'], visit: ListedVisit | null): State {
  let state: State = { inside: visit?.inside ?? false, last: visit?.last ?? null, act: null }
  const before = state
  for (const act of acts) {
    if (act.kind === 'entered' && isAbout(act, subject)) state = { inside: true, last: act.at, act }
    // Whoever went out may come back; whose entry was taken back is as before it.
    if (act.kind === 'left' && goes(act, state, visit)) state = { ...state, last: null }
    if (act.kind === 'undone' && state.act !== null && act.of === state.act.key) state = before
  }
  return state
}

function isAbout(act: Act, subject: Found['subject']): boolean {
  return subject.visit === undefined ? subject.token !== undefined && act.token === subject.token : act.visit === subject.visit
}

function goes(act: Act, state: State, visit: ListedVisit | null): boolean {
  return (state.act !== null && act.of === state.act.key) || (visit !== null && act.about === visit.visit)
}

function insideAgain(list: DoorList, { last, act }: State, now: number, about: Pick<Found, 'subject' | 'persons'> & Partial<Found>): Found {
  const ago = last === null ? Number.POSITIVE_INFINITY : now - last
  const rest = { ...about, enteredAt: last }
  if (act !== null && ago <= list.sameScanMs) {
    const same = list.answers.find(({ code }) => code === act.told)
    return { ...found(list, list.said['twice'], about.subject, rest), ...(same === undefined ? {} : { answer: same }), again: act }
  }
  return found(list, list.said[ago < list.samePassMs ? 'twice' : 'back'], about.subject, rest)
}

/** A yes for whom there is no place is a "full", with as many places as are left. */
function unlessFull(list: DoorList, acts: readonly Act[], yes: Found): Found {
  if (!yes.answer.allowed) return yes
  for (const [index, { full }] of list.room.entries()) {
    const left = placesLeft(list, acts, index)
    if (left < yes.persons) return { ...yes, answer: answerOf(list, full[left]) }
  }
  return yes
}

/** Places under a limit now: those of the list, fewer by who came in here since and more by who went out. */
export function placesLeft(list: DoorList, acts: readonly Act[], limit: number): number {
  const come = new Map<string, number>()
  let left = list.room[limit]?.left ?? 0
  for (const act of acts) {
    if (act.kind === 'entered' && !(act.told === 'already-in' || act.told === 'same-pass-again')) come.set(act.key, act.persons ?? 1)
    if (act.kind === 'undone' && act.of !== undefined) come.delete(act.of)
    if (act.kind === 'left' && !(act.of !== undefined && come.delete(act.of))) left += act.persons ?? 0
  }
  for (const persons of come.values()) left -= persons
  return Math.max(0, left)
}

/** The answer that holds at a minute: the last that began. */
export function turnAt(turns: readonly Turn[], now: number): number | undefined {
  return turns.findLast(([from]) => from <= now)?.[1] ?? turns[0]?.[1]
}

function found(list: DoorList, index: number | undefined, subject: Found['subject'], about: Partial<Found> = {}): Found {
  return { answer: answerOf(list, index), visit: null, subject, persons: 1, fill: null, again: null, enteredAt: null, ...about }
}

function answerOf(list: DoorList, index: number | undefined): ToldAnswer {
  return list.answers[index ?? list.said['not-listed'] ?? 0] as ToldAnswer
}
