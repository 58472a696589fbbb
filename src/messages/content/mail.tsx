/**
 * A letter as an e-mail: HTML that is read by anybody and anything, the same as plain text, and the
 * entry for the person's calendar. No images, nothing that tells who opened it, and links only where
 * the letter has them. Everything is escaped; where a program of mail throws the style away, the
 * page is still one of headings, sentences and links.
 */
import type { JSX } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { spacedReference } from '../../platform/references.js'
import { phoneForReading, words } from '../../platform/words.js'
import type { Office } from '../../directory/index.js'
import { markPolish, theme, unmarked } from '../../ui/index.js'
import type { Letter } from '../model.js'
import { calendarText } from './calendar.js'

/** Who signs: the office as its file names it. */
export type Sender = Pick<Office, 'name' | 'addressLines' | 'phone' | 'email'>

export interface Mail {
  readonly subject: string
  readonly text: string
  readonly html: string
  /** For a part `text/calendar` with the method among its parameters; null where the letter has none. */
  readonly calendar: { readonly method: 'REQUEST' | 'CANCEL'; readonly content: string } | null
}

/** Signs of a line of plain text at most, but for addresses, which are never broken. */
const lineMax = 72

export function mailOf(letter: Letter, office: Sender): Mail {
  const subject = letter.subject.replaceAll(/\p{Cc}+/gu, ' ').trim()
  const text = unmarked(textOf(letter, subject, office))
  return { subject, text, html: htmlOf(letter, subject, office), calendar: calendarOf(letter, office) }
}

function calendarOf({ calendar, to, at }: Letter, organizer: Sender): Mail['calendar'] {
  if (calendar === undefined || to.email === null) return null
  const off = calendar.method === 'cancel'
  const content = calendarText({
    ...calendar,
    status: off ? 'cancelled' : 'confirmed',
    stamp: at,
    start: Temporal.Instant.from(calendar.startsAt),
    end: Temporal.Instant.from(calendar.endsAt),
    organizer,
    attendee: to.email,
  })
  return { method: off ? 'CANCEL' : 'REQUEST', content }
}

/** Whom the person rings: the unit that settles the matter, else the office. */
function signature(letter: Letter, office: Sender): { readonly lines: readonly string[]; readonly phone: string } {
  const { unit } = letter
  const lines = [...(unit === undefined ? [] : [unit.name]), office.name, ...office.addressLines]
  return { lines, phone: unit?.phone ?? office.phone }
}

function textOf(letter: Letter, subject: string, office: Sender): string {
  const { lines, phone } = signature(letter, office)
  const links = letter.links.map(({ href, label }) => `${wrapped(`${label}:`)}\n${href}`)
  const signed = [...lines, words(letter.language)('messages.mail.phone', { phone: phoneForReading(phone) })]
  return `${[wrapped(subject), ...letter.lines.map(wrapped), ...links].join('\n\n')}\n\n-- \n${signed.map(wrapped).join('\n')}\n`
}

/** The subject of an answer to a mail: the number finds its thread where a program of mail loses what it answers. */
export function replySubject(subject: string, reference: string): string {
  return `Re: ${subject} [${spacedReference(reference)}]`
}

/** Lines of at most so many signs, broken between words. */
export function wrapped(text: string): string {
  return text
    .split('\n')
    .map((paragraph) => {
      const lines: string[] = []
      for (const word of paragraph.split(' ')) {
        const last = lines.at(-1)
        if (last !== undefined && last.length + 1 + word.length <= lineMax) lines[lines.length - 1] = `${last} ${word}`
        else lines.push(word)
      }
      return lines.join('\n')
    })
    .join('\n')
}

function htmlOf(letter: Letter, subject: string, office: Sender): string {
  return `<!DOCTYPE html>${markPolish(renderToString(<MailPage letter={letter} subject={subject} office={office} />))}`
}

function MailPage({ letter, subject, office }: { letter: Letter; subject: string; office: Sender }): JSX.Element {
  const [first, ...more] = letter.links
  const { lines, phone } = signature(letter, office)
  const [before = '', after = ''] = words(letter.language)('messages.mail.phone', { phone: '\n' }).split('\n')
  return (
    <html lang={letter.language} dir="ltr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{subject}</title>
        <style dangerouslySetInnerHTML={{ __html: sheet }} />
      </head>
      <body>
        <main>
          <h1>{subject}</h1>
          {letter.lines.map((line) => (
            <p>{broken(line)}</p>
          ))}
          {first !== undefined && (
            <p>
              <a class="button" href={first.href}>
                {first.label}
              </a>
            </p>
          )}
          {more.map(({ href, label }) => (
            <p>
              <a href={href}>{label}</a>
            </p>
          ))}
        </main>
        <footer>
          <p lang={letter.language === 'pl' ? undefined : 'pl'}>{broken(lines.join('\n'))}</p>
          <p>
            {before}
            <a href={`tel:${phone}`}>{phoneForReading(phone).replaceAll(' ', '\u00a0')}</a>
            {after}
          </p>
        </footer>
      </body>
    </html>
  )
}

/** What has lines of its own, with breaks between them. */
function broken(text: string): (string | JSX.Element)[] {
  return text.split('\n').flatMap((line, nth) => (nth === 0 ? [line] : [<br />, line]))
}

const { colours } = theme

/**
 * The colours of the pages, in pairs that a build holds apart (scripts/theme.mjs): by day as on a page,
 * by night as on a screen in the dark. Nothing is wider than 320 px makes room for.
 */
const sheet = `
:root { color-scheme: light dark; }
body { margin: 0; padding: 24px 16px; background: ${colours['ground']}; color: ${colours['ink']}; font: 18px/1.5 Arial, Helvetica, sans-serif; overflow-wrap: anywhere; }
main, footer { max-width: 648px; margin: 0 auto; }
h1 { margin: 0 0 20px; font-size: 26px; line-height: 1.25; }
p { margin: 0 0 14px; }
a { color: ${colours['accent']}; }
a.button { display: inline-block; margin: 6px 0; padding: 12px 20px; border: 2px solid ${colours['accent']}; border-radius: 4px; background: ${colours['accent']}; color: ${colours['ground']}; font-weight: bold; text-decoration: none; }
footer { margin-top: 28px; padding-top: 16px; border-top: 1px solid ${colours['line-strong']}; font-size: 16px; color: ${colours['ink-quiet']}; }
@media (prefers-color-scheme: dark) {
  body { background: ${colours['night']}; color: ${colours['night-ink']}; }
  a { color: ${colours['night-accent']}; }
  a.button { border-color: ${colours['night-accent']}; background: ${colours['night-accent']}; color: ${colours['ink']}; }
  footer { color: ${colours['night-quiet']}; border-color: ${colours['night-quiet']}; }
}
`
