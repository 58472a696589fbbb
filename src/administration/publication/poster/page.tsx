/** The poster at the door, for A4, A3 and in large print: what a person who stands there needs to know. */
import type { JSX } from 'preact'
import { nameIn, type Building } from '../../../directory/index.js'
import type { FieldError } from '../../../platform/decision.js'
import { longDay, plainDay } from '../../../platform/words.js'
import { exemptText, hoursText, provisionSentence, safetyText, type Standing } from '../../../regulation/index.js'
import type { Directory } from '../../../directory/index.js'
import {
  Button,
  CitizenPage,
  classes,
  errorAt,
  inLanguage,
  PhoneLink,
  QrCode,
  TextInput,
  WarningText,
  type Shell,
} from '../../../ui/index.js'
import { headingOf } from '../../acts/rules.js'
import { Sign } from './pictograms.js'
import type { Poster, UnitsWeek } from './rules.js'

export const editions = ['a4', 'a3', 'duzy'] as const
export type Edition = (typeof editions)[number]

export interface PosterView {
  readonly office: Directory
  readonly building: Building
  readonly edition: Edition
  readonly poster: Poster
  /** As it was typed. */
  readonly day: string
  readonly errors: readonly FieldError[]
  readonly publicUrl: string
}

type Part = { readonly shell: Shell; readonly view: PosterView }

export function PosterPage({ shell, view }: Part): JSX.Element {
  const { t } = shell
  const { building, edition, poster } = view
  const title = t('administration-publication.poster')
  return (
    <CitizenPage shell={shell} title={title} errors={view.errors} wide>
      <Controls shell={shell} view={view} />
      <div class={classes('okienko-poster', edition !== 'a4' && `okienko-poster--${edition}`)}>
        <p class="govuk-body" lang={t.language === 'pl' ? undefined : 'pl'}>
          <strong>{shell.officeName}</strong>
        </p>
        <h1 class="govuk-heading-xl">{t.polish(building.address)}</h1>
        <Hours shell={shell} view={view} />
        <Entry shell={shell} view={view} />
        <Safety shell={shell} view={view} />
        <Booking shell={shell} view={view} />
        <p class="govuk-body okienko-poster__ground">
          {holdsText(shell, poster)}{' '}
          {poster.acts.length > 0 && t('administration-publication.poster.acts', { list: t.polish(poster.acts.map(headingOf).join('; ')) })}
        </p>
      </div>
    </CitizenPage>
  )
}

/** On the screen only: which day, which paper. */
function Controls({ shell: { t }, view }: Part): JSX.Element {
  const { building, day, errors, edition, poster } = view
  const path = (wanted: Edition): string => {
    const query = new URLSearchParams({ ...(day === '' ? {} : { dzien: day }), ...(wanted === 'a4' ? {} : { wydanie: wanted }) })
    return `/plakat/${building.id}${query.size > 0 ? `?${query}` : ''}`
  }
  return (
    <div class="okienko-screen-only">
      {poster.notHeld.map((act) => (
        <WarningText>{t('regulation.page.not-held', { act: t.polish(act.number), title: t.polish(act.title) })}</WarningText>
      ))}
      <ul class="govuk-list">
        {editions.map((each) => (
          <li>
            {each === edition ? (
              <strong>{t(`administration-publication.poster.${each}`)}</strong>
            ) : (
              <a class="govuk-link" href={path(each)}>
                {t(`administration-publication.poster.${each}`)}
              </a>
            )}
          </li>
        ))}
      </ul>
      <form method="get" novalidate>
        {edition !== 'a4' && <input type="hidden" name="wydanie" value={edition} />}
        <TextInput
          id="dzien"
          name="dzien"
          label={t('administration-publication.poster.day')}
          hint={t('administration-publication.poster.day.hint')}
          value={day}
          classes="govuk-input--width-10"
          error={errorAt(t, errors, 'dzien')}
        />
        <Button kind="secondary">{t('administration-publication.poster.show')}</Button>
      </form>
      <button type="button" class="govuk-button" data-print="" hidden>
        {t('administration-publication.poster.print')}
      </button>
    </div>
  )
}

function Hours({ shell, view: { poster } }: Part): JSX.Element {
  const { t, language } = shell
  const last = poster.hours.length - 1
  return (
    <section aria-labelledby="godziny">
      <h2 class="govuk-heading-l" id="godziny">
        {t('administration-publication.poster.hours')}
      </h2>
      <div class="okienko-poster__weeks">
        {poster.hours.map((each, index) => (
          <div>
            {last > 0 && (
              <h3 class="govuk-heading-s">
                {index === last ? t('administration-publication.poster.most') : each.units.map((unit) => nameIn(t, unit)).join(', ')}
              </h3>
            )}
            <ul class="govuk-list okienko-poster__hours">
              {weekLines(shell, each).map(([days, hours]) => (
                <li>
                  {days}: <strong>{hours}</strong>
                </li>
              ))}
            </ul>
            {each.except.length > 0 && (
              <p class="govuk-body">
                {t('administration-publication.poster.except')}{' '}
                {each.except.map(({ day, hours }) => `${longDay(language, day)}: ${hoursText(t, hours)}`).join('; ')}.
              </p>
            )}
          </div>
        ))}
      </div>
      {poster.hours.length === 0 && <p class="govuk-body">{t('regulation.hours.unknown')}</p>}
    </section>
  )
}

/** "poniedziałek–piątek", "7:30–15:30": weekdays in a row with the same hours as one line. */
function weekLines({ t }: Shell, { week }: UnitsWeek): readonly (readonly [string, string])[] {
  const runs: { from: number; to: number; hours: string }[] = []
  week.forEach((day, index) => {
    if (day === null) return
    const hours = day.weekly === true ? t('regulation.hours.closed') : hoursText(t, day)
    const run = runs.at(-1)
    if (run?.hours === hours && run.to === index - 1) run.to = index
    else runs.push({ from: index, to: index, hours })
  })
  const name = (index: number): string => t(`regulation.weekday.${index + 1}`)
  return runs.map(({ from, to, hours }) => [from === to ? name(from) : `${name(from)}–${name(to)}`, hours] as const)
}

function Entry({ shell: { t }, view: { office, poster } }: Part): JSX.Element | null {
  if (poster.admission.length + poster.entry.length === 0) return null
  const sentence = (standing: Standing): string => {
    const weekdays = standing.provision.scope.weekday
    const days = weekdays === undefined ? '' : `${weekdays.map((each) => t(`regulation.weekday.${each}`)).join(', ')}: `
    return `${days}${provisionSentence(t, office, standing)}`
  }
  return (
    <section aria-labelledby="wejscie">
      <h2 class="govuk-heading-l" id="wejscie">
        {t('administration-publication.poster.entry')}
      </h2>
      <ul class="govuk-list govuk-list--bullet">
        {poster.admission.map(({ standing, units }) => (
          <li>
            {units !== null && standing.provision.scope.unit === undefined && `${units.map((unit) => nameIn(t, unit)).join(', ')}: `}
            {sentence(standing)}
          </li>
        ))}
        {poster.entry.map((standing) => (
          <li>{sentence(standing)}</li>
        ))}
      </ul>
    </section>
  )
}

function Safety({ shell: { t }, view: { office, poster } }: Part): JSX.Element | null {
  if (poster.safety.length === 0 && poster.symptoms === null) return null
  return (
    <section aria-labelledby="zasady">
      <h2 class="govuk-heading-l" id="zasady">
        {t('administration-publication.poster.safety')}
      </h2>
      <ul class="govuk-list okienko-poster__signs">
        {poster.safety.map((each) => (
          <li>
            <Sign of={each.obligation} />
            <span>
              {safetyText(t, each, office)}
              {each.exempt.length > 0 && ` (${t('regulation.exempt', { who: each.exempt.map((who) => exemptText(t, who)).join('; ') })})`}
            </span>
          </li>
        ))}
        {poster.symptoms !== null && (
          <li>
            <Sign of="symptoms" />
            <span>{t('regulation.symptoms')}</span>
          </li>
        )}
      </ul>
    </section>
  )
}

function Booking({ shell, view: { poster, publicUrl } }: Part): JSX.Element {
  const { t, language, officePhone } = shell
  const address = `${publicUrl}${inLanguage('/sprawy', language)}`
  return (
    <section class="okienko-poster__book" aria-labelledby="wizyta">
      <div class="okienko-pass__code">
        <QrCode text={address} label={t('administration-publication.poster.code')} />
      </div>
      <div>
        <h2 class="govuk-heading-l" id="wizyta">
          {t('administration-publication.poster.book')}
        </h2>
        <p class="govuk-body okienko-breakable">{address}</p>
        <ul class="govuk-list">
          <li>
            {t('administration-publication.poster.office')} <PhoneLink phone={officePhone} />
          </li>
          {poster.phones.map((unit) => (
            <li>
              {nameIn(t, unit)}:{' '}
              {unit.phones.map((phone, index) => (
                <>
                  {index > 0 && ', '}
                  <PhoneLink phone={phone} />
                </>
              ))}
            </li>
          ))}
        </ul>
      </div>
    </section>
  )
}

/** "Obowiązuje od 25 maja 2020." */
function holdsText({ t, language }: Shell, { day, from, until }: Poster): string {
  const text = (each: string): string => plainDay(language, Temporal.PlainDate.from(each))
  const since = from ?? day.toString()
  return until === null
    ? t('administration-publication.poster.since', { from: text(since) })
    : t('administration-publication.poster.between', { from: text(since), until: text(until) })
}
