/** The tasks of each act with their state; what the program cannot see has a button. */
import type { ComponentChildren, JSX } from 'preact'
import type { Directory, Unit } from '../../directory/index.js'
import { officeDay } from '../../platform/clock.js'
import { longDay, plainDay, wallTime } from '../../platform/words.js'
import { provisionSentence, type Act, type Provision } from '../../regulation/index.js'
import { Button, Details, StaffPage, Table, Tag, WarningText, type Shell, type StaffLink } from '../../ui/index.js'
import { headingOf, slugOf } from '../acts/rules.js'
import type { Task } from './tasks.js'

export interface TasksView {
  readonly links: readonly StaffLink[]
  readonly office: Directory
  readonly today: string
  readonly whole: boolean
  /** The act was corrected while somebody said a task was done. */
  readonly changed: boolean
  readonly acts: readonly {
    readonly act: Act
    /** Those that name who carries it out. */
    readonly provisions: readonly Provision[]
    readonly first: string | null
    readonly tasks: readonly Task[]
  }[]
}

type ActView = TasksView['acts'][number]
type Part = { readonly shell: Shell; readonly view: TasksView; readonly one: ActView }

export function TasksPage({ shell, view }: { shell: Shell; view: TasksView }): JSX.Element {
  const { t } = shell
  const title = t('administration-publication-staff.tasks')
  return (
    <StaffPage shell={shell} title={title} links={view.links}>
      <h1 class="govuk-heading-l">{title}</h1>
      {view.changed && <WarningText>{t('administration-publication-staff.changes.corrected')}</WarningText>}
      <p class="govuk-body">{t(`administration-publication-staff.tasks.${view.whole ? 'office' : 'own'}`)}</p>
      {view.acts.length === 0 && <p class="govuk-body">{t('administration-publication-staff.tasks.none')}</p>}
      {view.acts.map((one) => (
        <ActTasks shell={shell} view={view} one={one} />
      ))}
    </StaffPage>
  )
}

function ActTasks({ shell, view, one }: Part): JSX.Element {
  const { t, language } = shell
  const { act, provisions, first, tasks } = one
  const title = headingOf(act)
  const who =
    provisions.length > 0
      ? provisions.map((provision) => {
          const sentence = provisionSentence(t, view.office, { provision, act, term: { from: null, until: null } })
          return `${sentence} (${provision.reference})`
        })
      : [t('administration-publication-staff.tasks.executors', { list: act.executors.join('; ') })]
  return (
    <>
      <h2 class="govuk-heading-m" id={slugOf(act.id)}>
        {title}
      </h2>
      <p class="govuk-body">
        {first !== null &&
          `${t('administration-publication-staff.tasks.first', { day: plainDay(language, Temporal.PlainDate.from(first)) })} `}
        {who.join(' ')}
      </p>
      <div class="okienko-scroll" tabIndex={0} role="region" aria-label={title}>
        <Table
          caption={title}
          captionClasses="govuk-visually-hidden"
          head={['task', 'state', 'how'].map((each) => t(`administration-publication-staff.tasks.head.${each}`))}
          rows={tasks.map((task) => [
            taskText(shell, view, task),
            <State shell={shell} done={task.done} late={first !== null && first <= view.today} />,
            <How shell={shell} view={view} one={one} task={task} />,
          ])}
        />
      </div>
    </>
  )
}

function taskText({ t, language }: Shell, { office }: TasksView, task: Task): string {
  switch (task.kind) {
    case 'desks':
      return t('administration-publication-staff.task.desks', { day: longDay(language, task.day) })
    case 'poster':
      return t('administration-publication-staff.task.poster', { building: office.buildings.get(task.buildingId)?.name ?? task.buildingId })
    case 'contacts':
    case 'read':
      return t(`administration-publication-staff.task.${task.kind}`)
  }
}

function State({ shell: { t }, done, late }: { shell: Shell; done: boolean; late: boolean }): JSX.Element {
  const state = done ? 'done' : late ? 'late' : 'open'
  return (
    <Tag colour={({ done: 'green', late: 'red', open: 'yellow' } as const)[state]}>
      {t(`administration-publication-staff.state.${state}`)}
    </Tag>
  )
}

function How({ shell: { t, language }, view, one: { act, first }, task }: Part & { readonly task: Task }): JSX.Element {
  switch (task.kind) {
    case 'contacts':
      return (
        <>
          <p class="govuk-body-s">
            {task.done ? (
              <Link href="/kontakt">{t('administration-publication-staff.contacts.page')}</Link>
            ) : (
              <Link href="/praca/kontakty">{t('staff-staff.menu.contacts')}</Link>
            )}
          </p>
          <Missing title={t('administration-publication-staff.contacts.phone', { count: task.phone.length })} units={task.phone} />
          <Missing title={t('administration-publication-staff.contacts.email', { count: task.email.length })} units={task.email} />
        </>
      )
    case 'desks':
      return task.done ? (
        <>{t('administration-publication-staff.task.desks.all')}</>
      ) : (
        <Missing title={t('administration-publication-staff.task.desks.without', { count: task.without.length })} units={task.without} />
      )
    case 'poster': {
      const { said, buildingId } = task
      const building = view.office.buildings.get(buildingId)?.name ?? buildingId
      return (
        <>
          <p class="govuk-body-s">
            {said !== null &&
              `${t('administration-publication-staff.task.poster.said', {
                day: plainDay(language, officeDay(said.at)),
                time: wallTime(said.at),
                who: said.who,
              })} `}
            <Link href={`/plakat/${buildingId}${first !== null && first > view.today ? `?dzien=${first}` : ''}`}>
              {t('administration-publication-staff.task.poster.page')}
              <span class="govuk-visually-hidden"> {building}</span>
            </Link>
          </p>
          <form method="post" action="/praca/zadania">
            <input type="hidden" name="act" value={act.id} />
            <input type="hidden" name="seen" value={act.enteredAt.toString()} />
            <input type="hidden" name="budynek" value={buildingId} />
            <Button kind="secondary" name="do" value={said === null ? 'wisi' : 'nie-wisi'}>
              {t(`administration-publication-staff.task.poster.${said === null ? 'up' : 'down'}`)}
              <span class="govuk-visually-hidden"> {building}</span>
            </Button>
          </form>
        </>
      )
    }
    case 'read':
      return (
        <>
          {t('administration-publication-staff.task.read.count', { read: task.read, of: task.of })}{' '}
          <Link href="/praca/co-sie-zmienia">{t('administration-publication-staff.task.read.who')}</Link>
        </>
      )
  }
}

function Missing({ title, units }: { readonly title: string; readonly units: readonly Unit[] }): JSX.Element | null {
  if (units.length === 0) return null
  return (
    <Details summary={title}>
      <ul class="govuk-list govuk-list--bullet">
        {units.map(({ name }) => (
          <li>{name}</li>
        ))}
      </ul>
    </Details>
  )
}

function Link({ href, children }: { readonly href: string; readonly children: ComponentChildren }): JSX.Element {
  return (
    <a class="govuk-link" href={href}>
      {children}
    </a>
  )
}
