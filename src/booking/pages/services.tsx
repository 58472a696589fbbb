/**
 * All matters: by life event and by unit while nothing is typed, or one unit's; else what fits the
 * typed words, the best first. Plain addresses, the same page for everyone.
 */
import type { ComponentChildren, JSX } from 'preact'
import type { Translate } from '../../platform/words.js'
import { contactHref, nameIn, summaryIn, unitName, type Directory, type LifeEvent, type Service } from '../../directory/index.js'
import { Button, CitizenPage, Filled, gap, PhoneLink, TextInput, useWords, type Shell } from '../../ui/index.js'
import { isQuestion, openServices, searchLifeEvents, searchMatters, type FoundMatter } from '../search.js'
import { FromOffice } from './parts.js'

export function ServicesPage({ shell, directory, typed }: { shell: Shell; directory: Directory; typed: string }): JSX.Element {
  const { t } = shell
  const asked = isQuestion(typed)
  const found = asked ? searchMatters(directory, typed) : []
  const title = asked
    ? `${t('booking-search.title')}: ${t('booking-pages.services.found', { count: found.length })}`
    : t('booking-pages.services.title')
  return (
    <CitizenPage shell={shell} title={title} back={asked ? '/sprawy' : '/'}>
      <h1 class="govuk-heading-xl">{t('booking-pages.services.title')}</h1>
      <SearchForm t={t} typed={typed} />
      {asked ? (
        <Answer t={t} directory={directory} typed={typed} found={found} />
      ) : (
        <>
          <LifeEvents t={t} events={[...directory.lifeEvents.values()]} />
          <Units t={t} directory={directory} services={openServices(directory)} />
        </>
      )}
    </CitizenPage>
  )
}

/** One unit's matters, with those of its sections. */
export function UnitServicesPage({ shell, directory, unitId }: { shell: Shell; directory: Directory; unitId: string }): JSX.Element {
  const { t } = shell
  const services = openServices(directory).filter(({ unitId: own }) => directory.unitAndParents(own).some((unit) => unit.id === unitId))
  return (
    <CitizenPage shell={shell} title={unitName(t, directory, unitId)} back="/sprawy">
      <h1 class="govuk-heading-xl">{unitName(t, directory, unitId)}</h1>
      {services.length === 0 && <p class="govuk-body">{t('booking-search.unit.none')}</p>}
      <ServiceList directory={directory} services={services} />
      <p class="govuk-body">
        <a class="govuk-link" href={contactHref(unitId)}>
          {t('booking-search.unit.contact')}
        </a>
      </p>
      <AllServices t={t} />
    </CitizenPage>
  )
}

/** What happens in a life, and the matters it brings with it. */
export function LifeEventPage({ shell, directory, event }: { shell: Shell; directory: Directory; event: LifeEvent }): JSX.Element {
  const { t } = shell
  const services = event.serviceIds.flatMap((id) => directory.services.get(id) ?? [])
  return (
    <CitizenPage shell={shell} title={event.name[t.language]} back="/sprawy">
      <h1 class="govuk-heading-xl">{event.name[t.language]}</h1>
      <p class="govuk-body-l">{t('booking-search.life-event.lead')}</p>
      <ServiceList directory={directory} services={services} />
      <AllServices t={t} />
    </CitizenPage>
  )
}

export function SearchForm({ t, typed }: { t: Translate; typed: string }): JSX.Element {
  return (
    <form method="get" action="/sprawy" role="search" class="okienko-search" noValidate>
      <TextInput name="q" type="search" label={t('booking-pages.search')} hint={t('booking-pages.search.hint')} value={typed} />
      <Button kind="secondary">{t('booking-pages.search.button')}</Button>
    </form>
  )
}

/** Life events as links; nothing for an office that names none. */
export function LifeEvents({ t, events }: { t: Translate; events: readonly LifeEvent[] }): JSX.Element | null {
  if (events.length === 0) return null
  return (
    <section aria-labelledby="sytuacje">
      <h2 class="govuk-heading-m" id="sytuacje">
        {t('booking-search.life-events')}
      </h2>
      <ul class="govuk-list okienko-services okienko-services--short">
        {events.map((event) => (
          <li>
            <a class="govuk-link" href={lifeEventHref(event)}>
              {event.name[t.language]}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}

function lifeEventHref(event: LifeEvent): string {
  return `/sytuacje/${encodeURIComponent(event.id)}`
}

/** Units that have matters, each with its own: first where each begins on the page, then all. */
function Units({ t, directory, services }: { t: Translate; directory: Directory; services: readonly Service[] }): JSX.Element {
  const units = [...Map.groupBy(services, (service) => service.unitId)]
  return (
    <>
      <section aria-labelledby="wydzialy">
        <h2 class="govuk-heading-m" id="wydzialy">
          {t('booking-search.units')}
        </h2>
        <ul class="govuk-list okienko-services okienko-services--short">
          {units.map(([unitId, own]) => (
            <li>
              <a class="govuk-link" href={`#${unitAnchor(unitId)}`}>
                {unitName(t, directory, unitId)}
              </a>{' '}
              <span class="okienko-services__about">{t('booking-search.count', { count: own.length })}</span>
            </li>
          ))}
        </ul>
      </section>
      {units.map(([unitId, own]) => (
        <section aria-labelledby={unitAnchor(unitId)}>
          <h2 class="govuk-heading-m" id={unitAnchor(unitId)}>
            <a class="govuk-link" href={`/sprawy?wydzial=${encodeURIComponent(unitId)}`}>
              {unitName(t, directory, unitId)}
            </a>
          </h2>
          <ServiceList directory={directory} services={own} withUnit={false} />
        </section>
      ))}
    </>
  )
}

function unitAnchor(unitId: string): string {
  return `wydzial-${unitId.replaceAll('/', '--')}`
}

function Answer({
  t,
  directory,
  typed,
  found,
}: {
  t: Translate
  directory: Directory
  typed: string
  found: readonly FoundMatter[]
}): JSX.Element {
  const events = searchLifeEvents(directory, typed)
  return (
    <>
      <p class="govuk-body" role="status">
        {t('booking-pages.services.found', { count: found.length })}
      </p>
      {found.length === 0 && events.length === 0 ? (
        <Nothing t={t} directory={directory} />
      ) : (
        <>
          <ul class="govuk-list okienko-services">
            {found.map((each) => (
              <Found t={t} directory={directory} found={each} />
            ))}
          </ul>
          <LifeEvents t={t} events={events} />
          <AllServices t={t} />
        </>
      )}
    </>
  )
}

function Found({ t, directory, found }: { t: Translate; directory: Directory; found: FoundMatter }): JSX.Element {
  if (found.kind === 'service') return <ServiceItem directory={directory} service={found.service} withUnit />
  return (
    <MatterItem id={found.elsewhere.id} name={nameIn(t, found.elsewhere)}>
      {t('booking-search.elsewhere')} <FromOffice>{found.elsewhere.who}</FromOffice>
    </MatterItem>
  )
}

function ServiceList({
  directory,
  services,
  withUnit = true,
}: {
  directory: Directory
  services: readonly Service[]
  withUnit?: boolean
}): JSX.Element | null {
  if (services.length === 0) return null
  return (
    <ul class="govuk-list okienko-services">
      {services.map((service) => (
        <ServiceItem directory={directory} service={service} withUnit={withUnit} />
      ))}
    </ul>
  )
}

function ServiceItem({ directory, service, withUnit }: { directory: Directory; service: Service; withUnit: boolean }): JSX.Element {
  const t = useWords()
  return (
    <MatterItem id={service.id} name={nameIn(t, service)}>
      {summaryIn(t, service)}
      {service.summary !== null && withUnit && <br />}
      {withUnit && unitName(t, directory, service.unitId)}
    </MatterItem>
  )
}

function MatterItem({ id, name, children }: { id: string; name: string; children: ComponentChildren }): JSX.Element {
  return (
    <li>
      <a class="govuk-link" href={`/sprawy/${encodeURIComponent(id)}`}>
        {name}
      </a>
      <div class="okienko-services__about">{children}</div>
    </li>
  )
}

/** Nothing fits: what to do instead. */
function Nothing({ t, directory }: { t: Translate; directory: Directory }): JSX.Element {
  return (
    <>
      <p class="govuk-body">{t('booking-search.none')}</p>
      <ul class="govuk-list govuk-list--bullet">
        <li>{t('booking-search.none.other-word')}</li>
        <li>
          <a class="govuk-link" href="/sprawy">
            {t('booking-search.none.all')}
          </a>
        </li>
        <li>
          <Filled text={t('booking-search.none.call', { phone: gap })}>
            <PhoneLink phone={directory.office.phone} />
          </Filled>
        </li>
        <li>
          <a class="govuk-link" href="/kontakt">
            {t('booking-pages.home.contacts')}
          </a>
        </li>
      </ul>
    </>
  )
}

function AllServices({ t }: { t: Translate }): JSX.Element {
  return (
    <p class="govuk-body">
      <a class="govuk-link" href="/sprawy">
        {t('booking-pages.services.all')}
      </a>
    </p>
  )
}
