/** The page of a visit that is inside, over or off: where it stands, and the way on. */
import type { ComponentChildren, JSX } from 'preact'
import type { Directory } from '../../directory/index.js'
import { LapsedBlock, visitRows, whenText } from '../../booking/index.js'
import { spacedReference } from '../../platform/references.js'
import { spacedTicket, type PlaceInLine } from '../../queue/index.js'
import { InsetText, LinkButton, SummaryList, useWords, type Shell } from '../../ui/index.js'
import { isLapsed, type Visit } from '../../visit/index.js'
import { isCalledOff } from '../calendar-file.js'
import { isInside, titleOf, type PassPageOptions } from './pass-options.js'

export function OtherState(options: PassPageOptions): JSX.Element {
  const { shell, service, visit, directory } = options
  const { t } = shell
  const desk = visit.state === 'called' || visit.state === 'serving' ? deskText(shell, directory, visit) : null
  const inside = isInside(visit)
  const again: ComponentChildren = <LinkButton href={`/sprawy/${service.id}`}>{t('pass.again')}</LinkButton>
  return (
    <>
      <h1 class="govuk-heading-xl">{titleOf(options)}</h1>
      {visit.ticket !== null && inside && (
        <p class="govuk-body">
          {t('pass.ticket')} <strong class="okienko-reference">{spacedTicket(visit.ticket)}</strong>
        </p>
      )}
      {desk !== null && (
        <p class="govuk-body-l">
          <strong>{desk}</strong>
        </p>
      )}
      {options.line !== null && <LineText line={options.line} buildingId={visit.buildingId} />}
      {inside && <InsetText>{t('pass.state.watch')}</InsetText>}
      <VisitSummary {...options} />
      {isLapsed(visit) && <LapsedBlock visit={visit} free={options.freeAgain} />}
      {isCalledOff(visit.state) && (
        <p class="govuk-body">
          <a class="govuk-link" href={`/wizyta/${visit.reference}/kalendarz.ics`}>
            {t('pass.calendar.cancelled')}
          </a>
          <br />
          {t('pass.calendar.remove-hint')}
        </p>
      )}
      {!isLapsed(visit) && !inside && visit.state !== 'served' && again}
    </>
  )
}

/** The desk that calls or serves; room and number, as the screen shows them. */
function deskText({ t }: Shell, directory: Directory, { deskId }: Visit): string | null {
  const desk = deskId === null ? undefined : directory.desksById.get(deskId)
  const room = desk === undefined ? undefined : directory.rooms.get(desk.roomId)
  return desk === undefined ? null : t('pass.desk', { room: room?.number ?? '', desk: desk.label })
}

/** How many are called before, and by what one waits: never more than is known. */
function LineText({ line, buildingId }: { line: PlaceInLine; buildingId: string }): JSX.Element {
  const t = useWords()
  return (
    <>
      <p class="govuk-body-l">
        <strong>{t('pass.line.before', { count: line.before })}</strong>
      </p>
      {line.wait !== null && <p class="govuk-body">{t(line.wait.to <= 3 ? 'pass.line.soon' : 'pass.line.wait', line.wait)}</p>}
      <p class="govuk-body">{t(`pass.line.${line.why}`)}</p>
      <p class="govuk-body">
        <a class="govuk-link" href={`/kolejki/${buildingId}`}>
          {t('pass.line.queues')}
        </a>
      </p>
    </>
  )
}

/** Which visit it was. */
export function VisitSummary({ shell, directory, visit }: PassPageOptions): JSX.Element {
  const { t } = shell
  // A time that lapsed may be taken once more: nobody called it off.
  const off = isCalledOff(visit.state) && !isLapsed(visit)
  return (
    <SummaryList
      rows={[
        { key: t('pass.reference'), value: spacedReference(visit.reference) },
        ...visitRows(t, directory, visit),
        { key: t(off ? 'pass.off.when' : 'booking-pages.check.when'), value: whenText(shell.language, visit.startsAt) },
      ]}
    />
  )
}
