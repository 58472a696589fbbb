/** What pages say of times that cannot be taken yet. */
import type { JSX } from 'preact'
import { officeDay } from '../../../platform/clock.js'
import { longDay, plainDay, wallTime, type Language, type Translate } from '../../../platform/words.js'
import { BasisLine, InsetText, LinkButton, useWords } from '../../../ui/index.js'
import type { FreeDay } from '../../availability/board.js'

/** "w piątek 7 czerwca 2024 o 7:00" */
export function onWhen(t: Translate, at: Temporal.Instant): string {
  const day = officeDay(at)
  return t('booking-lot.on', { weekday: t(`booking-lot.on.${day.dayOfWeek}`), date: plainDay(t.language, day), time: wallTime(at) })
}

/** "wtorek 9 czerwca 2020", or the first and the last of several days. */
export function daysText(language: Language, days: readonly Temporal.PlainDate[]): string {
  const [first, last] = [days[0], days.at(-1)]
  if (first === undefined || last === undefined) return ''
  return first.equals(last) ? longDay(language, first) : `${longDay(language, first)} – ${longDay(language, last)}`
}

/** Above the times: a draw that takes entries, one being drawn, and days to be shown later with when. */
export function ReleaseNotes({ days, serviceId }: { days: readonly FreeDay[]; serviceId: string }): JSX.Element | null {
  const t = useWords()
  const of = (code: string): readonly FreeDay[] => days.filter((day) => day.release !== undefined && day.code === code)
  const [open, drawing, coming] = [of('by-lot'), of('lot-being-drawn'), of('not-yet-released')]
  if (open.length + drawing.length + coming.length === 0) return null
  const until = open[0]?.release?.lotUntil
  const language = t.language
  return (
    <>
      {until != null && (
        <InsetText>
          <p class="govuk-body">
            {t('booking-lot.times.open', {
              days: daysText(
                language,
                open.map(({ day }) => day),
              ),
              time: wallTime(until),
            })}
          </p>
          <LinkButton href={`/sprawy/${serviceId}/losowanie`}>{t('booking-lot.times.enter')}</LinkButton>
          <BasisLine basis={open[0]?.basis ?? []} />
        </InsetText>
      )}
      {drawing.length > 0 && (
        <InsetText>
          {t('booking-lot.times.drawing', {
            days: daysText(
              language,
              drawing.map(({ day }) => day),
            ),
          })}
        </InsetText>
      )}
      {coming.length > 0 && (
        <InsetText>
          <ul class="govuk-list">
            {together(coming).map(({ days: shown, at }) => (
              <li>
                <strong>{daysText(language, shown)}</strong>:{' '}
                {t(shown.length === 1 ? 'booking-lot.times.coming' : 'booking-lot.times.coming-days', { when: onWhen(t, at) })}
              </li>
            ))}
          </ul>
          <BasisLine basis={coming[0]?.basis ?? []} />
        </InsetText>
      )}
    </>
  )
}

/** Days that are shown at one moment, as one line. */
function together(coming: readonly FreeDay[]): readonly { readonly days: readonly Temporal.PlainDate[]; readonly at: Temporal.Instant }[] {
  const groups = new Map<string, { days: Temporal.PlainDate[]; at: Temporal.Instant }>()
  for (const { day, release } of coming) {
    if (release === undefined) continue
    const group = groups.get(release.at.toString())
    if (group === undefined) groups.set(release.at.toString(), { days: [day], at: release.at })
    else group.days.push(day)
  }
  return [...groups.values()]
}
