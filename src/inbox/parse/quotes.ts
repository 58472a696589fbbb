/**
 * The text of a mail without what stood in earlier ones and without signatures. Pure.
 *
 * Programs begin a quotation each in their own way: Gmail and Apple with a sentence, Outlook with a
 * block of heads, others with a line of dashes; all may put `>` in front. What stands below the
 * first of these is left out; where nothing stands above it, the mail was forwarded and is kept.
 */

/** Longest text kept of a mail, and lines looked at. */
export const textCharactersMax = 20_000
const linesMax = 4_000
/** A longer line begins no quotation. */
const tellingCharactersMax = 400

const dashes =
  /^[-_=*\s>]{2,}\s*(original message|wiadomość oryginalna|oryginalna wiadomość|pierwotna wiadomość|forwarded message|przekazana wiadomość|wiadomość przekazana( dalej)?|treść przekazanej wiadomości|переслане повідомлення|початкове повідомлення|forwarded by .{1,80})\s*[-_=*\s]{2,}$/i
const appleForward =
  /^>?\s*(początek przekazanej wiadomości|begin forwarded message|wiadomość napisana przez .{1,200}|початок переадресованого повідомлення)\s*:?\s*$/i
const wroteBegins = /^(w dniu|dnia|on|pon|wt|śr|czw|pt|sob|niedz|ndz|wiadomość napisana przez|użytkownik|пн|вт|ср|чт|пт|сб|нд)(?![\p{L}])/iu
const wroteEnds = /(napisał(\(a\)|a|\/a)?|pisze|wrote|написав(\(ла\))?|написала|пише|o godz\. ?\d{1,2}[:.]\d{2})\s*:\s*$/iu
const headFrom = /^\*?(from|od|nadawca|від)\s*:\*?\s+\S/i
const headOther = /^\*?(sent|wysłano|wysłane|date|data|to|do|adresat|subject|temat|надіслано|дата|кому|тема)\s*:/i
const underline = /^_{10,}$/
const signature = /^(--|-- |—|__)$/
const ofProgram =
  /^(wysłan[aeoy] z .{1,80}|sent from (my |mail |outlook|yahoo).{0,80}|pobierz (aplikację |program )?outlook.{0,80}|get outlook for .{1,60}|wiadomość wysłana z .{1,60}|надіслано з .{1,60}|wolny od wirusów.{0,80}|virus-free.{0,80})$/i

/** What the person wrote. */
export function ownText(whole: string): string {
  const lines = linesOf(whole)
  const cut = lines.findIndex((_, at) => beginsQuote(lines, at))
  const above = cut < 0 ? lines : lines.slice(0, cut)
  const own = tidy(unsigned(above.filter((line) => !/^\s*>/.test(line))))
  if (own !== '') return own
  // Nothing of the person's own: what was forwarded, without the marks and heads in front of it.
  const below = (cut < 0 ? lines : lines.slice(cut)).map((line) => line.replace(/^\s*(>\s?)+/, ''))
  const from = below.findIndex((_, at) => !isFrame(below, at))
  return from < 0 ? '' : tidy(unsigned(below.slice(from)))
}

function linesOf(text: string): string[] {
  return text
    .slice(0, textCharactersMax * 4)
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(' ', ' ')
    .split('\n', linesMax)
    .map((line) => line.trimEnd())
}

function beginsQuote(lines: readonly string[], at: number): boolean {
  const line = (lines[at] as string).trim()
  if (line === '' || line.length > tellingCharactersMax) return false
  if (dashes.test(line) || appleForward.test(line)) return true
  const next = (count: number): string[] => lines.slice(at + 1, at + 1 + count).map((each) => each.trim())
  if (headFrom.test(line) && next(4).some((each) => headOther.test(each))) return true
  if (underline.test(line) && next(3).some((each) => headFrom.test(each))) return true
  if (!wroteBegins.test(line)) return false
  // The sentence may be broken after seventy characters, once or twice.
  return [line, ...next(2)].some((_, many, all) => wroteEnds.test(all.slice(0, many + 1).join(' ')))
}

/** A line that only says where the forwarded text comes from. */
function isFrame(lines: readonly string[], at: number): boolean {
  const line = (lines[at] as string).trim()
  if (line === '' || dashes.test(line) || appleForward.test(line) || underline.test(line) || headFrom.test(line) || headOther.test(line))
    return true
  if (line.length > tellingCharactersMax) return false
  const above = lines.slice(Math.max(0, at - 2), at + 1).map((each) => each.trim())
  return (
    wroteEnds.test(line) ||
    (wroteBegins.test(line) && beginsQuote(lines, at)) ||
    (above.length > 1 && wroteBegins.test(above[0] as string) && wroteEnds.test(above.join(' ')))
  )
}

function unsigned(lines: readonly string[]): readonly string[] {
  const at = lines.findIndex((line, nth) => nth > 0 && signature.test(line))
  return (at < 0 ? lines : lines.slice(0, at)).filter((line) => line.length > tellingCharactersMax || !ofProgram.test(line.trim()))
}

function tidy(lines: readonly string[]): string {
  return lines
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
    .slice(0, textCharactersMax)
}
