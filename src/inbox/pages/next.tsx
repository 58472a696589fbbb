/** The way to the next mail that waits: one press claims it and opens it. */
import type { JSX } from 'preact'
import { Button, useWords } from '../../ui/index.js'

export function NextMail({
  after = null,
  label = 'inbox-staff.next',
  secondary,
}: {
  /** The thread just left. */
  after?: string | null
  label?: string
  /** Something else on the page is pressed first, and has the key. */
  secondary?: boolean
}): JSX.Element {
  const t = useWords()
  return (
    <form method="post" action="/praca/poczta/nastepny" novalidate>
      {after !== null && <input type="hidden" name="po" value={after} />}
      <Button kind={secondary ? 'secondary' : 'primary'} shortcut={secondary ? undefined : 'F2'}>
        {t(label)}
      </Button>
    </form>
  )
}
