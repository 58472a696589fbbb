/**
 * An act for the Public Information Bulletin: a fragment of HTML to be pasted or fetched into any of its
 * engines, an XML with the same, and an Atom feed of all versions of all acts. All in Polish.
 */
import type { JSX } from 'preact'
import type { Directory } from '../../directory/index.js'
import { officeDay, officeZone } from '../../platform/clock.js'
import { longDay, plainDay, wallTime, words } from '../../platform/words.js'
import { endOf, provisionSentence, read, type RuleBook, type Standing } from '../../regulation/index.js'
import { headingOf, slugOf } from './rules.js'
import { linesOf } from './text.js'
import { bipFacts, textOf, type ActVersion, type BipFacts } from './versions.js'

export interface BipOptions {
  readonly versions: readonly ActVersion[]
  readonly version: ActVersion
  readonly book: RuleBook
  readonly office: Directory
  readonly publicUrl: string
}

const t = words('pl')

/** Rules of a version as sentences; of an older one as it stood alone. */
export function sentencesOf({
  version,
  office,
}: Pick<BipOptions, 'version' | 'office'>): readonly { readonly reference: string; readonly sentence: string }[] {
  return version.provisions.map((provision) => {
    const standing: Standing = { provision, act: version.act, term: { from: null, until: null } }
    return { reference: provision.reference, sentence: provisionSentence(t, office, standing) }
  })
}

/** The five items as label and value, each said also where it is not recorded. */
export function bipRows(facts: BipFacts): readonly (readonly [string, string])[] {
  const unknown = t('administration.bip.unknown')
  return [
    [t('administration.bip.body'), facts.body],
    [t('administration.bip.responsible'), facts.responsible ?? unknown],
    [t('administration.bip.entered-by'), facts.enteredBy ?? unknown],
    [t('administration.bip.made-on'), facts.madeOn === null ? unknown : plainDay('pl', facts.madeOn)],
    [
      t('administration.bip.published-at'),
      facts.publishedAt === null ? unknown : `${longDay('pl', officeDay(facts.publishedAt))}, ${wallTime(facts.publishedAt)}`,
    ],
  ]
}

/** Plain markup without classes and scripts: whoever takes it in gives it a look. */
export function BipFragment(options: BipOptions): JSX.Element {
  const { version, versions, office } = options
  const lines = linesOf(textOf(versions, version.number))
  return (
    <article lang="pl">
      <h2>{headingOf(version.act)}</h2>
      <h3>{t('administration.act.rules')}</h3>
      <ul>
        {sentencesOf(options).map(({ reference, sentence }) => (
          <li>
            {reference}: {sentence}
          </li>
        ))}
      </ul>
      {lines.length > 0 && (
        <>
          <h3>{t('administration.act.words')}</h3>
          {lines.map(({ anchor, text }) => (
            <p id={anchor ?? undefined}>{text}</p>
          ))}
        </>
      )}
      <h3>{t('administration.bip')}</h3>
      <dl>
        {bipRows(bipFacts(version, office.office.name)).map(([name, value]) => (
          <>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </>
        ))}
        <dt>{t('administration.act.version')}</dt>
        <dd>
          {version.number} z {versions.length}
        </dd>
      </dl>
    </article>
  )
}

/** The same as XML; days as ISO text, moments with their offset. */
export function bipXml(options: BipOptions): string {
  const { version, versions, book, office, publicUrl } = options
  const { act } = version
  const facts = bipFacts(version, office.office.name)
  const { term } = endOf(act, read(book))
  const lines = linesOf(textOf(versions, version.number))
  return document(
    element(
      'act',
      { id: act.id, number: act.number, rank: act.rank, version: String(version.number), href: addressOf(publicUrl, act.id) },
      [
        element('title', {}, act.title),
        element('issuer', {}, act.issuer),
        element('infoOwner', {}, facts.body),
        optional('responsible', facts.responsible),
        optional('enteredBy', facts.enteredBy),
        optional('madeOn', facts.madeOn?.toString()),
        optional('publishedAt', facts.publishedAt === null ? null : stamp(facts.publishedAt)),
        element('dateFirstPublicate', {}, stamp(publishedAt(versions[0] ?? version))),
        element('dateLastVersionPublicate', {}, stamp(publishedAt(versions.at(-1) ?? version))),
        optional('signedOn', act.signedOn?.toString()),
        optional('inForceFrom', term.from),
        optional('inForceUntil', term.until),
        element(
          'changes',
          {},
          versions.map((each) =>
            element(
              'version',
              { number: String(each.number), entered: stamp(each.enteredAt), ...registerOf(each) },
              `${addressOf(publicUrl, act.id)}?wersja=${each.number}`,
            ),
          ),
        ),
        element(
          'provisions',
          {},
          sentencesOf(options).map(({ reference, sentence }) => element('provision', { reference }, sentence)),
        ),
        element(
          'text',
          {},
          lines.map(({ anchor, text }) => element('line', anchor === null ? {} : { anchor }, text)),
        ),
      ],
    ),
  )
}

/** Where no publication was recorded, when the program learned of it. */
function publishedAt({ draft, enteredAt }: ActVersion): Temporal.Instant {
  return draft?.published?.at ?? enteredAt
}

function registerOf({ draft }: ActVersion): Record<string, string> {
  return draft?.signed == null ? {} : { register: draft.signed.number }
}

export interface FeedOptions {
  readonly all: readonly { readonly version: ActVersion; readonly versions: readonly ActVersion[] }[]
  readonly office: Directory
  readonly publicUrl: string
  readonly now: Temporal.Instant
}

/** Entries a feed shows: the newest. */
const entriesMax = 50

/** Acts and their changes, the newest first: an entry for every version. */
export function atomFeed({ all, office, publicUrl, now }: FeedOptions): string {
  const newest = all.toSorted((a, b) => Temporal.Instant.compare(b.version.enteredAt, a.version.enteredAt)).slice(0, entriesMax)
  return document(
    element('feed', { xmlns: 'http://www.w3.org/2005/Atom', 'xml:lang': 'pl' }, [
      element('title', {}, t('administration.feed.title', { office: office.office.name })),
      element('id', {}, `${publicUrl}/akty`),
      element('link', { rel: 'self', type: 'application/atom+xml', href: `${publicUrl}/akty.atom` }, ''),
      element('link', { rel: 'alternate', type: 'text/html', href: `${publicUrl}/akty` }, ''),
      element('updated', {}, stamp(newest[0]?.version.enteredAt ?? now)),
      element('author', {}, [element('name', {}, office.office.name)]),
      ...newest.map(({ version }) => {
        const address = `${addressOf(publicUrl, version.act.id)}?wersja=${version.number}`
        return element('entry', {}, [
          element('title', {}, headingOf(version.act)),
          element('id', {}, address),
          element('link', { rel: 'alternate', type: 'text/html', href: address }, ''),
          element('updated', {}, stamp(version.enteredAt)),
          element('published', {}, stamp(publishedAt(version))),
          element('summary', {}, summaryOf(version)),
        ])
      }),
    ]),
  )
}

function summaryOf({ act, number }: ActVersion): string {
  const first = act.from ?? act.signedOn
  const from = first === null ? t('administration.feed.from-unknown') : t('administration.feed.from', { day: plainDay('pl', first) })
  return number === 1 ? from : `${t('administration.feed.version', { number })} ${from}`
}

export function addressOf(publicUrl: string, actId: string): string {
  return `${publicUrl}/akty/${slugOf(actId)}`
}

/** The moment with the office's offset, as 2020-05-22T12:00:00+02:00. */
function stamp(at: Temporal.Instant): string {
  return at.toString({ timeZone: officeZone, smallestUnit: 'second' })
}

function document(root: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`
}

function optional(name: string, value: string | null | undefined): string {
  return value == null ? '' : element(name, {}, value)
}

/** Text as it is, or elements made before. */
function element(name: string, attributes: Readonly<Record<string, string>>, content: string | readonly string[]): string {
  const said = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`)
  return `<${name}${said.join('')}>${typeof content === 'string' ? escaped(content) : content.join('')}</${name}>`
}

/** XML has no place for control characters at all. */
function escaped(text: string): string {
  return text
    .replaceAll(/[^\P{Cc}\n\t]/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
