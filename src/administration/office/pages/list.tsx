/** What the office has: its parts, and the things of one part. */
import type { JSX } from 'preact'
import { LinkButton, NotificationBanner, StaffPage, Table, type Shell, type StaffLink } from '../../../ui/index.js'
import { partLabel } from '../labels.js'
import { addressOf, isSingle, pageOf } from '../parts.js'

const say = 'administration-office-staff'

export interface MenuView {
  readonly links: readonly StaffLink[]
  /** The parts this person may change something of, with the number of their things. */
  readonly parts: readonly { readonly part: string; readonly count: number }[]
  /** The whole file is loaded and taken by those who may change all of it. */
  readonly keepsAll: boolean
}

export function MenuPage({ shell, view }: { shell: Shell; view: MenuView }): JSX.Element {
  const { t } = shell
  return (
    <StaffPage shell={shell} title={t(`${say}.title`)} links={view.links}>
      <h1 class="govuk-heading-l">{t(`${say}.title`)}</h1>
      <p class="govuk-body">{t(`${say}.title.hint`)}</p>
      <ul class="govuk-list">
        <li>
          <a class="govuk-link" href="/praca/grafik">
            {t(`${say}.calendar`)}
          </a>
        </li>
        <li>
          <a class="govuk-link" href="/praca/urzad/historia">
            {t(`${say}.history`)}
          </a>
        </li>
        <li>
          <a class="govuk-link" href="/praca/urzad/tabela">
            {t(`${say}.csv`)}
          </a>
        </li>
        {view.keepsAll && (
          <li>
            <a class="govuk-link" href="/praca/urzad/plik">
              {t(`${say}.file`)}
            </a>
          </li>
        )}
      </ul>
      <dl class="govuk-summary-list">
        {view.parts.map(({ part, count }) => (
          <div class="govuk-summary-list__row">
            <dt class="govuk-summary-list__key">
              <a class="govuk-link" href={`/praca/urzad/${pageOf(part)?.slug}`}>
                {t(`${say}.parts.${part}`)}
              </a>
              {!isSingle(part) && ` (${count})`}
            </dt>
            <dd class="govuk-summary-list__value">{t(`${say}.parts.${part}.hint`)}</dd>
          </div>
        ))}
      </dl>
    </StaffPage>
  )
}

export interface ListView {
  readonly links: readonly StaffLink[]
  readonly part: string
  readonly things: readonly { readonly subject: string; readonly name: string; readonly open: boolean }[]
  readonly mayAdd: boolean
  /** A sentence about what was just done; null for nothing. */
  readonly done: string | null
}

export function ListPage({ shell, view }: { shell: Shell; view: ListView }): JSX.Element {
  const { t } = shell
  const title = t(`${say}.parts.${view.part}`)
  return (
    <StaffPage shell={shell} title={title} links={view.links} back="/praca/urzad">
      {view.done !== null && <NotificationBanner type="success" text={view.done} />}
      <h1 class="govuk-heading-l">{title}</h1>
      <p class="govuk-body">{t(`${say}.parts.${view.part}.hint`)}</p>
      {view.things.some(({ open }) => !open) && <p class="govuk-body">{t(`${say}.only-own`)}</p>}
      {view.mayAdd && (
        <LinkButton href={`${addressOf(view.part, '')}nowe`}>{t(`${say}.add`, { what: partLabel(t, view.part) })}</LinkButton>
      )}
      {view.things.length === 0 ? (
        <p class="govuk-body">{t(`${say}.none`)}</p>
      ) : (
        <div class="okienko-scroll" tabIndex={0} role="region" aria-label={title}>
          <Table
            caption={title}
            captionClasses="govuk-visually-hidden"
            head={[t(`${say}.list.name`), t(`${say}.list.id`), t(`${say}.change`)]}
            firstCellIsHeader
            rows={view.things.map(({ subject, name, open }) => [
              name,
              subject,
              open ? (
                <a class="govuk-link" href={addressOf(view.part, subject)}>
                  {t(`${say}.change`)}
                  <span class="govuk-visually-hidden">: {name}</span>
                </a>
              ) : (
                ''
              ),
            ])}
          />
        </div>
      )}
    </StaffPage>
  )
}
