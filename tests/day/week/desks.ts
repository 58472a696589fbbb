/**
 * The clerks of the simulated week: each desk is opened, rests, is handed over, closes with people
 * waiting and opens again; calls, calls again, serves, lets wait apart, sends on, calls out of turn,
 * takes back; sends what it kept while the connection was lost; and presses twice.
 */
import { randomUUID } from 'node:crypto'
import type { Context } from '../../../src/platform/context.js'
import {
  callNext,
  closeDesk,
  comeBack,
  finish,
  handOver,
  missed,
  nextMatter,
  openDesk,
  park,
  pauseDesk,
  pick,
  prioritise,
  recall,
  resumeDesk,
  start,
  transfer,
  undoMissed,
  wentHome,
  type QueueAnswer,
} from '../../../src/queue/index.js'
import type { AtDesk } from './people.js'
import { count, later, note, process, sent, speaksOf, type Week } from './world.js'

type Work =
  | { readonly kind: 'free' }
  | { readonly kind: 'called'; readonly reference: string; readonly since: number; readonly calls: number }
  | { readonly kind: 'missed'; readonly reference: string }
  | { readonly kind: 'serving'; readonly reference: string; readonly until: number; readonly unsent: boolean }

export interface Crew {
  readonly slug: string
  readonly building: string
  /** Two people who take turns at the desk. */
  readonly accounts: readonly number[]
  /** Staffed every day. */
  readonly always: boolean
  readonly luck: () => number
}

const told = (answer: QueueAnswer): string | null =>
  answer.allowed ? `${answer.code === 'yes' ? '' : (answer.visit?.reference ?? '')} ${answer.visit?.ticket ?? ''}` : null
const gone: ReadonlySet<string> = new Set(['already-ended', 'not-called', 'at-another-desk', 'already-missed', 'already-served'])
const plain: AtDesk = { comes: 'first', minutes: 6, goesOn: 'finish' }

/** A day of one desk: what it does each minute, and whether it is done with everybody. */
export function deskDay(
  week: Week,
  crew: Crew,
  day: number,
): { turn: (minute: number) => Promise<void>; busy: () => boolean; leave: () => Promise<void> } {
  const { slug: desk, building, luck } = crew
  // The third desk of the hall, the second room and the second desk of the annex are not staffed every day.
  const staffed = crew.always || luck() < 0.5
  const open = staffed ? 7 * 60 + 45 + Math.floor(luck() * 30) : Infinity
  const rest = luck() < 0.7 ? 8 * 60 + 30 + Math.floor(luck() * 70) : -1
  const restEnds = rest + 5 + Math.floor(luck() * 15)
  const shut = staffed && luck() < 0.4 ? 8 * 60 + 40 + Math.floor(luck() * 70) : -1
  const awayFor = 10 + Math.floor(luck() * 30)
  /** From this minute on the clerk tries to open the desk. */
  let opensAt = open
  const handed = luck() < 0.4 ? 8 * 60 + 20 + Math.floor(luck() * 110) : -1
  let work: Work = { kind: 'free' }
  let state: 'closed' | 'open' | 'paused' = 'closed'
  let account = crew.accounts[0] as number
  let shutting = false
  /** People who wait apart for this desk. */
  let aside = 0
  /** Nobody could be called: the clerk waits a little before pressing again. */
  let looksAgain = 0

  const now = (): Temporal.Instant => week.office.clock.now()
  /** Somebody else did something with the person meanwhile: the clerk sees it, and the desk is free. */
  const lost = ({ allowed, code }: QueueAnswer): void => {
    if (!allowed && gone.has(code)) work = { kind: 'free' }
  }
  const command = () => ({ desk, actor: `account:${account}` as const, now: now(), holder: account, key: randomUUID() })
  const press = async (name: string, run: (context: Context) => Promise<QueueAnswer>): Promise<QueueAnswer> => {
    const answer = await sent(week, luck, `${name} at ${desk}`, run, told)
    count(week, `${name} ${answer.code}`)
    if (answer.allowed && answer.visit !== null) note(week, building, answer.visit.reference, answer.visit.state === 'arrived')
    return answer
  }

  async function opens(): Promise<void> {
    const opened = await press('open', (context) => openDesk(context, { ...command(), accountId: account }))
    if (!opened.allowed) return
    state = 'open'
    week.desks.set(desk, account)
  }

  async function closesDesk(): Promise<void> {
    const asked = command()
    const answer = await press('close', (context) => closeDesk(context, asked))
    if (!answer.allowed) return
    // Also whoever is served already, of whose start only this desk knows.
    if (work.kind === 'called' || work.kind === 'serving') note(week, building, work.reference, true)
    work = { kind: 'free' }
    state = 'closed'
    shutting = false
    week.desks.delete(desk)
  }

  /** The colleague takes the desk as it is, with whoever is at it. */
  async function handsOver(): Promise<void> {
    const asked = command()
    const offered = await press('hand over', (context) => handOver(context, { ...asked, offered: true }))
    if (!offered.allowed) return
    const other = crew.accounts.find((each) => each !== account) as number
    const taken = { ...command(), actor: `account:${other}` as const, holder: other }
    const answer = await press('take over', (context) => openDesk(context, { ...taken, accountId: other }))
    if (!answer.allowed) return
    account = other
    if (state === 'paused') state = 'open'
    week.desks.set(desk, other)
  }

  async function sessionTurn(minute: number): Promise<void> {
    if (state === 'closed' && minute >= opensAt) await opens()
    if (state === 'closed') return
    if (minute === rest && state === 'open') {
      const asked = command()
      if ((await press('pause', (context) => pauseDesk(context, asked))).allowed) state = 'paused'
    }
    if (state === 'paused' && minute >= restEnds) {
      const asked = command()
      if ((await press('resume', (context) => resumeDesk(context, asked))).allowed) state = 'open'
    }
    if (minute === handed) await handsOver()
    if (minute === shut) shutting = true
    if (!shutting) return
    await closesDesk()
    opensAt = minute + awayFor
  }

  async function callsSomebody(minute: number): Promise<void> {
    const waiting = [...(week.waiting.get(building) ?? [])]
    if (waiting.length === 0 || minute < looksAgain) return
    const asked = command()
    const picked = luck() < 0.04 ? waiting[Math.floor(luck() * waiting.length)] : undefined
    if (picked !== undefined) speaksOf(week, picked)
    const answer =
      picked === undefined
        ? await press('call', (context) => callNext(context, asked))
        : await press('pick', (context) => pick(context, { ...asked, reference: picked, reason: 'agreed', mayPick: true }))
    if (answer.code === 'nobody-waiting' || answer.code === 'needs-more-desks' || answer.code === 'client-at-desk') looksAgain = minute + 3
    if (answer.code === 'already-ended' && picked !== undefined) note(week, building, picked, false)
    if (answer.allowed && answer.visit !== null && answer.visit.state === 'called')
      work = { kind: 'called', reference: answer.visit.reference, since: minute, calls: 1 }
  }

  async function waitsForPerson(minute: number, { reference, since, calls }: Extract<Work, { kind: 'called' }>): Promise<void> {
    const { comes, minutes } = week.atDesk.get(reference) ?? plain
    const asked = { ...command(), reference }
    if (comes === 'first' || (comes === 'second' && calls > 1)) {
      // Without the server the start is kept, and sent with the end.
      const unsent = luck() < 0.08
      if (unsent) count(week, 'kept starts')
      const started = unsent ? null : await press('start', (context) => start(context, asked))
      if (started?.allowed === false) return lost(started)
      work = { kind: 'serving', reference, until: minute + minutes, unsent }
    } else if (minute > since && calls < 2) {
      const answer = await press('recall', (context) => recall(context, asked))
      if (answer.allowed) work = { kind: 'called', reference, since: minute, calls: calls + 1 }
      lost(answer)
    } else if (minute > since) {
      const answer = await press('missed', (context) => missed(context, asked))
      if (answer.allowed) work = comes === 'undone' ? { kind: 'missed', reference } : { kind: 'free' }
      lost(answer)
    }
  }

  /** Comes in at the door after all: it is taken back, though the desk may have called another meanwhile. */
  async function takesBack(minute: number, reference: string): Promise<void> {
    work = { kind: 'free' }
    if (luck() < 0.4) await callsSomebody(minute)
    const asked = { ...command(), reference }
    week.atDesk.set(reference, { ...(week.atDesk.get(reference) ?? plain), comes: 'first' })
    const answer = await press('undo', (context) => undoMissed(context, asked))
    if (answer.allowed && answer.visit?.state === 'called' && work.kind === 'free')
      work = { kind: 'called', reference, since: minute, calls: 2 }
  }

  async function serves(minute: number, { reference, until, unsent }: Extract<Work, { kind: 'serving' }>): Promise<void> {
    if (minute < until) return
    if (unsent) {
      const kept = { ...command(), reference }
      const started = await press('late start', (context) => start(context, kept))
      if (!started.allowed) return lost(started)
    }
    const plan = week.atDesk.get(reference) ?? plain
    const asked = { ...command(), reference }
    const answer = await ends(plan, asked, minute)
    if (!answer.allowed) return lost(answer)
    if (answer.code === 'matter-done') work = { kind: 'serving', reference, until: minute + 5, unsent: false }
    else work = { kind: 'free' }
  }

  async function ends(plan: AtDesk, asked: ReturnType<typeof command> & { reference: string }, minute: number): Promise<QueueAnswer> {
    const { reference } = asked
    const served = { ...plan, goesOn: 'finish' } as const
    if (plan.goesOn === 'park') {
      const answer = await press('park', (context) => park(context, { ...asked, reason: 'form' }))
      if (answer.allowed) week.atDesk.set(reference, served)
      if (answer.allowed) aside += 1
      if (answer.allowed) later(week, day, minute + 4, () => comesBack(reference), Infinity)
      return answer
    }
    const others = [...week.desks.keys()].filter((slug) => slug !== desk && slug.startsWith(`${building}/`))
    if (plan.goesOn === 'to-desk' && others.length > 0) {
      const to = { desk: others[Math.floor(luck() * others.length)] as string }
      week.atDesk.set(reference, served)
      return press('transfer', (context) => transfer(context, { ...asked, to }))
    }
    if (plan.goesOn === 'to-matter') {
      week.atDesk.set(reference, served)
      return press('transfer', (context) => transfer(context, { ...asked, to: { serviceId: building === 'hall' ? 'long' : 'cash' } }))
    }
    const next = await nextOrNot(asked)
    return next ?? press('finish', (context) => finish(context, { ...asked, outcome: 'settled' }))
  }

  /** On to the next matter of the visit; null when there is none. */
  async function nextOrNot(asked: ReturnType<typeof command> & { reference: string }): Promise<QueueAnswer | null> {
    if (!week.twoMatters.delete(asked.reference)) return null
    const answer = await press('next matter', (context) => nextMatter(context, { ...asked, outcome: 'settled' }))
    return answer.allowed ? answer : null
  }

  async function comesBack(reference: string): Promise<void> {
    speaksOf(week, reference)
    aside -= 1
    // Back by itself, or called back by the desk that sent the person aside.
    if (luck() < 0.5 && state === 'open' && work.kind === 'free') {
      const asked = command()
      const answer = await press('call back', (context) => pick(context, { ...asked, reference, reason: 'continues-here', mayPick: false }))
      if (answer.allowed && answer.visit?.state === 'called') {
        work = { kind: 'called', reference, since: minuteNow(), calls: 1 }
        return
      }
    }
    const asked = { desk, actor: `account:${account}` as const, now: now(), key: randomUUID(), reference }
    const back = await press('return', (context) => comeBack(context, asked))
    if (back.code !== 'try-again') return
    aside += 1
    later(week, day, minuteNow() + 1, () => comesBack(reference), Infinity)
  }

  const minuteNow = (): number => {
    const wall = now().toZonedDateTimeISO('Europe/Warsaw')
    return wall.hour * 60 + wall.minute
  }

  return {
    busy: () => work.kind !== 'free' || aside > 0,
    leave: closesDesk,
    async turn(minute) {
      await sessionTurn(minute)
      if (state === 'closed') return
      if (work.kind === 'called') return waitsForPerson(minute, work)
      if (work.kind === 'missed') return takesBack(minute, work.reference)
      if (work.kind === 'serving') return serves(minute, work)
      if (state === 'open') await callsSomebody(minute)
    },
  }
}

/** Makes somebody who waits due earlier, at whatever desk is at work. */
export async function givesPriority(week: Week, building: string, reference: string, luck: () => number): Promise<void> {
  speaksOf(week, reference)
  await atSomeDesk(week, building, luck, 'prioritise', (context, command) =>
    prioritise(context, { ...command, reference, reason: 'hard-to-wait' }),
  )
}

export async function goesHome(week: Week, building: string, reference: string, luck: () => number): Promise<void> {
  speaksOf(week, reference)
  await atSomeDesk(week, building, luck, 'went home', (context, command) => wentHome(context, { ...command, reference }))
}

type Command = { readonly desk: string; readonly actor: `account:${number}`; readonly now: Temporal.Instant; readonly key: string }

async function atSomeDesk(
  week: Week,
  building: string,
  luck: () => number,
  name: string,
  act: (context: Context, command: Command) => Promise<QueueAnswer>,
): Promise<void> {
  const [desk, account] = [...week.desks].find(([slug]) => slug.startsWith(`${building}/`)) ?? []
  if (desk === undefined) return
  const command: Command = { desk, actor: `account:${account as number}`, now: week.office.clock.now(), key: randomUUID() }
  const answer = await act(process(week, luck), command)
  count(week, `${name} ${answer.code}`)
  if (answer.allowed && answer.visit !== null) note(week, building, answer.visit.reference, answer.visit.state === 'arrived')
}
