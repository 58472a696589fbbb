/**
 * Entering a draw: up to three wishes in order and whom to tell. Everyone who asks in the time of the
 * draw has the same chance: coming in the first second is worth nothing.
 */
import type { JSX } from 'preact'
import { setting, type FieldError } from '../../../platform/decision.js'
import { longDay, wallTime } from '../../../platform/words.js'
import { nameIn, type Office, type Service } from '../../../directory/index.js'
import {
  BasisLine,
  Button,
  CitizenPage,
  Details,
  errorAt,
  IdempotencyField,
  Select,
  type SelectItem,
  type Shell,
} from '../../../ui/index.js'
import type { Release } from '../../../regulation/index.js'
import type { FreeDay } from '../../availability/board.js'
import type { TypedPerson } from '../../forms.js'
import { PersonFields, PrivacyDetails } from '../../pages/details.js'
import { whenText } from '../../pages/parts.js'
import { wishesMax } from '../rules.js'
import { daysText } from './parts.js'

export interface EnterPageOptions {
  readonly shell: Shell
  readonly office: Office
  readonly service: Service
  readonly release: Release
  readonly closesAt: Temporal.Instant
  /** Until when entries may be confirmed; null where that is not asked. */
  readonly confirmUntil: Temporal.Instant | null
  /** Days of the draw with the times that are free. */
  readonly days: readonly FreeDay[]
  /** Hash of the seed, 64 hexadecimal digits, and the draw's number. */
  readonly commitment: string
  readonly drawId: number
  readonly typed: TypedPerson & { readonly wishes: readonly string[] }
  readonly errors?: readonly FieldError[]
  readonly key?: string
}

export function EnterPage(options: EnterPageOptions): JSX.Element {
  const { shell, office, service, release, closesAt, confirmUntil, days, commitment, drawId, typed, errors = [], key } = options
  const { t } = shell
  const title = t('booking-lot.enter.title')
  const items = wishItems(options)
  return (
    <CitizenPage shell={shell} title={title} back={`/sprawy/${service.id}/terminy`} errors={errors} errorIds={{ wishes: 'wish1' }}>
      <h1 class="govuk-heading-xl">{title}</h1>
      <p class="govuk-body-l">{nameIn(t, service)}</p>
      <p class="govuk-body">
        {t('booking-lot.enter.days', {
          days: daysText(
            shell.language,
            days.map(({ day }) => day),
          ),
        })}
      </p>
      <p class="govuk-body">{t('booking-lot.enter.how', { time: wallTime(closesAt) })}</p>
      {confirmUntil !== null && <p class="govuk-body">{t('booking-lot.enter.confirm', { time: wallTime(confirmUntil) })}</p>}
      <BasisLine basis={confirmUntil === null ? release.basis : [...release.basis, setting('lot-confirm-minutes')]} />
      <form method="post" action={`/sprawy/${service.id}/losowanie`} noValidate>
        <IdempotencyField {...(key ? { value: key } : {})} />
        {Array.from({ length: wishesMax }, (_, index) => (
          <Select
            name="wishes"
            id={`wish${index + 1}`}
            label={t(`booking-lot.enter.wish.${index + 1}`)}
            items={items.map((item) => ({ ...item, selected: item.value === (typed.wishes[index] ?? '') }))}
            error={index === 0 ? errorAt(t, errors, 'wishes') : undefined}
          />
        ))}
        <PersonFields typed={typed} errors={errors} why={t('booking-lot.enter.contact-why')} />
        <PrivacyDetails office={office} />
        <Button>{t('booking-lot.enter.send')}</Button>
      </form>
      <Details summary={t('booking-lot.fair')}>
        <p class="govuk-body">{t('booking-lot.fair.text')}</p>
        <p class="govuk-body">
          {t('booking-lot.fair.commitment')} <code class="okienko-breakable">{commitment}</code>
        </p>
        <p class="govuk-body">
          <a class="govuk-link" href={`/losowania/${drawId}`}>
            {t('booking-lot.fair.page')}
          </a>
        </p>
      </Details>
    </CitizenPage>
  )
}

function wishItems({ shell, days }: EnterPageOptions): readonly SelectItem[] {
  const { t, language } = shell
  return [
    { value: '', text: t('booking-lot.enter.no-wish') },
    { value: 'any', text: t('booking-lot.enter.any') },
    ...days.flatMap((day) => [
      { value: `day:${day.day}`, text: t('booking-lot.enter.any-of-day', { day: longDay(language, day.day) }) },
      ...day.starts.map(({ start }) => ({ value: start.toString(), text: whenText(language, start) })),
    ]),
  ]
}
