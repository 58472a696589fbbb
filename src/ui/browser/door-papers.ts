/**
 * The envelope a guard takes without the network: its number is made here and said at once, with the
 * minute that will be the date of filing. Offered only while the list says that papers may be left.
 */
import { addAct, officeNow, readList, type Kept } from './door-kept.js'
import { turnAt, type Act, type ToldAnswer } from './door-lookup.js'
import { fill, frame, inTurn, longDay, newAct, one, part, press, wall } from './door-parts.js'
import { newNumber, receiptOf } from './door-receipt.js'

const form = frame.querySelector<HTMLFormElement>('[data-papers]')!
const units = form.querySelector('select')!
const where = one('[data-papers-where]')

export interface Shown {
  noList(): void
  /** Puts an answer in place of the one of before. */
  answer(answer: ToldAnswer): void
  /** Says which answer it is, and keeps the scanner's field ready. */
  told(shape: string): void
  undone(): Promise<void>
  around(): Promise<void>
}

/** What the list says at this minute to somebody who leaves papers; null without a list of today. */
function answerNow(list: Kept | null): ToldAnswer | null {
  if (list === null || list.over) return null
  const turn = turnAt(list.documents, officeNow(list))
  return turn === undefined ? null : (list.answers[turn] ?? null)
}

/** Offers what the minute allows: the form, or where papers are left; without a list what to write on the envelope. */
export function drawPapers(list: Kept | null): void {
  const answer = answerNow(list)
  form.hidden = answer?.allowed !== true
  where.hidden = answer === null || answer.allowed
  one('[data-papers-by-hand]').hidden = answer !== null
  const known = [...units.options].slice(1).map(({ value, text }) => `${value} ${text}`)
  const listed = list?.over === false ? list.units : []
  if (known.join('\n') === listed.map(({ id, name }) => `${id} ${name}`).join('\n')) return
  units.replaceChildren(units.options[0]!, ...listed.map(({ id, name }) => new Option(name, id)))
}

export function offerPapers(shown: Shown): void {
  where.addEventListener('click', () => {
    void inTurn(async () => {
      const answer = answerNow(await readList(form.dataset['papers']!))
      if (answer === null) return shown.noList()
      shown.answer(answer)
      shown.told(answer.shape)
    })
  })
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    form.dispatchEvent(new Event('okienko:unsent', { bubbles: true }))
    void inTurn(async () => {
      const list = await readList(form.dataset['papers']!)
      const answer = answerNow(list)
      if (list === null || answer === null) return shown.noList()
      if (answer.allowed) await take(list, answer, shown)
      else {
        shown.answer(answer)
        shown.told(answer.shape)
      }
    })
  })
}

async function take(list: Kept, answer: ToldAnswer, shown: Shown): Promise<void> {
  const number = newNumber(() => crypto.getRandomValues(new Uint8Array(1))[0]!)
  const unit: { unit?: string } = units.value === '' ? {} : { unit: units.value }
  const unitName = list.units.find(({ id }) => id === unit.unit)?.name ?? list.sorts
  const act = newAct(list, { kind: 'papers', told: answer.code, allowed: true, number, ...unit })
  await addAct(act)
  units.value = ''
  shown.answer(answer)
  draw(act, unitName, shown)
  await shown.around()
  shown.told(answer.shape)
}

/** What is dictated, copied out or printed. */
function draw(act: Act, unit: string, shown: Shown): void {
  const receipt = part('receipt')
  const values = {
    receipt: receiptOf(act.number!, act.at),
    day: longDay.format(act.at).replace(',', ''),
    time: wall.format(act.at),
    unit,
  }
  for (const line of receipt.querySelectorAll<HTMLElement>('[data-receipt]')) line.textContent = fill(line.textContent, values)
  const answer = one('[data-answer]')
  answer.querySelector('[data-facts]')!.replaceWith(receipt)
  const acts = answer.querySelector<HTMLElement>('[data-acts]')!
  acts.append(part('receipt-acts'))
  press(acts, 'print', () => Promise.resolve(print()))
  press(acts, 'undo', async () => {
    const list = await readList(form.dataset['papers']!)
    if (list === null) return
    await addAct(newAct(list, { kind: 'undone', of: act.key }))
    await shown.undone()
  })
}
