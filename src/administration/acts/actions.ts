/**
 * The steps of an act, each one transaction: lock the draft, ask whether the step is open, write,
 * and add the event. Whoever is too late is told, and nothing that was typed is lost.
 */
import type { Context } from '../../platform/context.js'
import { brokenConstraint, transaction, type Queryable } from '../../platform/database.js'
import type { FieldError } from '../../platform/decision.js'
import { officeDay } from '../../platform/clock.js'
import { actsProblems, enterActs, lockActs, readBook, ruleBook } from '../../regulation/index.js'
import type { Staff } from '../../staff/index.js'
import { reviewVisits } from '../review/index.js'
import { contentOfAct, documentOfDraft } from './document.js'
import type { Content, Draft, Part, Published, Signed } from './model.js'
import { slugOf, stepsFor, type Step } from './rules.js'
import * as store from './store.js'

/** Refused: what is wrong, and the draft as it is now. */
export interface Refused {
  readonly errors: readonly FieldError[]
  readonly draft: Draft
}
/** Somebody changed the same part meanwhile: `draft` is what is saved now. */
export interface Conflict {
  readonly conflict: true
  readonly draft: Draft
}
export interface Done {
  readonly draft: Draft
}
export type Outcome = Done | Refused | Conflict | null

export function isRefused(outcome: Outcome): outcome is Refused {
  return outcome !== null && 'errors' in outcome
}

export function isConflict(outcome: Outcome): outcome is Conflict {
  return outcome !== null && 'conflict' in outcome
}

/** Begins a draft: empty, from another office's document, or as a correction of an act that is held. */
export async function beginDraft(
  context: Context,
  staff: Staff,
  { content, text = '', imported = false }: { readonly content: Content; readonly text?: string; readonly imported?: boolean },
): Promise<number> {
  const now = context.clock.now()
  return transaction(context.database, async (client) => {
    const draftId = await store.insertDraft(client, { corrects: null, content, text }, staff.accountId, now)
    await store.insertEvent(client, { draftId, kind: imported ? 'imported' : 'made' }, staff.accountId, now)
    return draftId
  })
}

/** Begins a correction, or gives the one that is under way: an act has one at a time. Null when there is no such act. */
export async function beginCorrection(context: Context, staff: Staff, actId: string): Promise<number | null> {
  const book = await ruleBook(context)
  const act = book.acts.find((each) => each.id === actId)
  if (act === undefined) return null
  const now = context.clock.now()
  const drafts = await store.listDrafts(context.database.pool)
  const text = drafts.find((each) => each.published !== null && each.signed?.actId === actId)?.text ?? ''
  const content = contentOfAct(book, act)
  try {
    return await transaction(context.database, async (client) => {
      const draftId = await store.insertDraft(client, { corrects: actId, content, text }, staff.accountId, now)
      await store.insertEvent(client, { draftId, kind: 'made' }, staff.accountId, now)
      return draftId
    })
  } catch (error) {
    if (brokenConstraint(error) !== 'act_draft_one_correction') throw error
    const open = (await store.listDrafts(context.database.pool)).find(
      (each) => each.corrects === actId && ['draft', 'checked', 'signed'].includes(each.state),
    )
    return open?.id ?? null
  }
}

/**
 * Changes one part of a draft. `seen` is the revision whose part the writer had before him: when
 * somebody has changed that part since, nothing is written. A new part is named with the draft locked,
 * so that two people who add at once add two.
 */
export async function changePart(
  context: Context,
  staff: Staff,
  { id, part: given, seen }: { readonly id: number; readonly part: Part | ((draft: Draft) => Part); readonly seen: number },
  change: (draft: Draft) => { readonly content?: Content; readonly text?: string },
): Promise<Outcome> {
  return step(context, staff, id, 'edit', async (client, draft, now) => {
    const part = typeof given === 'string' ? given : given(draft)
    if ((draft.changed[part] ?? 0) > seen) return { conflict: true, draft }
    const revision = draft.revision + 1
    const { content = draft.content, text = draft.text } = change(draft)
    await store.writeDraft(client, id, { content, text, revision, changed: { ...draft.changed, [part]: revision } }, staff.accountId)
    await store.insertEvent(client, { draftId: id, kind: 'edited', part: part.replace(/^provision:/, '') }, staff.accountId, now)
    return null
  })
}

/** A second person says that the draft is right as seen at revision `seen`. */
export async function checkDraft(context: Context, staff: Staff, id: number, seen: number): Promise<Outcome> {
  const book = await ruleBook(context)
  return step(context, staff, id, 'check', async (client, draft, now) => {
    if (draft.revision !== seen) return { conflict: true, draft }
    const wrong = await actsProblems(client, documentOfDraft(draft, book))
    if (wrong.length > 0) return { errors: [because('sprawdz', 'broken')], draft }
    await store.writeChecked(client, id, staff.accountId, now)
    await store.insertEvent(client, { draftId: id, kind: 'checked' }, staff.accountId, now)
    return null
  })
}

export async function giveBack(context: Context, staff: Staff, id: number): Promise<Outcome> {
  return step(context, staff, id, 'give-back', async (client, _draft, now) => {
    await store.writeReturned(client, id)
    await store.insertEvent(client, { draftId: id, kind: 'returned' }, staff.accountId, now)
    return null
  })
}

export async function withdrawDraft(context: Context, staff: Staff, id: number): Promise<Outcome> {
  return step(context, staff, id, 'withdraw', async (client, _draft, now) => {
    await store.writeWithdrawn(client, id)
    await store.insertEvent(client, { draftId: id, kind: 'withdrawn' }, staff.accountId, now)
    return null
  })
}

/** Records the signature. The number becomes the id of a new act; a correction keeps the id of the act and has a number of its own. */
export async function recordSignature(context: Context, staff: Staff, id: number, typed: Omit<Signed, 'actId'>): Promise<Outcome> {
  try {
    return await step(context, staff, id, 'sign', async (client, draft, now) => {
      if (Temporal.PlainDate.compare(typed.on, officeDay(now)) > 0) return { errors: [because('signedOn', 'signed-later')], draft }
      const taken = await store.takenActIds(client)
      // A correction's own number is no act's; a new act's gives it its address.
      if (taken.some((each) => slugOf(each) === slugOf(typed.number))) return { errors: [because('number', 'number-taken')], draft }
      await store.writeSigned(client, id, { ...typed, actId: draft.corrects ?? typed.number })
      await store.insertEvent(client, { draftId: id, kind: 'signed' }, staff.accountId, now)
      return null
    })
  } catch (thrown) {
    if (brokenConstraint(thrown) !== 'act_draft_register_number') throw thrown
    const draft = await store.findDraft(context.database.pool, id)
    return draft && { errors: [because('number', 'number-taken')], draft }
  }
}

/**
 * Records the publication: in the same transaction the act becomes law to the program, on every
 * process, from its own first day on.
 */
export async function recordPublication(
  context: Context,
  staff: Staff,
  id: number,
  typed: Pick<Published, 'at' | 'places' | 'responsible'>,
): Promise<Outcome> {
  const outcome = await step(context, staff, id, 'publish', async (client, draft, now) => {
    if (Temporal.Instant.compare(typed.at, now) > 0) return { errors: [because('publishedOn', 'published-later')], draft }
    const actId = draft.signed?.actId as string
    // A condition ended a moment ago is not written back as the draft knew it.
    await lockActs(client)
    const wrong = await enterActs(client, documentOfDraft(draft, await readBook(client)), now)
    // Places of the office may have gone since the check.
    if (wrong.length > 0) return { errors: [because('places', 'broken-since')], draft }
    const enteredAt = (await store.enteredAtOf(client, actId)) ?? now
    await store.writePublished(client, id, { ...typed, enteredBy: staff.accountId, enteredAt: later(enteredAt, now) })
    await store.insertEvent(client, { draftId: id, kind: 'published' }, staff.accountId, now)
    return null
  })
  if (outcome !== null && !isRefused(outcome)) {
    context.changes.publish('regulation')
    // Visits that do not fit the act wait for somebody from the first minute; the duty finds what is booked meanwhile.
    await reviewVisits(context, context.clock.now())
  }
  return outcome
}

/** A correction of the words alone makes no new version of the rules: it still came when it came. */
function later(a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(a, b) > 0 ? a : b
}

/** Locks, asks whether the step is open, and gives the draft as it is afterwards. `work` gives null when it is done. */
async function step(
  context: Context,
  staff: Staff,
  id: number,
  which: Step,
  work: (client: Queryable, draft: Draft, now: Temporal.Instant) => Promise<Refused | Conflict | null>,
): Promise<Outcome> {
  return transaction(context.database, async (client) => {
    const draft = await store.lockDraft(client, id)
    if (draft === null) return null
    if (!stepsFor(draft, staff).has(which)) return { errors: [whyNot(draft, staff, which)], draft }
    const refused = await work(client, draft, context.clock.now())
    return refused ?? { draft: (await store.findDraft(client, id)) as Draft }
  })
}

/** Why this step is not open, with what to do instead. */
function whyNot(draft: Draft, staff: Staff, which: Step): FieldError {
  if (which === 'check' && draft.state === 'draft' && [draft.author.id, draft.editedBy.id].includes(staff.accountId))
    return because('sprawdz', 'second-person')
  return because('main-content', `closed.${draft.state}`)
}

function because(field: string, code: string): FieldError {
  return { field, message: `administration-staff.error.${code}` }
}
