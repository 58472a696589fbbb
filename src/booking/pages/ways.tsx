/** Ways to settle a matter without a visit: each with its address in full, its ground and the button that chooses it. */
import type { ComponentChildren, JSX } from 'preact'
import type { Service } from '../../directory/index.js'
import { leftSentences, type AdviceReason, type Means, type RemoteChannelName, type Way, wayWords } from '../../regulation/index.js'
import { BasisLine, Button, Checkboxes, EmailLink, Filled, gap, PhoneLink, Unbroken, useWords, type Shell } from '../../ui/index.js'
import { Copyable } from './copyable.js'
import { FromOffice } from './parts.js'

/** Name in the address of the page of a way. */
export const waySlugs: Readonly<Record<RemoteChannelName, string>> = {
  'e-delivery': 'e-doreczenia',
  epuap: 'epuap',
  email: 'e-mail',
  post: 'poczta',
  'drop-off': 'biuro-obslugi',
}

export function wayOfSlug(slug: string): RemoteChannelName | null {
  return (Object.keys(waySlugs) as RemoteChannelName[]).find((channel) => waySlugs[channel] === slug) ?? null
}

/** Field that says the questions were answered, also by ticking nothing. */
export const answeredField = 'odpowiedz'

export function WayBlock({
  service,
  way,
  means,
  level = 3,
  best = false,
}: {
  service: Service
  way: Way
  means: ReadonlySet<Means>
  level?: 3 | 4
  /** The one proposed first. */
  best?: boolean
}): JSX.Element {
  const t = useWords()
  const Heading = level === 3 ? 'h3' : 'h4'
  return (
    <section class="okienko-way">
      <Heading class="govuk-heading-m">
        <Unbroken text={`${best ? `${t('booking-advice.best')} ` : ''}${t(`booking-pages.way.${way.channel}`)}`} />
      </Heading>
      <WayAddress way={way} />
      <BasisLine basis={way.basis} />
      <form method="post" action={`/sprawy/${service.id}/bez-wizyty`} noValidate>
        <input type="hidden" name="sposob" value={way.channel} />
        {[...means].map((each) => (
          <input type="hidden" name="mam" value={each} />
        ))}
        <Button kind={best ? 'primary' : 'secondary'}>
          {t(way.channel === 'drop-off' ? 'booking-advice.choose-drop-off' : 'booking-advice.choose')}
          {way.channel !== 'drop-off' && <span class="govuk-visually-hidden"> ({t(`regulation.way.${way.channel}`)})</span>}
        </Button>
      </form>
    </section>
  )
}

/** Where to send or leave it, or that no source gives the address and who knows it. */
export function WayAddress({ way }: { way: Way }): JSX.Element {
  const t = useWords()
  const { channel, address, lines, call, ofOffice } = way
  if (address === null)
    return (
      <p class="govuk-body">
        {t('regulation.way.address-unknown')} {call?.phone !== undefined && <PhoneLink phone={call.phone} />}
      </p>
    )
  const shown = (children: ComponentChildren): JSX.Element => (
    <Copyable text={lines?.join('\n') ?? address} label={t(`booking-advice.address.${channel}`)}>
      {children}
    </Copyable>
  )
  if (lines !== null)
    return (
      <>
        <p class="govuk-body">{t(way.signed ? 'booking-advice.post.signed' : 'booking-advice.post')}</p>
        {shown(
          <address class="okienko-envelope" lang={t.language === 'pl' ? undefined : 'pl'}>
            {lines.map((line, index) => (
              <>
                {index > 0 && <br />}
                <Unbroken text={line} />
              </>
            ))}
          </address>,
        )}
        {leftSentences(t, way).map((sentence) => (
          <p class="govuk-body">{sentence}</p>
        ))}
      </>
    )
  return (
    <>
      <p class="govuk-body okienko-breakable">
        <Filled text={t(wayWords(way), { address: gap })}>
          {channel === 'email' ? (
            <EmailLink email={address} />
          ) : (
            <FromOffice>
              <Unbroken text={address} />
            </FromOffice>
          )}
        </Filled>{' '}
        {ofOffice && t('booking-advice.email-of-office')}
      </p>
      {channel !== 'drop-off' && shown(null)}
      {leftSentences(t, way).map((sentence) => (
        <p class="govuk-body">{sentence}</p>
      ))}
    </>
  )
}

/** What the person has, as far as it changes the advice: one tick for each question. */
export function MeansForm({
  shell,
  service,
  questions,
  means,
}: {
  shell: Shell
  service: Service
  questions: readonly (readonly Means[])[]
  means: ReadonlySet<Means>
}): JSX.Element {
  const { t } = shell
  return (
    <form method="get" action={`/sprawy/${service.id}`} noValidate>
      <input type="hidden" name={answeredField} value="tak" />
      <Checkboxes
        name="mam"
        classes="govuk-checkboxes--small"
        fieldset={{ legend: { text: t('booking-advice.question'), classes: 'govuk-fieldset__legend--m' } }}
        hint={t('booking-advice.question.hint')}
        items={questions.map((question) => ({ value: question[0] as string, text: anyOf(t, question) }))}
        values={questions.flatMap((question) => (question.some((each) => means.has(each)) ? [question[0] as string] : []))}
      />
      <Button kind="secondary">{t('booking-advice.show')}</Button>
    </form>
  )
}

export function anyOf(t: Shell['t'], question: readonly Means[]): string {
  const names = question.map((each) => t(`regulation.means.${each}`))
  return names.length < 2 ? names.join('') : t('regulation.means.or', { list: names.slice(0, -1).join(', '), last: names.at(-1) ?? '' })
}

export function ReasonText({ reason }: { reason: AdviceReason }): JSX.Element {
  const t = useWords()
  const missing = (reason.missing ?? [])
    .map((group) => group.map((each) => t(`regulation.means.${each}`)).join(` ${t('booking-pages.or')} `))
    .join('; ')
  return (
    <>
      <p class="govuk-body">
        {t(`regulation.reason.${reason.code}`, { way: reason.channel ? t(`regulation.way.${reason.channel}`) : '', missing })}
      </p>
      <BasisLine basis={reason.basis} />
    </>
  )
}
