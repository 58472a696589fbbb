/** Words that pages of touched visits share. */
import type { Translate } from '../../platform/words.js'

/** Why a visit does not fit, as a few words in a table. */
export function whyText(t: Translate, code: string): string {
  const key = `administration-effects-staff.why.${code}`
  return t(t.has(key) ? key : 'administration-effects-staff.why.other')
}
