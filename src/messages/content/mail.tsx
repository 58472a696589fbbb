/** A letter as an e-mail: as plain text, and as HTML for programs that show it. */
import { renderToString } from 'preact-render-to-string'
import type { Office } from '../../directory/index.js'
import type { Letter } from '../model.js'

/** Who signs. */
export type Sender = Pick<Office, 'name' | 'addressLines' | 'phone' | 'email'>

export interface Mail {
  readonly subject: string
  readonly text: string
  readonly html: string
  /** For a part `text/calendar` with the method among its parameters; null where the letter has none. */
  readonly calendar: { readonly method: 'REQUEST' | 'CANCEL'; readonly content: string } | null
}

export function mailOf(letter: Letter, office: Sender): Mail {
  const signature = [office.name, ...office.addressLines, office.phone, office.email]
  const links = letter.links.map(({ href, label }) => `${label}:\n${href}`)
  return {
    subject: letter.subject,
    text: [...letter.lines, ...links, `-- \n${signature.join('\n')}`].join('\n\n'),
    html: `<!DOCTYPE html>${renderToString(
      <html lang={letter.language}>
        <head>
          <meta charSet="utf-8" />
          <title>{letter.subject}</title>
        </head>
        <body>
          {letter.lines.map((line) => (
            <p>{line}</p>
          ))}
          {letter.links.map(({ href, label }) => (
            <p>
              <a href={href}>{label}</a>
            </p>
          ))}
          <address>{signature.join(', ')}</address>
        </body>
      </html>,
    )}`,
    calendar: null,
  }
}
