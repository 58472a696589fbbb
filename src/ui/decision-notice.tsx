/**
 * An answer of the program, said in full: the sentence of its code, what it honestly rests on, and
 * what the person can do next. The same on every page, whoever decided.
 *
 * The sentence is `SLICE.refused.CODE` or `SLICE.allowed.CODE` of the words, a setting
 * `decision.setting.NAME`, a step `decision.next.KIND`.
 */
import type { ComponentChildren, JSX } from 'preact'
import type { Basis, Decision, NextStep } from '../platform/decision.js'
import type { Translate } from '../platform/words.js'
import { EmailLink, PhoneLink, Unbroken } from './components/text.js'
import { useWords } from './words-context.js'

export interface DecisionNoticeOptions {
  readonly decision: Decision
  /** Slice whose words hold the sentence of the code. */
  readonly slice: string
  /** Where the page has its own sentence, for example as its heading. */
  readonly withoutSentence?: boolean | undefined
  /** On pages of staff: only steps meant for staff, in one line. */
  readonly staff?: boolean | undefined
  /** Level of the heading over the steps, where the notice does not stand right below the page's own. */
  readonly level?: 2 | 3 | 4 | undefined
}

export function DecisionNotice({ decision, slice, withoutSentence, staff, level }: DecisionNoticeOptions): JSX.Element {
  const t = useWords()
  if (staff) {
    return (
      <div class="okienko-decision">
        {!withoutSentence && <p class="govuk-body-l">{decisionSentence(t, slice, decision)}</p>}
        <StaffSteps next={decision.next} />
        <BasisLine basis={decision.basis} />
      </div>
    )
  }
  return (
    <div class="okienko-decision">
      {!withoutSentence && <p class="govuk-body-l">{decisionSentence(t, slice, decision)}</p>}
      <BasisLine basis={decision.basis} />
      <NextSteps next={decision.allowed || decision.next.length > 0 ? decision.next : [contactStep]} level={level} />
    </div>
  )
}

/** The sentence of a decision's code. */
export function decisionSentence(t: Translate, slice: string, decision: Decision): string {
  const key = `${slice}.${decision.allowed ? 'allowed' : 'refused'}.${decision.code}`
  return t.has(key) ? t(key, 'values' in decision ? decision.values : undefined) : decision.code
}

/** "Podstawa: § 1 ust. 5 zarządzenia K/219/2020"; nothing where the answer rests on facts alone. */
export function BasisLine({ basis }: { basis: readonly Basis[] }): JSX.Element | null {
  const t = useWords()
  if (basis.length === 0) return null
  return <p class="okienko-basis">{t('decision.basis', { list: basisList(t, basis) })}</p>
}

/** One phrase per act: "§ 3 ust. 1 pkt 1, 2, 3 zarządzenia nr K/219/2020". */
function basisList(t: Translate, basis: readonly Basis[]): string {
  const merged = new Map<string, Basis>()
  for (const each of basis) {
    const key = each.kind === 'setting' ? `setting ${each.setting}` : each.act
    const before = merged.get(key)
    merged.set(
      key,
      before?.kind === 'provision' && each.kind === 'provision'
        ? { ...each, reference: joinReferences(before.reference, each.reference) }
        : each,
    )
  }
  return [...merged.values()]
    .map((each) => (each.kind === 'provision' ? { ...each, reference: withRuns(each.reference) } : each))
    .map((each) => basisText(t, each))
    .join('; ')
}

/** Three or more numbers in a row are said by the first and the last: "pkt 1, 2, 3, 4, 5" is "pkt 1–5". */
function withRuns(reference: string): string {
  return reference.replaceAll(/\d+(?:, \d+){2,}/g, (list) => {
    const numbers = list.split(', ').map(Number)
    const isRun = numbers.every((number, index) => index === 0 || number === (numbers[index - 1] as number) + 1)
    return isRun ? `${numbers[0]}–${numbers.at(-1)}` : list
  })
}

/** "§ 3 ust. 1 pkt 1" and "§ 3 ust. 1 pkt 2" are "§ 3 ust. 1 pkt 1, 2"; others stand whole beside each other. */
function joinReferences(before: string, next: string): string {
  const last = before.split(', ').at(-1) as string
  if (before.split(', ').includes(next)) return before
  const stem = next.slice(0, next.lastIndexOf(' ') + 1)
  const previousWhole = before.split(', ').findLast((each) => each.includes(' ')) ?? ''
  const sameStem = previousWhole.slice(0, previousWhole.lastIndexOf(' ') + 1) === stem && stem !== ''
  return sameStem && next !== last ? `${before}, ${next.slice(stem.length)}` : `${before}, ${next}`
}

export function basisText(t: Translate, basis: Basis): string {
  if (basis.kind === 'setting') {
    const key = `decision.setting.${basis.setting}`
    return t('decision.basis.setting', { name: t.has(key) ? t(key) : basis.setting })
  }
  // Ordinances of a mayor are numbered as K/219/2020; other acts are named as they are.
  const key = /^[A-Z]+\/\d+\/\d{4}$/.test(basis.act) ? 'decision.basis.ordinance' : 'decision.basis.act'
  const { act } = basis
  return t(key, { reference: t.polish(basis.reference), act: key.endsWith('.act') ? t.polish(act) : act })
}

/** What the person can do, as links, numbers to tap and sentences. */
export function NextSteps({
  next,
  title,
  level,
}: {
  next: readonly NextStep[]
  title?: string | undefined
  level?: 2 | 3 | 4 | undefined
}): JSX.Element | null {
  const t = useWords()
  if (next.length === 0) return null
  const Heading = `h${level ?? 2}` as const
  return (
    <>
      <Heading class="govuk-heading-m">{title ?? t('decision.next')}</Heading>
      <ul class="govuk-list govuk-list--bullet okienko-next">
        {withContact(next).map((step) => (
          <li>{stepContent(t, step)}</li>
        ))}
      </ul>
    </>
  )
}

/** Steps a clerk takes; the others are told to citizens, and a clerk does not ring the office. */
const staffSteps: ReadonlySet<string> = new Set([
  'open-desk',
  'finish-first',
  'resume-desk',
  'call-again',
  'start-first',
  'own-desks',
  'take-over',
  'try-again',
  'other-time',
  'sign-in',
])

/** What the clerk can do next, in one line; nothing where no step is the clerk's. */
export function StaffSteps({ next }: { next: readonly NextStep[] }): JSX.Element | null {
  const t = useWords()
  const own = next.filter((step) => staffSteps.has(step.kind))
  if (own.length === 0) return null
  return (
    <p class="govuk-body">
      {own.map((step, index) => (
        <>
          {index > 0 && '; '}
          {stepContent(t, step)}
        </>
      ))}
    </p>
  )
}

const contactStep: NextStep = { kind: 'contact', href: '/kontakt' }

/** Every answer leads to the page of phones and hours. */
function withContact(next: readonly NextStep[]): readonly NextStep[] {
  return next.some((step) => step.href === contactStep.href) ? next : [...next, contactStep]
}

function stepContent(t: Translate, step: NextStep): ComponentChildren {
  const key = `decision.next.${step.kind}`
  const sentence = t.has(key) ? t(key, step.values) : step.kind
  if (step.href !== undefined) {
    return (
      <a class="govuk-link" href={step.href}>
        {sentence}
      </a>
    )
  }
  return (
    <>
      <Unbroken text={sentence} />
      {step.phone !== undefined && (
        <>
          {' '}
          <PhoneLink phone={step.phone} />
        </>
      )}
      {step.email !== undefined && (
        <>
          {' '}
          <EmailLink email={step.email} />
        </>
      )}
    </>
  )
}
