/**
 * The receipt of a sealed envelope, to print or read out, and the list by which envelopes are handed
 * over to each unit at the end of the day, with its totals and the lines to sign.
 */
import type { JSX } from 'preact'
import type { FieldError } from '../../platform/decision.js'
import { officeDay } from '../../platform/clock.js'
import { longDay, wallTime } from '../../platform/words.js'
import type { Building, Directory } from '../../directory/index.js'
import { Button, errorAt, LinkButton, Table, TextInput, useWords } from '../../ui/index.js'
import { Slip, type SlipOptions } from '../assisted/slips.js'
import type { Entry } from '../model.js'
import type { Papers } from './store.js'

export interface PapersTyped {
  readonly name: string
  readonly email: string
  readonly errors: readonly FieldError[]
}

export function unitName(office: Directory, unitId: string): string {
  return office.units.get(unitId)?.name ?? unitId
}

/** Beside the answer: what the receipt says, to read out, to print or to mail. */
export function PapersLeft({
  papers,
  entry,
  office,
  typed,
  mayMail,
  base,
}: {
  papers: Papers
  entry: Entry
  office: Directory
  typed: PapersTyped
  mayMail: boolean
  base: string
}): JSX.Element {
  const t = useWords()
  return (
    <section aria-labelledby="potwierdzenie" class="okienko-assist">
      <h2 class="govuk-heading-m" id="potwierdzenie">
        {t('entrance-staff.papers.receipt')}
      </h2>
      <p class="govuk-body-l">
        {t('entrance-staff.papers.read-out', {
          receipt: papers.receipt,
          unit: unitName(office, papers.unitId),
          day: longDay('pl', officeDay(papers.filedAt)),
          time: wallTime(papers.filedAt),
        })}
      </p>
      <p class="govuk-body">
        <LinkButton href={`${base}/potwierdzenie/${papers.reference}`} shortcut="F6">
          {t('entrance-staff.papers.print')}
        </LinkButton>
      </p>
      <form method="post" action={`${base}/potwierdzenie/${papers.reference}`} novalidate>
        <input type="hidden" name="wpis" value={entry.id} />
        <TextInput
          name="name"
          label={t('entrance-staff.papers.name')}
          hint={t('entrance-staff.papers.name.hint', { day: longDay('pl', papers.keptUntil) })}
          value={typed.errors.length > 0 ? typed.name : (papers.name ?? '')}
          error={errorAt(t, typed.errors, 'name')}
          autocomplete="off"
        />
        {mayMail && (
          <TextInput
            name="email"
            label={t('entrance-staff.papers.email')}
            value={typed.email}
            error={errorAt(t, typed.errors, 'email')}
            inputmode="email"
            autocomplete="off"
            spellcheck={false}
          />
        )}
        <div class="govuk-button-group">
          <Button kind="secondary" name="co" value="nazwisko">
            {t('entrance-staff.papers.name.save')}
          </Button>
          {mayMail && (
            <Button kind="secondary" name="co" value="mail">
              {t('entrance-staff.papers.mail')}
            </Button>
          )}
        </div>
      </form>
    </section>
  )
}

export function ReceiptPage({ papers, ...options }: SlipOptions & { papers: Papers }): JSX.Element {
  const { t } = options.shell
  const { office } = options
  return (
    <Slip {...options} title={t('entrance-staff.papers.receipt')}>
      <p class="okienko-paper__number okienko-paper__number--long">{papers.receipt}</p>
      <p class="govuk-body-l">
        {t('entrance-staff.papers.left', { day: longDay('pl', officeDay(papers.filedAt)), time: wallTime(papers.filedAt) })}
      </p>
      <p class="govuk-body">{t('entrance-staff.papers.where', { address: office.buildings.get(papers.buildingId)?.address ?? '' })}</p>
      <p class="govuk-body">{t('entrance-staff.papers.for', { unit: unitName(office, papers.unitId) })}</p>
      {papers.name !== null && <p class="govuk-body">{t('entrance-staff.papers.by', { name: papers.name })}</p>}
      <p class="govuk-body">{t('entrance-staff.papers.filed')}</p>
      <p class="govuk-body">{t('entrance-staff.papers.sealed')}</p>
      <p class="okienko-paper__sign">{t('entrance-staff.papers.sign.taken')}</p>
    </Slip>
  )
}

interface HandOver extends SlipOptions {
  readonly building: Building
  readonly day: Temporal.PlainDate
  readonly papers: readonly Papers[]
}

export function HandOverPage(options: HandOver): JSX.Element {
  const { shell, office, building, day, papers } = options
  const { t } = shell
  const byUnit = Map.groupBy(papers, ({ unitId }) => unitId)
  return (
    <Slip {...options} title={t('entrance-staff.papers.list')} wide>
      <form method="get" class="okienko-screen-only">
        <TextInput name="dzien" type="date" classes="govuk-input--width-10" label={t('entrance-staff.papers.day')} value={day.toString()} />
        <Button kind="secondary">{t('entrance-staff.papers.show')}</Button>
      </form>
      <p class="govuk-body-l">
        {building.address}, {longDay('pl', day)}. {t('entrance-staff.papers.total', { count: papers.length })}
      </p>
      {[...byUnit].map(([unitId, own]) => (
        <section class="okienko-paper__part">
          <div class="okienko-paper__broad" role="region" aria-label={unitName(office, unitId)} tabIndex={0}>
            <Table
              caption={unitName(office, unitId)}
              head={['number', 'receipt', 'hour', 'who'].map((each) => t(`entrance-staff.papers.column.${each}`))}
              rows={own.map((each, index) => [String(index + 1), each.receipt, wallTime(each.filedAt), each.name ?? '–'])}
            />
          </div>
          <p class="govuk-body">
            <strong>{t('entrance-staff.papers.total', { count: own.length })}</strong>
          </p>
          <p class="okienko-paper__sign">{t('entrance-staff.papers.sign.gives')}</p>
          <p class="okienko-paper__sign">{t('entrance-staff.papers.sign.takes')}</p>
        </section>
      ))}
    </Slip>
  )
}
