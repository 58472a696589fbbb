/**
 * A matter: first how to settle it without coming, for one who has these means, then what to bring
 * and pay, then the way to a visit. Advice never refuses: the visit stays open whatever it says.
 */
import type { JSX } from 'preact'
import { contactHref, fullUnitName, nameIn, summaryIn, type Directory, type Service } from '../../directory/index.js'
import type { Advice, Means } from '../../regulation/index.js'
import { CitizenPage, Details, InsetText, NextSteps, PhoneLink, useWords, type Shell } from '../../ui/index.js'
import { Fees } from './fees.js'
import { KnownOf } from './known.js'
import { NameHeading } from './names.js'
import { BringList, FromOffice, ServiceFacts, Where } from './parts.js'
import { MeansForm, ReasonText, WayBlock } from './ways.js'

export interface AdvicePageOptions {
  readonly shell: Shell
  readonly directory: Directory
  readonly service: Service
  readonly means: ReadonlySet<Means>
  /** The person said what they have, be it nothing. */
  readonly answered: boolean
  readonly advice: Advice
  /** Of which facts are told. */
  readonly day: Temporal.PlainDate
}

export function AdvicePage({ shell, directory, service, means, answered, advice, day }: AdvicePageOptions): JSX.Element {
  const { t } = shell
  return (
    <CitizenPage shell={shell} title={nameIn(t, service)} back="/sprawy" scripts={['copy.js']}>
      <NameHeading of={service} />
      {service.summary !== null && <p class="govuk-body-l">{summaryIn(t, service)}</p>}
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
      {advice.questions.length > 0 && !answered && <MeansForm shell={shell} service={service} questions={advice.questions} means={means} />}
      <Ways service={service} means={means} answered={answered} advice={advice} />
      {advice.questions.length > 0 && answered && (
        <Details summary={t('booking-advice.change')}>
          <MeansForm shell={shell} service={service} questions={advice.questions} means={means} />
          {advice.reasons
            .filter((each) => each.code === 'means-missing')
            .map((each) => (
              <ReasonText reason={each} />
            ))}
        </Details>
      )}
      <ServiceFacts service={service} day={day} />
      <BringList service={service} remote={advice.ways.length > 0} />
      <Fees directory={directory} service={service} advice={advice} day={day} />
      <Handled directory={directory} service={service} />
      <StillCome service={service} advice={advice} />
      <Details summary={t('booking-pages.known')}>
        <KnownOf directory={directory} service={service} />
      </Details>
    </CitizenPage>
  )
}

/**
 * Once what matters is known, one way and the others folded; before that, those for one who has
 * nothing. A way whose address no source gives comes after one that can be gone at once.
 */
function Ways({
  service,
  means,
  answered,
  advice: { ways, questions },
}: Pick<AdvicePageOptions, 'service' | 'means' | 'answered' | 'advice'>): JSX.Element | null {
  const t = useWords()
  if (questions.length > 0 && !answered)
    return ways.length === 0 ? null : (
      <>
        <h3 class="govuk-heading-m">{t('booking-advice.without')}</h3>
        {ways.map((way) => (
          <WayBlock service={service} way={way} means={means} level={4} />
        ))}
      </>
    )
  const best = ways.find((way) => way.address !== null) ?? ways[0]
  if (best === undefined) return null
  const others = ways.filter((way) => way !== best)
  return (
    <>
      <WayBlock service={service} way={best} means={means} best />
      {others.length > 0 && (
        <Details summary={t('booking-advice.others')}>
          {others.map((way) => (
            <WayBlock service={service} way={way} means={means} />
          ))}
        </Details>
      )}
    </>
  )
}

export function Handled({ directory, service }: { directory: Directory; service: Service }): JSX.Element {
  const t = useWords()
  const { own, polish } = fullUnitName(t, directory, service.unitId)
  const phone = directory.unitAndParents(service.unitId).find((unit) => unit.phones.length > 0)?.phones[0]
  return (
    <>
      <h2 class="govuk-heading-m">{t('booking-pages.handled')}</h2>
      <p class="govuk-body">
        <a class="govuk-link" href={contactHref(service.unitId)}>
          {own}
        </a>
        {polish !== null && (
          <>
            <br />
            {polish}
          </>
        )}
        <br />
        <Where directory={directory} service={service} />
        <br />
        {phone === undefined && `${t('booking-pages.handled.office-phone')} `}
        <PhoneLink phone={phone ?? directory.office.phone} />
      </p>
      <p class="govuk-body">
        {service.timeLimit === null ? (
          t('booking-advice.time-unknown')
        ) : (
          <>
            {t('booking-pages.time-limit')} <FromOffice>{service.timeLimit}</FromOffice>
          </>
        )}
      </p>
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
