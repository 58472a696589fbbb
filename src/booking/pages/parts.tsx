/**
 * Parts that several of the citizen's pages share: words of the office in its own language, when
 * and where, what holds on the day.
 */
import type { ComponentChildren, JSX } from 'preact'
import { officeDay } from '../../platform/clock.js'
import { longDay, wallTime, type Language, type Translate } from '../../platform/words.js'
import {
  bringIn,
  fullName,
  isNumbered,
  nameIn,
  roomText,
  type Both,
  type Directory,
  type Room,
  type Service,
} from '../../directory/index.js'
import { exemptText, safetyText, type AskedOf, type SafetyObligation } from '../../regulation/index.js'
import type { Visit } from '../../visit/index.js'
import { BasisLine, EmailLink, PhoneLink, Unbroken, useWords, type SummaryRow } from '../../ui/index.js'
import { InBoth, mattersOf } from './names.js'

/** Words the office gave, which are Polish whatever the language of the page (WCAG 3.1.2). */
export function FromOffice({ children }: { children: ComponentChildren }): JSX.Element {
  const t = useWords()
  return t.language === 'pl' ? <>{children}</> : <span lang="pl">{children}</span>
}

/** "wtorek 26 maja 2020, 9:20" */
export function whenText(language: Language, start: Temporal.Instant): string {
  return `${longDay(language, officeDay(start))}, ${wallTime(start)}`
}

/** "ul. Wałowa 5, Leszno, pokój 4, parter", as far as known. */
export function whereText(
  t: Translate,
  directory: Directory,
  service: Service,
  roomId: string | null = null,
  buildingId: string = service.buildingId,
): string {
  const { address, room } = placeOf(directory, service, roomId, buildingId)
  if (room === undefined) return t.polish(address)
  const inside = roomText(t, room)
  return `${t.polish(address)}, ${isNumbered(room) ? inside : t.polish(inside)}`
}

/** The same on a page: names of the office are Polish, and a street keeps its number. */
export function Where({
  directory,
  service,
  roomId = null,
  buildingId = service.buildingId,
}: {
  directory: Directory
  service: Service
  roomId?: string | null
  buildingId?: string
}): JSX.Element {
  const t = useWords()
  const { address, room } = placeOf(directory, service, roomId, buildingId)
  return (
    <>
      <FromOffice>
        <Unbroken text={address} />
      </FromOffice>
      {room !== undefined && (
        <>, {isNumbered(room) ? <Unbroken text={roomText(t, room)} /> : <FromOffice>{roomText(t, room)}</FromOffice>}</>
      )}
    </>
  )
}

/** Rows that say what a visit is for: its matters, and how many persons, where more than one. */
export function visitRows(
  t: Translate,
  directory: Directory,
  visit: Pick<Visit, 'serviceId' | 'moreServiceIds' | 'persons'> & Partial<Pick<Visit, 'startsAt' | 'endsAt'>>,
  changePersons?: SummaryRow['actions'],
): readonly SummaryRow[] {
  const names = mattersOf(directory, visit).map((each) => fullName(t, each))
  return [
    {
      key: t('booking-pages.check.service'),
      value: names.length === 1 ? <InBoth {...(names[0] as Both)} /> : <MatterList names={names} />,
    },
    ...(visit.persons > 1
      ? [{ key: t('booking-pages.check.persons'), value: String(visit.persons), ...(changePersons && { actions: changePersons }) }]
      : []),
    ...lastsRow(t, visit),
  ]
}

/** How long a visit for more than one person or matter takes: nobody could know it from its matter. */
export function lastsRow(
  t: Translate,
  { startsAt, endsAt, persons, moreServiceIds }: Pick<Visit, 'persons' | 'moreServiceIds'> & Partial<Pick<Visit, 'startsAt' | 'endsAt'>>,
): readonly { readonly key: string; readonly value: string }[] {
  if (startsAt === undefined || endsAt === undefined || (persons === 1 && moreServiceIds.length === 0)) return []
  const minutes = endsAt.since(startsAt).total('minutes')
  return [{ key: t('booking-pages.check.lasts'), value: t('booking-pages.check.minutes', { minutes }) }]
}

function MatterList({ names }: { names: readonly Both[] }): JSX.Element {
  return (
    <ul class="govuk-list">
      {names.map((name) => (
        <li>
          <InBoth {...name} />
        </li>
      ))}
    </ul>
  )
}

/** What the office prepares for the person, in words. */
export function needsText(t: Translate, { needs }: Pick<Visit, 'needs'>): string {
  return needs.length === 0 ? t('booking-pages.needs.none') : needs.map((need) => t(`booking-pages.need.${need}`)).join(', ')
}

function placeOf(
  directory: Directory,
  service: Service,
  roomId: string | null,
  buildingId: string,
): { address: string; room: Room | undefined } {
  return {
    address: directory.buildings.get(buildingId)?.address ?? directory.office.address,
    room: directory.rooms.get(roomId ?? directory.units.get(service.unitId)?.roomId ?? ''),
  }
}

/** What must be worn or done on the day of the visit, and who need not; a reminder, never a condition. */
export function SafetyBlock({
  obligations,
  symptoms,
  selfCheck = false,
}: {
  obligations: readonly SafetyObligation[]
  symptoms: AskedOf | null
  /** With the way to the self-check. */
  selfCheck?: boolean
}): JSX.Element | null {
  const t = useWords()
  if (obligations.length === 0 && symptoms === null) return null
  return (
    <section aria-labelledby="safety">
      <h2 class="govuk-heading-m" id="safety">
        {t('regulation.safety.title')}
      </h2>
      {obligations.length > 0 && (
        <ul class="govuk-list govuk-list--bullet">
          {obligations.map((each) => (
            <li>
              {safetyText(t, each)}
              {each.exempt.length > 0 && ` (${t('regulation.exempt', { who: each.exempt.map((who) => exemptText(t, who)).join('; ') })})`}
            </li>
          ))}
        </ul>
      )}
      <BasisLine basis={distinct(obligations.flatMap((each) => each.basis))} />
      {symptoms !== null && (
        <>
          <p class="govuk-body">{t('regulation.symptoms')}</p>
          <ul class="govuk-list">
            {symptoms.next.map((step) => (
              <li>
                {t(`decision.next.${step.kind}`)} {step.phone !== undefined && <PhoneLink phone={step.phone} />}
                {step.email !== undefined && <EmailLink email={step.email} />}
              </li>
            ))}
          </ul>
          <BasisLine basis={symptoms.basis} />
          {selfCheck && (
            <p class="govuk-body">
              <a class="govuk-link" href="/objawy">
                {t('regulation.symptoms.check')}
              </a>
            </p>
          )}
        </>
      )}
    </section>
  )
}

function distinct<Thing>(things: readonly Thing[]): readonly Thing[] {
  return [...new Map(things.map((each) => [JSON.stringify(each), each])).values()]
}

/** What the office's pages say of a matter as of a day ("Przychodzą obie osoby."); nothing where they say nothing. */
export function ServiceFacts({
  service,
  day,
  level = 2,
}: {
  service: Service
  day: Temporal.PlainDate
  level?: 2 | 3
}): JSX.Element | null {
  const t = useWords()
  const Heading = level === 2 ? 'h2' : 'h3'
  const facts = service.facts.filter(({ from }) => from === null || Temporal.PlainDate.compare(from, day) <= 0)
  if (facts.length === 0) return null
  return (
    <>
      <Heading class={level === 2 ? 'govuk-heading-m' : 'govuk-heading-s'}>{t('booking-pages.facts')}</Heading>
      <ul class="govuk-list govuk-list--bullet">
        {facts.map((fact) => (
          <li>
            <FromOffice>{fact.text}</FromOffice>
          </li>
        ))}
      </ul>
    </>
  )
}

/** What is to be known and brought for everything a visit is for; each matter by its name where there are several. */
export function ToBring({ directory, visit }: { directory: Directory; visit: Visit }): JSX.Element {
  const t = useWords()
  const services = [visit.serviceId, ...visit.moreServiceIds].flatMap((id) => directory.services.get(id) ?? [])
  const several = services.length > 1
  return (
    <>
      {services.map((service) => (
        <>
          {several && <h2 class="govuk-heading-m">{nameIn(t, service)}</h2>}
          <ServiceFacts service={service} day={visit.day} level={several ? 3 : 2} />
          <BringList service={service} level={several ? 3 : 2} />
        </>
      ))}
    </>
  )
}

/** What to bring, as far as a source says; what is needed, where one need not come. */
export function BringList({ service, level = 2, remote = false }: { service: Service; level?: 2 | 3; remote?: boolean }): JSX.Element {
  const t = useWords()
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <>
      <Heading class={level === 2 ? 'govuk-heading-m' : 'govuk-heading-s'}>
        {t(remote ? 'booking-pages.bring-remote' : 'booking-pages.bring')}
      </Heading>
      {service.bring.length === 0 ? (
        <p class="govuk-body">{t('booking-pages.bring-unknown')}</p>
      ) : (
        <ul class="govuk-list govuk-list--bullet">
          {bringIn(t, service).map((each) => (
            <li>
              <InBoth {...each} />
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
