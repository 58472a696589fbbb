/**
 * What the guard can give to somebody who is not let in, on the same screen: the matter, a short list
 * of times, a call-back, the way without a visit. One form, by keyboard alone, with nothing asked
 * that the visit already knows.
 */
import type { JSX } from 'preact'
import { officeDay } from '../../platform/clock.js'
import { spacedReference } from '../../platform/references.js'
import { longDay, wallTime } from '../../platform/words.js'
import { matterNames } from '../../booking/index.js'
import type { Directory, Service } from '../../directory/index.js'
import {
  BasisLine,
  Button,
  decisionSentence,
  errorAt,
  IdempotencyField,
  LinkButton,
  Radios,
  SummaryList,
  TextInput,
  useWords,
  type SummaryRow,
} from '../../ui/index.js'
import type { Visit } from '../../visit/index.js'
import type { DoorAnswer } from '../model.js'
import { timeValue, type DoorTime } from './rules.js'
import type { AssistView } from './view.js'

export interface AssistOptions {
  readonly answer: DoorAnswer
  readonly office: Directory
  readonly assist: AssistView
  readonly base: string
}

export function Assist(options: AssistOptions): JSX.Element {
  const t = useWords()
  const { assist, base } = options
  return (
    <section aria-labelledby="pomoc" class="okienko-assist">
      <h2 class="govuk-heading-m" id="pomoc">
        {t('entrance-staff.help.title')}
      </h2>
      {assist.service === null ? (
        <PickMatter {...options} />
      ) : (
        <>
          <p class="govuk-body">
            {t('entrance-staff.help.matter', { matter: assist.service.name })}{' '}
            {!assist.ofVisit && (
              <a class="govuk-link" href={`${base}?kod=${kindOf(options.answer)}`}>
                {t('entrance-staff.help.other-matter')}
              </a>
            )}
          </p>
          <Refusal assist={assist} />
          {assist.ticket && <TicketForm service={assist.service} base={base} />}
          <HelpForm {...options} />
          <p class="govuk-body">
            <a class="govuk-link" href={`${base}/zdalnie/${encodeURIComponent(assist.service.id)}`}>
              {t('entrance-staff.help.remote')}
            </a>
          </p>
        </>
      )}
    </section>
  )
}

/** The answer without a visit, as its address says it. */
function kindOf({ decision }: DoorAnswer): 'nieznany' | 'brak' {
  return decision.code === 'unknown' ? 'nieznany' : 'brak'
}

/** What the person came for: a field as on the web, and what fits as links. */
function PickMatter({ answer, assist, base }: AssistOptions): JSX.Element {
  const t = useWords()
  const kind = kindOf(answer)
  return (
    <>
      <form method="get" action={base} class="okienko-scan" novalidate>
        <input type="hidden" name="kod" value={kind} />
        <TextInput
          name="szukaj"
          type="search"
          label={t('entrance-staff.help.search')}
          value={assist.sought?.typed ?? ''}
          autocomplete="off"
          spellcheck={false}
        />
        <Button kind="secondary">{t('entrance-staff.help.find')}</Button>
      </form>
      {assist.sought !== null && (
        <>
          <p class="govuk-body" role="status">
            {t('entrance-staff.help.found', { count: assist.sought.found.length })}
          </p>
          <ul class="okienko-tap">
            {assist.sought.found.map((found) => (
              <li>
                {found.kind === 'service' ? (
                  <a href={`${base}?kod=${kind}&sprawa=${encodeURIComponent(found.service.id)}#pomoc`}>
                    <strong>{found.service.name}</strong>
                  </a>
                ) : (
                  <span class="govuk-body">
                    {t('entrance-staff.help.elsewhere', { matter: found.elsewhere.name, who: found.elsewhere.who })}
                  </span>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

/** The act lets people come without a booking: a number at once. */
function TicketForm({ service, base }: { service: Service; base: string }): JSX.Element {
  const t = useWords()
  return (
    <form method="post" action={`${base}/pomoc`}>
      <IdempotencyField />
      <input type="hidden" name="sprawa" value={service.id} />
      <Button name="co" value="numerek" shortcut="F7">
        {t('entrance-staff.help.ticket')}
      </Button>
    </form>
  )
}

/** Why what was just asked for could not be given. */
function Refusal({ assist: { typed } }: { assist: AssistView }): JSX.Element | null {
  const t = useWords()
  const { refusal } = typed
  if (refusal === null) return null
  const slice = t.has(`booking.refused.${refusal.code}`)
    ? 'booking'
    : t.has(`queue.refused.${refusal.code}`)
      ? 'queue'
      : t.has(`regulation.refused.${refusal.code}`)
        ? 'regulation'
        : 'visit'
  return (
    <div role="alert">
      <p class="govuk-body-l">{decisionSentence(t, slice, refusal)}</p>
      <BasisLine basis={refusal.basis} />
    </div>
  )
}

function HelpForm({ answer, office, assist, base }: AssistOptions): JSX.Element {
  const t = useWords()
  const { typed, times, way, personKnown } = assist
  const error = (field: string): string | undefined => errorAt(t, typed.errors, field)
  return (
    <form method="post" action={`${base}/pomoc`} novalidate>
      <IdempotencyField value={typed.key} />
      <input type="hidden" name="wizyta" value={answer.visit?.reference ?? ''} />
      <input type="hidden" name="kod" value={answer.decision.code} />
      <input type="hidden" name="sprawa" value={assist.service?.id ?? ''} />
      {times.length === 0 ? (
        <p class="govuk-body-l">{t('entrance-staff.help.no-times')}</p>
      ) : (
        <Radios
          name="termin"
          fieldset={{ legend: { text: t(`entrance-staff.help.times.${way}`), classes: 'govuk-fieldset__legend--s' } }}
          error={error('termin')}
          items={times.map((time) => ({ value: timeValue(time), text: <TimeText time={time} office={office} /> }))}
          value={typed.time === '' ? timeValue(times[0] as DoorTime) : typed.time}
        />
      )}
      {(way === 'book' || !personKnown) && (
        <>
          {personKnown && <p class="govuk-hint">{t('entrance-staff.help.same-person')}</p>}
          <TextInput name="name" label={t('entrance-staff.help.name')} value={typed.name} error={error('name')} autocomplete="off" />
        </>
      )}
      <TextInput
        name="phone"
        type="tel"
        label={t('entrance-staff.help.phone')}
        hint={t('entrance-staff.help.phone.hint')}
        value={typed.phone}
        error={error('phone')}
        autocomplete="off"
      />
      <TextInput
        name="email"
        label={t('entrance-staff.help.email')}
        value={typed.email}
        error={error('email')}
        autocomplete="off"
        inputmode="email"
        spellcheck={false}
      />
      <div class="govuk-button-group">
        {times.length > 0 && (
          <Button name="co" value="umow" shortcut="F4">
            {t(`entrance-staff.help.give.${way}`)}
          </Button>
        )}
        <Button kind="secondary" name="co" value="telefon" shortcut="F9">
          {t('entrance-staff.help.call-back')}
        </Button>
        {assist.mayMail && (
          <Button kind="secondary" name="co" value="mail">
            {t('entrance-staff.help.mail')}
          </Button>
        )}
      </div>
    </form>
  )
}

function TimeText({ time, office }: { time: DoorTime; office: Directory }): JSX.Element {
  const day = longDay('pl', officeDay(time.start))
  return (
    <>
      <strong>
        {day}, {wallTime(time.start)}
      </strong>{' '}
      – {office.buildings.get(time.buildingId)?.address ?? time.buildingId}
    </>
  )
}

/** The time is given: the number to read out, when and where, and the pass to print. */
export function TimeGiven({ visit, office, base }: { visit: Visit; office: Directory; base: string }): JSX.Element {
  const t = useWords()
  const room = visit.roomId === null ? undefined : office.rooms.get(visit.roomId)
  const rows: SummaryRow[] = [
    { key: t('entrance-staff.matter'), value: matterNames(office, visit).join('; ') },
    { key: t('entrance-staff.time'), value: `${longDay('pl', visit.day)}, ${wallTime(visit.startsAt)}` },
    { key: t('entrance-staff.given.where'), value: office.buildings.get(visit.buildingId)?.address ?? '' },
    ...(room === undefined ? [] : [{ key: t('entrance-staff.room'), value: room.number }]),
  ]
  return (
    <div class="okienko-answer okienko-answer--yes" data-tone="yes">
      <h1>{t('entrance-staff.given')}</h1>
      <p class="govuk-body-l">{t('entrance-staff.given.read-out')}</p>
      <p class="okienko-answer__word">{spacedReference(visit.reference)}</p>
      <SummaryList rows={rows} />
      <div class="govuk-button-group">
        {visit.state === 'booked' && (
          <LinkButton href={`${base}/przepustka/${visit.reference}`} shortcut="F6">
            {t('entrance-staff.given.print')}
          </LinkButton>
        )}
        <LinkButton href={`${base}?wizyta=${visit.reference}`} kind="secondary">
          {t('entrance-staff.given.come-in')}
        </LinkButton>
        <LinkButton href={base} kind="secondary">
          {t('entrance-staff.next')}
        </LinkButton>
      </div>
    </div>
  )
}
