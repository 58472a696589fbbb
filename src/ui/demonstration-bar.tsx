/**
 * The bar of a demonstration: it says on every page that this is no office's page, and moves the
 * office's clock forward. Where there is no demonstration nothing of it is on any page.
 *
 * On a narrow screen the forms fold under the sentence, so that the page itself is in sight.
 *
 * The lead of a page that is kept for many readers leaves the bar out and puts it in afterwards
 * (`demonstrationSlot`), since it shows the time and holds a key of its own.
 */
import type { JSX } from 'preact'
import { IdempotencyField } from './components/text.js'
import type { Shell } from './shell.js'

const steps = ['5-minut', 'nastepna-wizyta', 'nastepny-dzien'] as const

/** Stands for the bar in a page kept in memory; see kept-pages.tsx. */
export const demonstrationSlot = '<!--demonstration-->'

export function DemonstrationBar({ shell }: { shell: Shell }): JSX.Element | null {
  const { t, clockText } = shell
  if (clockText === null) return null
  if (clockText === demonstrationSlot) return <div dangerouslySetInnerHTML={{ __html: demonstrationSlot }} />
  return (
    <section class="okienko-demo" aria-label={t('ui.demo')}>
      <p class="okienko-demo__sentence">{t('ui.demo.sentence', { time: clockText })}</p>
      <a class="okienko-demo__link" href="/skrzynka">
        {t('ui.demo.mailbox')}
      </a>
      <details class="okienko-demo__fold">
        <summary class="okienko-demo__summary">{t('ui.demo.fold')}</summary>
        <div class="okienko-demo__forms">
          <form method="post" action="/pokaz/zegar" class="okienko-demo__form">
            <IdempotencyField />
            <input type="hidden" name="powrot" value={shell.path} />
            {steps.map((step) => (
              <button class="okienko-demo__button" name="krok" value={step}>
                {t(`ui.demo.step.${step}`)}
              </button>
            ))}
          </form>
          <form method="post" action="/pokaz/zegar" class="okienko-demo__form">
            <IdempotencyField />
            <input type="hidden" name="powrot" value={shell.path} />
            <label class="okienko-demo__label" for="chwila">
              {t('ui.demo.instant')}
            </label>
            <input class="okienko-demo__input" id="chwila" name="chwila" type="datetime-local" />
            <button class="okienko-demo__button">{t('ui.demo.move')}</button>
          </form>
        </div>
      </details>
    </section>
  )
}
