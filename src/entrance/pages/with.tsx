/** Who came with the person that was just let in: recorded by one press, counted or not. */
import type { JSX } from 'preact'
import type { Refused } from '../../platform/decision.js'
import { BasisLine, Button, Checkboxes, decisionSentence, IdempotencyField, useWords } from '../../ui/index.js'
import type { CompanionView } from '../companions.js'
import type { Entry } from '../model.js'

export function CameWith({
  entry,
  view,
  refusal,
  base,
}: {
  entry: Entry
  view: CompanionView
  refusal: Refused | null
  base: string
}): JSX.Element {
  const t = useWords()
  const { companions, notCounted, perDesk } = view
  const list = companions.map(
    (each) =>
      `${t(`entrance-staff.purpose.${each.purpose}`)} (${t(each.counted ? 'entrance-staff.with.counted' : 'entrance-staff.with.not-counted')})`,
  )
  return (
    <section aria-labelledby="razem" class="okienko-assist">
      <h2 class="govuk-heading-m" id="razem">
        {t('entrance-staff.with')}
      </h2>
      {refusal !== null && (
        <div role="alert">
          <p class="govuk-body-l">
            {decisionSentence(t, t.has(`regulation.refused.${refusal.code}`) ? 'regulation' : 'entrance', refusal)}
          </p>
          <BasisLine basis={refusal.basis} />
          {refusal.next.map((step) => (
            <p class="govuk-body">{t(`decision.next.${step.kind}`, step.values)}</p>
          ))}
        </div>
      )}
      {list.length > 0 && <p class="govuk-body">{t('entrance-staff.with.recorded', { list: list.join(', ') })}</p>}
      <form method="post" action={`${base}/razem`}>
        <IdempotencyField />
        <input type="hidden" name="wpis" value={entry.id} />
        {notCounted.who.length > 0 && (
          <>
            <Checkboxes
              name="niewliczana"
              classes="govuk-checkboxes--small"
              hint={t('entrance-staff.with.not-counted.hint', {
                who: notCounted.who.map((who) => (t.has(`regulation.who.${who}`) ? t(`regulation.who.${who}`) : who)).join('; '),
              })}
              items={[{ value: 'tak', text: t('entrance-staff.with.not-counted.box') }]}
            />
            <BasisLine basis={notCounted.basis} />
          </>
        )}
        {perDesk && (
          <Checkboxes
            name="stanowisko"
            classes="govuk-checkboxes--small"
            hint={t('entrance-staff.with.at-desk.hint')}
            items={[{ value: 'tak', text: t('entrance-staff.with.at-desk.box') }]}
          />
        )}
        <div class="govuk-button-group">
          {(['companion', 'interpreter'] as const).map((purpose) => (
            <Button kind="secondary" name="cel" value={purpose}>
              {t(`entrance-staff.purpose.${purpose}`)}
            </Button>
          ))}
        </div>
      </form>
    </section>
  )
}
