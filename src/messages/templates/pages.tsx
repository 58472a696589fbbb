/** The kinds of messages, the sentences of one, and a sentence being put in other words. */
import type { JSX } from 'preact'
import { officeDay } from '../../platform/clock.js'
import { languages, longDay, wallTime, type Language } from '../../platform/words.js'
import type { Office } from '../../directory/index.js'
import {
  Button,
  Details,
  NotificationBanner,
  StaffPage,
  SummaryList,
  Table,
  Tag,
  Textarea,
  WarningText,
  type Shell,
  type StaffLink,
} from '../../ui/index.js'
import { mailOf } from '../content/mail.js'
import { smsOf, smsParts, smsRules } from '../content/sms.js'
import type { Letter } from '../model.js'
import { LetterBlock } from '../pages/letter.js'
import { kindsWith, type MessageKind } from './catalogue.js'
import type { WordingProblem } from './check.js'
import type { Wording } from './store.js'

const languageNames = { pl: 'Polski', en: 'English', uk: 'Українська' } as const

interface Frame {
  readonly shell: Shell
  readonly links: readonly StaffLink[]
}

export interface KindsPageOptions extends Frame {
  readonly groups: readonly { readonly name: string; readonly kinds: readonly { readonly kind: string; readonly changed: number }[] }[]
}

export function KindsPage({ shell, links, groups }: KindsPageOptions): JSX.Element {
  const { t } = shell
  const title = t('messages-templates-staff.title')
  return (
    <StaffPage shell={shell} title={title} links={links} back="/praca">
      <h1 class="govuk-heading-l">{title}</h1>
      <p class="govuk-body">{t('messages-templates-staff.what')}</p>
      {groups.map(({ name, kinds }) => (
        <>
          <h2 class="govuk-heading-m">{t(`messages-templates-staff.group.${name}`)}</h2>
          <ul class="govuk-list">
            {kinds.map(({ kind, changed }) => (
              <li>
                <a class="govuk-link" href={`/praca/szablony/${kind}`}>
                  {t(`messages-templates-staff.kind.${kind}`)}
                </a>
                {changed > 0 && ` (${t('messages-templates-staff.changed-count', { count: changed })})`}
              </li>
            ))}
          </ul>
        </>
      ))}
    </StaffPage>
  )
}

export interface KindPageOptions extends Frame {
  readonly kind: MessageKind
  readonly language: Language
  readonly letter: Letter
  readonly office: Office
  readonly sentences: readonly { readonly key: string; readonly text: string; readonly changed: boolean }[]
  /** What was done a moment ago: `zapisane`, `oryginal`. */
  readonly news: string | null
}

export function KindPage({ shell, links, kind, language, letter, office, sentences, news }: KindPageOptions): JSX.Element {
  const { t } = shell
  const title = t(`messages-templates-staff.kind.${kind.kind}`)
  const path = `/praca/szablony/${kind.kind}`
  return (
    <StaffPage shell={shell} title={title} links={links} back="/praca/szablony">
      {news !== null && <NotificationBanner type="success" text={t(`messages-templates-staff.news.${news}`)} />}
      <h1 class="govuk-heading-l">{title}</h1>
      <nav class="govuk-body" aria-label={t('messages-templates-staff.languages')}>
        <ul class="okienko-links">
          {languages.map((each) => (
            <li>
              <a class="govuk-link" href={`${path}?w=${each}`} lang={each} aria-current={each === language ? 'page' : undefined}>
                {languageNames[each]}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <h2 class="govuk-heading-m">{t('messages-templates-staff.sentences')}</h2>
      <SummaryList
        rows={sentences.map(({ key, text, changed }) => ({
          key: (
            <>
              {t(`messages-templates-staff.part.${partOf(key)}`)}{' '}
              {changed && <Tag colour="turquoise">{t('messages-templates-staff.changed')}</Tag>}
            </>
          ),
          value: <span lang={language}>{text}</span>,
          actions: [{ href: `${path}/${key}?w=${language}`, text: t('messages-templates-staff.edit'), hidden: text }],
        }))}
      />
      <Preview shell={shell} letter={letter} office={office} bySms={!kind.answersMail} />
      <p class="govuk-body">
        <a class="govuk-link" href={`${path}/podglad?w=${language}`}>
          {t('messages-templates-staff.whole-mail')}
        </a>
      </p>
    </StaffPage>
  )
}

/** What a sentence is in a message, by its key. */
function partOf(key: string): string {
  if (key.endsWith('.untitled.subject')) return 'untitled'
  if (key.endsWith('.subject')) return 'subject'
  if (key.includes('.link') || key.endsWith('.take')) return 'link'
  return key.includes('short') ? 'sms' : 'line'
}

export interface SentencePageOptions extends Frame {
  readonly kind: MessageKind
  readonly sentence: string
  readonly language: Language
  readonly original: string
  readonly text: string
  readonly revision: number
  /** What a colleague wrote meanwhile; null when nobody did. */
  readonly current: string | null
  readonly problem: WordingProblem | null
  readonly places: readonly string[]
  readonly changed: boolean
  readonly history: readonly Wording[]
  readonly letter: Letter
  readonly office: Office
}

export function SentencePage(options: SentencePageOptions): JSX.Element {
  const { shell, links, kind, sentence, language, original, text, revision, current, problem, places, changed, letter, office } = options
  const { t } = shell
  const title = t('messages-templates-staff.sentence')
  const path = `/praca/szablony/${kind.kind}`
  const others = kindsWith(sentence).filter((each) => each !== kind.kind)
  const error =
    problem === null
      ? undefined
      : t(`messages-templates-staff.error.${problem.code}`, { names: problem.names ?? '', most: office.settings['sms-parts-max'] })
  return (
    <StaffPage
      shell={shell}
      title={title}
      links={links}
      back={`${path}?w=${language}`}
      errors={
        problem === null
          ? []
          : [
              {
                field: 'tekst',
                message: `messages-templates-staff.error.${problem.code}`,
                values: { names: problem.names ?? '', most: office.settings['sms-parts-max'] },
              },
            ]
      }
    >
      <h1 class="govuk-heading-l">{title}</h1>
      <p class="govuk-body">
        {t(`messages-templates-staff.kind.${kind.kind}`)}, <span lang={language}>{languageNames[language]}</span>
      </p>
      {current !== null && (
        <>
          <WarningText>{t('messages-templates-staff.overtaken')}</WarningText>
          <blockquote class="govuk-inset-text" lang={language}>
            {current}
          </blockquote>
        </>
      )}
      <form method="post" action={`${path}/${sentence}`} noValidate>
        <input type="hidden" name="w" value={language} />
        <input type="hidden" name="wersja" value={revision} />
        <Textarea
          name="tekst"
          label={t(`messages-templates-staff.part.${partOf(sentence)}`)}
          hint={
            places.length === 0
              ? t('messages-templates-staff.no-places')
              : t('messages-templates-staff.places', { names: places.map((name) => `{${name}}`).join(', ') })
          }
          value={text}
          error={error}
          rows={4}
        />
        {others.length > 0 && (
          <p class="govuk-body">
            {t('messages-templates-staff.also-in', { kinds: others.map((each) => t(`messages-templates-staff.kind.${each}`)).join('; ') })}
          </p>
        )}
        <div class="govuk-button-group">
          <Button name="co" value="zapisz">
            {t('messages-templates-staff.save')}
          </Button>
          <Button kind="secondary" name="co" value="podglad">
            {t('messages-templates-staff.preview')}
          </Button>
          {changed && (
            <Button kind="secondary" name="co" value="oryginal">
              {t('messages-templates-staff.back-to-original')}
            </Button>
          )}
        </div>
      </form>
      <h2 class="govuk-heading-s">{t('messages-templates-staff.original')}</h2>
      <p class="govuk-body" lang={language}>
        {original}
      </p>
      <Preview shell={shell} letter={letter} office={office} bySms={!kind.answersMail} />
      <History shell={shell} language={language} history={options.history} />
    </StaffPage>
  )
}

function History({
  shell: { t },
  language,
  history,
}: {
  shell: Shell
  language: Language
  history: readonly Wording[]
}): JSX.Element | null {
  if (history.length === 0) return null
  return (
    <>
      <h2 class="govuk-heading-m">{t('messages-templates-staff.history')}</h2>
      <div class="okienko-scroll" tabIndex={0} role="region" aria-label={t('messages-templates-staff.history')}>
        <Table
          head={[
            t('messages-templates-staff.history.when'),
            t('messages-templates-staff.history.who'),
            t('messages-templates-staff.history.text'),
          ]}
          rows={history.map(({ at, by, text }) => [
            `${longDay('pl', officeDay(at))}, ${wallTime(at)}`,
            by,
            text === null ? t('messages-templates-staff.history.original') : <span lang={language}>{text}</span>,
          ])}
        />
      </div>
    </>
  )
}

interface Previewed {
  readonly shell: Shell
  readonly letter: Letter
  readonly office: Office
}

/** The message with example values: as an e-mail, as its plain text, and as an SMS with its parts where it may be one. */
function Preview({ shell, letter, office, bySms }: Previewed & { readonly bySms: boolean }): JSX.Element {
  const { t } = shell
  return (
    <section aria-labelledby="podglad">
      <h2 class="govuk-heading-m" id="podglad">
        {t('messages-templates-staff.preview.title')}
      </h2>
      <LetterBlock letter={letter} />
      {bySms && <SmsPreview shell={shell} letter={letter} office={office} />}
      <Details summary={t('messages-templates-staff.preview.text')}>
        <pre class="okienko-plain-text" lang={letter.language}>
          {mailOf(letter, office).text}
        </pre>
      </Details>
    </section>
  )
}

function SmsPreview({ shell: { t }, letter, office }: Previewed): JSX.Element {
  const rules = smsRules(office)
  const sms = smsOf(letter, rules)
  const { alphabet, parts } = smsParts(sms)
  return (
    <>
      <h3 class="govuk-heading-s">{t('messages-templates-staff.preview.sms')}</h3>
      <div class="okienko-letter" lang={letter.language}>
        <p class="govuk-body okienko-breakable">{sms}</p>
      </div>
      <p class="govuk-body">{t(`messages-templates-staff.preview.${alphabet}`, { parts, most: rules.partsMax })}</p>
    </>
  )
}
