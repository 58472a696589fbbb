/**
 * A matter: first how to settle it without coming, for one who has these means, then what to bring
 * and pay, then the way to a visit. Advice never refuses: the visit stays open whatever it says.
 */
import type { JSX } from 'preact'
import { contactHref, type Directory, type Service } from '../../directory/index.js'
import { allMeans, type Advice, type AdviceReason, type Means, type Way, wayWords } from '../../regulation/index.js'
import {
  BasisLine,
  Button,
  Checkboxes,
  CitizenPage,
  Details,
  EmailLink,
  Filled,
  gap,
  InsetText,
  NextSteps,
  PhoneLink,
  Unbroken,
  useWords,
  type Shell,
} from '../../ui/index.js'
import { Fees } from './fees.js'
import { KnownOf } from './known.js'
import { BringList, FromOffice, ServiceFacts, Where } from './parts.js'

export interface AdvicePageOptions {
  readonly shell: Shell
  readonly directory: Directory
  readonly service: Service
  readonly means: ReadonlySet<Means>
  readonly advice: Advice
  /** Of which facts are told. */
  readonly day: Temporal.PlainDate
}

export function AdvicePage({ shell, directory, service, means, advice, day }: AdvicePageOptions): JSX.Element {
  const { t } = shell
  return (
    <CitizenPage shell={shell} title={service.name} back="/sprawy">
      <h1 class="govuk-heading-xl">
        <FromOffice>{service.name}</FromOffice>
      </h1>
      {service.summary !== null && (
        <p class="govuk-body-l">
          <FromOffice>{service.summary}</FromOffice>
        </p>
      )}
      <h2 class="govuk-heading-l">{t('booking-pages.advice.title')}</h2>
      <InsetText>
        <p class="govuk-body">{t(`regulation.advice.${advice.code}`)}</p>
        {advice.reasons
          .filter((each) => each.code !== 'means-missing')
          .map((each) => (
            <ReasonText reason={each} />
          ))}
        {advice.code === 'call' && advice.next[0]?.phone !== undefined && (
          <p class="govuk-body">
            {t(`decision.next.${advice.next[0].kind}`)} <PhoneLink phone={advice.next[0].phone} />
          </p>
        )}
      </InsetText>
      {advice.ways.map((way) => (
        <WayBlock way={way} />
      ))}
      {advice.ways.length > 0 && (
        <MeansForm service={service} means={means} reasons={advice.reasons.filter((each) => each.code === 'means-missing')} />
      )}
      <ServiceFacts service={service} day={day} />
      <BringList service={service} remote={advice.ways.length > 0} />
      <Fees directory={directory} service={service} advice={advice} />
      <Handled directory={directory} service={service} />
      <StillCome service={service} advice={advice} />
      <Details summary={t('booking-pages.known')}>
        <KnownOf directory={directory} service={service} />
      </Details>
    </CitizenPage>
  )
}

function ReasonText({ reason }: { reason: AdviceReason }): JSX.Element {
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

function WayBlock({ way }: { way: Way }): JSX.Element {
  const t = useWords()
  return (
    <section class="okienko-way">
      <h3 class="govuk-heading-m">
        <Unbroken text={t(`booking-pages.way.${way.channel}`)} />
      </h3>
      <p class="govuk-body okienko-breakable">
        {way.address === null ? (
          t('regulation.way.address-unknown')
        ) : (
          <Filled text={t(wayWords(way), { address: gap })}>
            {way.channel === 'email' ? (
              <EmailLink email={way.address} />
            ) : (
              <FromOffice>
                <Unbroken text={way.address} />
              </FromOffice>
            )}
          </Filled>
        )}
        {way.call?.phone !== undefined && (
          <>
            {' '}
            <PhoneLink phone={way.call.phone} />
          </>
        )}
      </p>
      <BasisLine basis={way.basis} />
    </section>
  )
}

function MeansForm({
  service,
  means,
  reasons,
}: {
  service: Service
  means: ReadonlySet<Means>
  reasons: readonly AdviceReason[]
}): JSX.Element {
  const t = useWords()
  return (
    <Details summary={t('booking-pages.advice.means')} open={means.size > 0}>
      <form method="get" action={`/sprawy/${service.id}`} noValidate>
        <Checkboxes
          name="mam"
          classes="govuk-checkboxes--small"
          fieldset={{ legend: { text: t('booking-pages.advice.means-question'), classes: 'govuk-fieldset__legend--s' } }}
          hint={t('booking-pages.advice.means-hint')}
          items={allMeans.map((each) => ({ value: each, text: t(`regulation.means.${each}`) }))}
          values={[...means]}
        />
        <Button kind="secondary">{t('booking-pages.advice.check')}</Button>
      </form>
      {reasons.map((each) => (
        <ReasonText reason={each} />
      ))}
    </Details>
  )
}

function Handled({ directory, service }: { directory: Directory; service: Service }): JSX.Element {
  const t = useWords()
  const units = directory.unitAndParents(service.unitId)
  const phone = units.find((unit) => unit.phones.length > 0)?.phones[0]
  return (
    <>
      <h2 class="govuk-heading-m">{t('booking-pages.handled')}</h2>
      <p class="govuk-body">
        <a class="govuk-link" href={contactHref(service.unitId)}>
          <FromOffice>
            {units
              .toReversed()
              .map((unit) => unit.name)
              .join(' – ')}
          </FromOffice>
        </a>
        <br />
        <Where directory={directory} service={service} />
        <br />
        {phone === undefined && `${t('booking-pages.handled.office-phone')} `}
        <PhoneLink phone={phone ?? directory.office.phone} />
      </p>
      {service.timeLimit !== null && (
        <p class="govuk-body">
          {t('booking-pages.time-limit')} <FromOffice>{service.timeLimit}</FromOffice>
        </p>
      )}
    </>
  )
}

/** The way to a visit, whatever was advised. */
function StillCome({ service, advice }: { service: Service; advice: Advice }): JSX.Element {
  const t = useWords()
  const web = advice.next.find((step) => step.href === `/sprawy/${service.id}/terminy`)
  const others = advice.next.filter((step) => step !== web)
  return (
    <>
      <h2 class="govuk-heading-l">{t(advice.ways.length > 0 ? 'regulation.advice.still-come' : 'booking-pages.come')}</h2>
      {web?.href !== undefined && (
        <p class="govuk-body">
          <a href={web.href} role="button" draggable={false} class="govuk-button" data-module="govuk-button">
            {t(advice.ways.length > 0 ? 'booking-pages.still-come' : 'booking-pages.choose-time')}
          </a>
        </p>
      )}
      {others.length > 0 && (
        <NextSteps next={others} title={web ? t('booking-pages.come.otherwise') : t('booking-pages.come.how')} level={3} />
      )}
    </>
  )
}
