/** The demonstration's own mail program: one mail to the office, and where to look for it afterwards. */
import type { JSX } from 'preact'
import type { FieldError } from '../../platform/decision.js'
import { nameIn, type Directory } from '../../directory/index.js'
import type { MailboxFacts, Taken } from '../../inbox/index.js'
import {
  Button,
  Checkboxes,
  CitizenPage,
  errorAt,
  IdempotencyField,
  idempotencyField,
  Radios,
  SummaryList,
  Textarea,
  TextInput,
  type Shell,
} from '../../ui/index.js'

export interface TypedMail {
  readonly name: string
  readonly email: string
  /** Id of the mailbox. */
  readonly box: string
  readonly subject: string
  readonly text: string
  readonly scan: boolean
}

export interface WriteView {
  readonly boxes: readonly MailboxFacts[]
  readonly office: Directory
  /** The letter that is answered, by its number; null for a new mail. */
  readonly answers: { readonly id: number; readonly from: string; readonly to: string; readonly subject: string } | null
  readonly typed: TypedMail
  readonly errors: readonly FieldError[]
  /** Kept over an error, so that the form sent again is the same mail. */
  readonly key?: string
}

export function WritePage({ shell, view }: { shell: Shell; view: WriteView }): JSX.Element {
  const { t } = shell
  const { answers, typed, errors, key } = view
  const title = t(answers === null ? 'demonstration.write' : 'demonstration.answer')
  return (
    <CitizenPage
      shell={shell}
      title={title}
      back="/skrzynka"
      errors={errors}
      errorIds={{ skrzynka: `skrzynka-${view.boxes[0]?.id ?? ''}` }}
      typed={sentBack(view)}
    >
      <h1 class="govuk-heading-xl">{title}</h1>
      <p class="govuk-body-l">{t('demonstration.write.what')}</p>
      <form method="post" action="/skrzynka/napisz" noValidate>
        <IdempotencyField {...(key === undefined ? {} : { value: key })} />
        {answers === null ? (
          <NewMailFields shell={shell} view={view} />
        ) : (
          <>
            <input type="hidden" name="odpowiedz" value={String(answers.id)} />
            <SummaryList
              rows={[
                { key: t('demonstration.write.from'), value: <span class="okienko-breakable">{answers.from}</span> },
                { key: t('demonstration.write.to'), value: <span class="okienko-breakable">{answers.to}</span> },
                { key: t('demonstration.write.subject'), value: answers.subject },
              ]}
            />
          </>
        )}
        <Textarea
          name="text"
          label={t('demonstration.write.text')}
          hint={t(answers === null ? 'demonstration.write.text-hint' : 'demonstration.answer.text-hint')}
          rows={8}
          value={typed.text}
          error={errorAt(t, errors, 'text')}
        />
        <Checkboxes
          name="zalacznik"
          classes="govuk-checkboxes--small"
          fieldset={{ legend: { text: t('demonstration.write.attachment'), classes: 'govuk-fieldset__legend--s' } }}
          items={[{ value: 'skan', text: t('demonstration.write.scan'), hint: t('demonstration.write.scan-hint') }]}
          values={typed.scan ? ['skan'] : []}
        />
        <Button>{t('demonstration.write.send')}</Button>
      </form>
    </CitizenPage>
  )
}

function NewMailFields({ shell, view }: { shell: Shell; view: WriteView }): JSX.Element {
  const { t } = shell
  const { boxes, office, typed, errors } = view
  return (
    <>
      <TextInput
        name="name"
        label={t('demonstration.write.name')}
        value={typed.name}
        autocomplete="name"
        error={errorAt(t, errors, 'name')}
      />
      <TextInput
        name="email"
        type="email"
        label={t('demonstration.write.email')}
        hint={t('demonstration.write.email-hint')}
        value={typed.email}
        autocomplete="email"
        spellcheck={false}
        error={errorAt(t, errors, 'email')}
      />
      <Radios
        name="skrzynka"
        fieldset={{ legend: { text: t('demonstration.write.mailbox'), classes: 'govuk-fieldset__legend--s' } }}
        error={errorAt(t, errors, 'skrzynka')}
        items={boxes.map((box) => {
          const unit = box.unit === null ? undefined : office.units.get(box.unit)
          return {
            id: `skrzynka-${box.id}`,
            value: box.id,
            text: <span class="okienko-breakable">{box.address}</span>,
            hint: unit === undefined ? t('demonstration.write.shared') : nameIn(t, unit),
          }
        })}
        value={typed.box}
      />
      <TextInput name="temat" label={t('demonstration.write.subject')} value={typed.subject} error={errorAt(t, errors, 'temat')} />
    </>
  )
}

/** The fields as they were sent, for the page in another language. */
function sentBack({ answers, typed, key }: WriteView): Readonly<Record<string, string>> {
  return {
    name: typed.name,
    email: typed.email,
    skrzynka: typed.box,
    temat: typed.subject,
    text: typed.text,
    ...(typed.scan ? { zalacznik: 'skan' } : {}),
    ...(answers === null ? {} : { odpowiedz: String(answers.id) }),
    ...(key === undefined ? {} : { [idempotencyField]: key }),
  }
}

/** What became of a mail at the office. */
export const sentStates = ['thread', 'joined', 'set-aside', 'known'] as const satisfies readonly Taken[]

export function SentPage({ shell, how }: { shell: Shell; how: Taken }): JSX.Element {
  const { t } = shell
  return (
    <CitizenPage shell={shell} title={t('demonstration.sent')} back="/skrzynka">
      <h1 class="govuk-heading-xl">{t('demonstration.sent')}</h1>
      <p class="govuk-body-l">{t(`demonstration.sent.${how}`)}</p>
      <p class="govuk-body">{t('demonstration.sent.answer')}</p>
      <ul class="govuk-list">
        {(
          [
            ['/skrzynka', 'mailbox'],
            [how === 'set-aside' ? '/praca/poczta/odlozone' : '/praca/poczta', 'clerk'],
            ['/skrzynka/napisz', 'again'],
          ] as const
        ).map(([href, said]) => (
          <li>
            <a class="govuk-link" href={href}>
              {t(`demonstration.sent.${said}`)}
            </a>
          </li>
        ))}
      </ul>
      <p class="govuk-body">{t('demonstration.sent.account')}</p>
    </CitizenPage>
  )
}
