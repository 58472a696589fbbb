/**
 * /deklaracja-dostepnosci: the accessibility declaration with the ids the act's technical
 * conditions fix, so that a machine finds each part. What the office has not said is said to be
 * unknown; nothing is claimed for it.
 */
import type { ComponentChildren, JSX } from 'preact'
import { plainDay } from '../../platform/words.js'
import { CitizenPage, EmailLink, PhoneLink, type Shell } from '../../ui/index.js'
import type { Directory } from '../model.js'

export function DeclarationPage({ shell, directory, publicUrl }: { shell: Shell; directory: Directory; publicUrl: string }): JSX.Element {
  const { t } = shell
  const { office, buildings } = directory
  const declared = office.accessibility
  const day = (id: string, label: string, value: Temporal.PlainDate | null): JSX.Element => (
    <p class="govuk-body">
      {t(`directory.declaration.${label}`)}{' '}
      {value === null ? (
        <Named id={id}>{t('directory.declaration.not-given')}</Named>
      ) : (
        <Named id={id} day={value}>
          {plainDay(shell.language, value)}
        </Named>
      )}
    </p>
  )
  return (
    <CitizenPage shell={shell} title={t('directory.declaration.title')}>
      <h1 class="govuk-heading-xl">{t('directory.declaration.title')}</h1>
      <p class="govuk-body" id="a11y-wstep">
        <span id="a11y-podmiot" lang="pl">
          {office.name}
        </span>{' '}
        {t('directory.declaration.intro')}{' '}
        <a class="govuk-link" id="a11y-url" href={publicUrl}>
          Okienko
        </a>
        .
      </p>
      {day('a11y-data-publikacja', 'published', declared.publishedOn)}
      {day('a11y-data-aktualizacja', 'updated', declared.updatedOn)}
      <Part title={t('directory.declaration.status')}>
        <p class="govuk-body" id="a11y-status">
          {t(`directory.declaration.status.${declared.status ?? 'unknown'}`)}
        </p>
      </Part>
      <Part title={t('directory.declaration.prepared-title')}>
        {day('a11y-data-sporzadzenie', 'prepared', declared.preparedOn)}
        {day('a11y-data-przeglad', 'reviewed', declared.reviewedOn)}
        <p class="govuk-body" id="a11y-ocena">
          {t('directory.declaration.assessment')}{' '}
          {declared.auditor === null ? (
            <span id="a11y-audytor">{t('directory.declaration.assessment.own')}</span>
          ) : (
            <>
              {t('directory.declaration.assessment.by')} <span id="a11y-audytor">{t.polish(declared.auditor)}</span>
            </>
          )}
        </p>
      </Part>
      <Part title={t('directory.declaration.contact')} id="a11y-kontakt">
        <p class="govuk-body">
          {t('directory.declaration.person')} <span id="a11y-osoba">{declared.person ?? t('directory.declaration.not-given')}</span>
        </p>
        <p class="govuk-body">
          {t('directory.declaration.email')}{' '}
          <span id="a11y-email">
            <EmailLink email={declared.email ?? office.email} />
          </span>
        </p>
        <p class="govuk-body">
          {t('directory.declaration.phone')}{' '}
          <span id="a11y-telefon">
            <PhoneLink phone={declared.phone ?? office.phone} />
          </span>
        </p>
      </Part>
      <Part title={t('directory.declaration.procedure')} id="a11y-procedura">
        <p class="govuk-body">{t('directory.declaration.procedure.request')}</p>
        <p class="govuk-body">{t('directory.declaration.procedure.complaint')}</p>
      </Part>
      <Part title={t('directory.declaration.other-forms')} id="a11y-informacja">
        <p class="govuk-body">
          {declared.signFilm === null ? (
            t('directory.declaration.sign-film.none')
          ) : (
            <a class="govuk-link" href={declared.signFilm.address}>
              {t(declared.signFilm.captions ? 'directory.declaration.sign-film.captions' : 'directory.declaration.sign-film')}
            </a>
          )}
        </p>
        <p class="govuk-body">
          {declared.easyRead === null ? (
            t('directory.declaration.easy-read.none')
          ) : (
            <a class="govuk-link" href="/latwy-tekst">
              {t('directory.declaration.easy-read')}
            </a>
          )}
        </p>
      </Part>
      <Part title={t('directory.declaration.architecture')} id="a11y-architektura">
        {[...buildings.values()]
          .filter(({ closed }) => !closed)
          .map((building) => (
            <>
              <h3 class="govuk-heading-s" lang="pl">
                {building.address}
              </h3>
              {building.accessibility.length === 0 ? (
                <p class="govuk-body">{t('directory.declaration.architecture.unknown')}</p>
              ) : (
                <ul class="govuk-list govuk-list--bullet" lang="pl">
                  {building.accessibility.map((sentence) => (
                    <li>{sentence}</li>
                  ))}
                </ul>
              )}
            </>
          ))}
      </Part>
      <Part title={t('directory.declaration.apps')} id="a11y-aplikacje">
        <p class="govuk-body">{t('directory.declaration.apps.none')}</p>
      </Part>
    </CitizenPage>
  )
}

/** The day of the last review has a second name in the conditions of 31 July 2024 (v2.0): a reader of either finds it. */
const secondNames: Readonly<Record<string, string>> = { 'a11y-data-przeglad': 'a11y-data-deklaracja-przeglad' }

/** What a machine looks for by its id; a day also by `datetime`. */
function Named({ id, day, children }: { id: string; day?: Temporal.PlainDate; children: ComponentChildren }): JSX.Element {
  const second = secondNames[id]
  const inner = second === undefined ? children : <Mark id={second} day={day} children={children} />
  return <Mark id={id} day={day} children={inner} />
}

function Mark({ id, day, children }: { id: string; day: Temporal.PlainDate | undefined; children: ComponentChildren }): JSX.Element {
  return day === undefined ? (
    <span id={id}>{children}</span>
  ) : (
    <time id={id} datetime={day.toString()}>
      {children}
    </time>
  )
}

function Part({ title, id, children }: { title: string; id?: string; children: ComponentChildren }): JSX.Element {
  return (
    <section>
      <h2 class="govuk-heading-m" {...(id === undefined ? {} : { id })}>
        {title}
      </h2>
      {children}
    </section>
  )
}
