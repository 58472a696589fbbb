/** The page of whoever looks after a building: lines, desks, what to do about them. No name of a client stands here. */
import type { JSX } from 'preact'
import type { Refused } from '../../../platform/decision.js'
import { minuteTime, wallTime } from '../../../platform/words.js'
import {
  Button,
  DecisionNotice,
  Details,
  IdempotencyField,
  LiveRegion,
  Select,
  StaffPage,
  Table,
  Tag,
  useWords,
  type Shell,
  type StaffLink,
} from '../../../ui/index.js'
import { spacedTicket } from '../../tickets.js'
import type { DeskInRoom, LiveRoom } from '../view.js'

export interface LiveRoomOptions {
  readonly shell: Shell
  readonly links: readonly StaffLink[]
  readonly room: LiveRoom
  /** May this person change that desk? */
  readonly mayChange: (entry: DeskInRoom) => boolean
  readonly refusal: Refused | null
}

export const roomAddress = (buildingId: string): string => `/praca/sala/${buildingId}`

export function LiveRoomPage(options: LiveRoomOptions): JSX.Element {
  const { shell, links, room, refusal } = options
  const { t } = shell
  const address = roomAddress(room.building.id)
  const title = t('queue-room-staff.title', { building: room.building.name || room.building.address })
  return (
    <StaffPage shell={shell} title={title} links={links} scripts={['live.js']}>
      <h1 class="govuk-heading-l">{title}</h1>
      {refusal !== null && (
        <div role="alert" tabIndex={-1} data-focus="">
          <DecisionNotice decision={refusal} slice="queue-staff" staff />
        </div>
      )}
      <LiveRegion id="sala" source={`${address}/stan`} events={`${address}/na-zywo`}>
        <LiveRoomFragment {...options} />
      </LiveRegion>
    </StaffPage>
  )
}

/** What the page fetches at each hint. */
export function LiveRoomFragment({ room, mayChange }: Pick<LiveRoomOptions, 'room' | 'mayChange'>): JSX.Element {
  const t = useWords()
  const { lines, desks, error, building } = room
  return (
    <>
      <div class="okienko-scroll" tabIndex={0} role="region" aria-label={t('queue-room-staff.lines')}>
        <Table
          caption={t('queue-room-staff.lines.caption')}
          head={['letter', 'waiting', 'longest', 'target', 'expected', 'state'].map((each) => t(`queue-room-staff.lines.${each}`))}
          firstCellIsHeader
          rows={lines.map((line) => [
            `${line.letter} – ${line.name}`,
            String(line.waiting),
            line.waiting === 0 ? '–' : t('queue-room-staff.minutes', { minutes: line.longestMinutes }),
            t('queue-room-staff.minutes', { minutes: line.targetMinutes }),
            line.wait === null ? '–' : t('queue-room-staff.range', line.wait),
            <LineState line={line} />,
          ])}
        />
      </div>
      <h2 class="govuk-heading-m">{t('queue-room-staff.desks')}</h2>
      <ul class="govuk-list okienko-queue">
        {desks.map((entry) => (
          <li>
            <DeskState entry={entry} />
            {mayChange(entry) && <DeskChange entry={entry} room={room} address={roomAddress(building.id)} />}
          </li>
        ))}
      </ul>
      <h2 class="govuk-heading-m">{t('queue-room-staff.error')}</h2>
      <p class="govuk-body">
        {error === null
          ? t('queue-room-staff.error.none')
          : t('queue-room-staff.error.text', {
              count: error.count,
              inside: Math.round(error.inside * 100),
              error: Math.round(error.errorMinutes),
              width: Math.round(error.widthMinutes),
              wait: Math.round(error.waitMinutes),
            })}
      </p>
    </>
  )
}

function LineState({ line }: { line: LiveRoom['lines'][number] }): JSX.Element {
  const t = useWords()
  if (line.nobodyHandles) return <Tag colour="red">{t('queue-room-staff.state.nobody')}</Tag>
  if (line.alarm) return <Tag colour="red">{t('queue-room-staff.state.alarm')}</Tag>
  if (line.overdue > 0) return <Tag colour="yellow">{t('queue-room-staff.state.overdue', { count: line.overdue })}</Tag>
  return <>{t('queue-room-staff.state.well')}</>
}

function DeskState({ entry: { desk, room, work, breakOver, overflow } }: { entry: DeskInRoom }): JSX.Element {
  const t = useWords()
  return (
    <>
      <strong>{t('queue-room-staff.desk', { room, desk: desk.label })}</strong>{' '}
      {work === null ? (
        <span class="okienko-quiet">{t('queue-room-staff.desk.closed')}</span>
      ) : (
        <>
          {work.name}{' '}
          {work.paused ? (
            <Tag colour={breakOver ? 'red' : 'yellow'}>
              {work.pausedUntil === null
                ? t('queue-room-staff.desk.paused')
                : t(breakOver ? 'queue-room-staff.desk.break-over' : 'queue-room-staff.desk.paused-until', {
                    time: wallTime(work.pausedUntil),
                  })}
            </Tag>
          ) : work.ticket === null ? (
            <Tag>{t('queue-room-staff.desk.free')}</Tag>
          ) : (
            <Tag colour={work.state === 'serving' ? 'green' : 'turquoise'}>
              {t(`queue-room-staff.desk.${work.state ?? 'called'}`, {
                ticket: spacedTicket(work.ticket),
                time: work.stateSince === null ? '' : wallTime(work.stateSince),
              })}
            </Tag>
          )}
        </>
      )}
      {overflow.map(({ letter, afterMinutes, from, until }) => (
        <span class="okienko-quiet">
          {' '}
          {t('queue-room-staff.desk.overflow', { letter, minutes: afterMinutes, from: minuteTime(from), until: minuteTime(until) })}
        </span>
      ))}
    </>
  )
}

/** Minutes of waiting from which a desk may be asked to take people of another line. */
export const overflowAfter = [0, 10, 15, 20, 30, 45] as const

function DeskChange({
  entry: { desk, work, overflow, clerks },
  room: { lines },
  address,
}: {
  entry: DeskInRoom
  room: LiveRoom
  address: string
}): JSX.Element {
  const t = useWords()
  const own = new Set(overflow.map(({ letter }) => letter))
  return (
    <Details summary={t('queue-room-staff.change', { desk: desk.label })} id={`zmiana-${desk.id}`}>
      {clerks.length > 0 && work?.state !== 'serving' && (
        <form method="post" action={address}>
          <IdempotencyField />
          <input type="hidden" name="stanowisko" value={desk.slug} />
          <Select
            id={`kto-${desk.id}`}
            name="kto"
            label={t('queue-room-staff.change.clerk')}
            items={clerks.map(({ accountId, name, at }) => ({
              value: String(accountId),
              text: at === null ? name : t('queue-room-staff.clerk.at', { name, desk: at }),
            }))}
          />
          <Button kind="secondary" name="czynnosc" value="posadz">
            {t('queue-room-staff.action.seat')}
          </Button>
        </form>
      )}
      <form method="post" action={address}>
        <IdempotencyField />
        <input type="hidden" name="stanowisko" value={desk.slug} />
        <Select
          id={`litera-${desk.id}`}
          name="litera"
          label={t('queue-room-staff.change.letter')}
          items={lines.map(({ letter, name }) => ({ value: letter, text: `${letter} – ${name}` }))}
        />
        <Select
          id={`minuty-${desk.id}`}
          name="minuty"
          label={t('queue-room-staff.change.after')}
          items={overflowAfter.map((minutes) => ({ value: String(minutes), text: t('queue-room-staff.minutes', { minutes }) }))}
        />
        <Button kind="secondary" name="czynnosc" value="pomaga">
          {t('queue-room-staff.action.overflow')}
        </Button>{' '}
        {own.size > 0 && (
          <Button kind="secondary" name="czynnosc" value="nie-pomaga">
            {t('queue-room-staff.action.no-overflow')}
          </Button>
        )}{' '}
        {work !== null && work.state !== 'serving' && (
          <Button kind="secondary" name="czynnosc" value="zamknij">
            {t('queue-room-staff.action.close')}
          </Button>
        )}
      </form>
    </Details>
  )
}
