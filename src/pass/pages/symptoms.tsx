/**
 * The symptom self-check (§ 3 ust. 2). Two folds of the browser's own: which of them a person opens
 * never leaves the browser, so there is nothing to send, to log or to store. The way to another time
 * is the ordinary one, to the letter: nobody can tell why a visit was moved.
 */
import type { ComponentChildren, JSX } from 'preact'
import type { AskedOf } from '../../regulation/index.js'
import { BasisLine, CitizenPage, Details, EmailLink, LinkButton, PhoneLink, useWords, type Shell } from '../../ui/index.js'

/** Where the self-check stands alone. */
export const symptomsPath = '/objawy'

/** The two answers. `move` is where the time is changed; left out when it no longer can be. */
export function SymptomCheck({
  asked,
  move,
  children,
}: {
  asked: AskedOf
  move: string | null
  children?: ComponentChildren
}): JSX.Element {
  const t = useWords()
  return (
    <>
      <p class="govuk-body">{t('pass.symptoms.private')}</p>
      <Details id="bez-objawow" summary={t('pass.symptoms.none')}>
        <p class="govuk-body">{t('pass.symptoms.none.what')}</p>
      </Details>
      <Details id="z-objawami" summary={t('pass.symptoms.some')}>
        <p class="govuk-body">{t('pass.symptoms.some.what')}</p>
        <ul class="govuk-list">
          {asked.next.map((step) => (
            <li>
              {t(`decision.next.${step.kind}`)} {step.phone !== undefined && <PhoneLink phone={step.phone} />}
              {step.email !== undefined && <EmailLink email={step.email} />}
            </li>
          ))}
        </ul>
        {children}
        {move !== null && (
          <>
            <p class="govuk-body">{t('pass.symptoms.move')}</p>
            <MoveLink href={move} />
          </>
        )}
      </Details>
      <BasisLine basis={asked.basis} />
    </>
  )
}

/** The one way to another time, wherever it stands. */
export function MoveLink({ href }: { href: string }): JSX.Element {
  const t = useWords()
  return (
    <LinkButton href={href} kind="secondary">
      {t('pass.change')}
    </LinkButton>
  )
}

/** The self-check for everybody; without an act that asks it, a sentence that says so. */
export function SymptomsPage({ shell, asked }: { shell: Shell; asked: AskedOf | null }): JSX.Element {
  const { t } = shell
  return (
    <CitizenPage shell={shell} title={t('pass.symptoms.title')}>
      <h1 class="govuk-heading-xl">{t('pass.symptoms.title')}</h1>
      {asked === null ? <p class="govuk-body">{t('pass.symptoms.not-asked')}</p> : <SymptomCheck asked={asked} move={null} />}
      <p class="govuk-body">
        <a class="govuk-link" href="/wizyta">
          {t('pass.symptoms.visit')}
        </a>
      </p>
    </CitizenPage>
  )
}
