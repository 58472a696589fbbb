/**
 * What the office prepares for a person, and whether the person comes for somebody else. Asked after
 * the time is held, so that nothing of it stands in an address.
 */
import type { JSX } from 'preact'
import { officeDay } from '../../platform/clock.js'
import { formList } from '../../platform/http/form.js'
import type { Directory } from '../../directory/index.js'
import { visitNeeds, type Visit, type VisitNeed } from '../../visit/index.js'
import { Checkboxes, useWords, WarningText } from '../../ui/index.js'
import { FromOffice } from './parts.js'
import { looksOf, type Asks } from './wish.js'

/** Needs a person says here; more time is part of the wish, since it changes the times. */
const asked = visitNeeds.filter((need) => need !== 'more-time')

/** What was said here, with the more time the visit has already. */
export function readNeeds(body: unknown, visit: Pick<Visit, 'needs'>): readonly VisitNeed[] {
  const chosen = formList(body, 'needs')
  return visitNeeds.filter((need) => (need === 'more-time' ? visit.needs.includes(need) : chosen.includes(need)))
}

/** Does the person come for somebody else? */
export function readOnBehalf(body: unknown): boolean {
  return formList(body, 'behalf').includes('tak')
}

export function NeedsFields({ needs, onBehalf, asks }: { needs: readonly VisitNeed[]; onBehalf: boolean; asks: Asks }): JSX.Element {
  const t = useWords()
  const words = asks === 'citizen' ? 'booking-pages' : 'booking-staff'
  const { legend, classes } = looksOf(asks, 'checkboxes')
  return (
    <>
      <Checkboxes
        name="needs"
        classes={classes}
        fieldset={{ legend: { text: t(`${words}.needs.title`), classes: legend } }}
        hint={t(`${words}.needs.hint`)}
        values={needs}
        items={asked.map((need) => ({ value: need, text: t(`booking-pages.need.${need}`) }))}
      />
      <Checkboxes
        name="behalf"
        classes={classes}
        fieldset={{ legend: { text: t(`${words}.behalf.title`), classes: legend } }}
        hint={t(`${words}.behalf.hint`)}
        values={onBehalf ? ['tak'] : []}
        items={[{ value: 'tak', text: t(`${words}.behalf.yes`) }]}
      />
    </>
  )
}

/** What follows from the needs: a warning where the time is short, and where the person meets the clerk. */
export function NeedsNotes({ visit, directory, now }: { visit: Visit; directory: Directory; now: Temporal.Instant }): JSX.Element | null {
  const t = useWords()
  const meeting = meetingPlace(directory, visit)
  const late = visit.needs.includes('interpreter') && workdaysBetween(officeDay(now), visit.day) < interpreterWorkdays
  if (!late && meeting === null) return null
  return (
    <>
      {late && <WarningText>{t('booking-pages.need.interpreter.short', { days: interpreterWorkdays })}</WarningText>}
      {meeting !== null && (
        <p class="govuk-body">
          {t('booking-pages.need.wheelchair.place')} <FromOffice>{meeting}</FromOffice>.
        </p>
      )}
    </>
  )
}

/** Where the clerk comes to a person who cannot climb the stairs; null where the desk is reached or nothing is known. */
export function meetingPlace(directory: Directory, visit: Pick<Visit, 'needs' | 'buildingId'>): string | null {
  const stepFree = directory.buildings.get(visit.buildingId)?.stepFree
  return visit.needs.includes('wheelchair') && stepFree?.everywhere === false ? stepFree.meetingPlace : null
}

/** The wish for an interpreter is announced three working days before (act of 19 August 2011 on sign language, art. 12 ust. 1); it warns, it never refuses. */
const interpreterWorkdays = 3

/** Days from Monday to Friday after the first and before the last. */
function workdaysBetween(first: Temporal.PlainDate, last: Temporal.PlainDate): number {
  let count = 0
  for (let day = first.add({ days: 1 }); Temporal.PlainDate.compare(day, last) < 0; day = day.add({ days: 1 }))
    if (day.dayOfWeek < 6) count += 1
  return count
}
