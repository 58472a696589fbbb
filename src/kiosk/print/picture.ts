/**
 * A ticket as a black-and-white picture: number huge, matter, hour, room, how many are before, and the
 * code with which a phone follows. Nothing personal.
 *
 * The font is that of the pages; it has no Cyrillic, so a ticket in Ukrainian is in one that has both,
 * all of it: a line in two fonts is hard to read.
 */
import { readFileSync } from 'node:fs'
import { initWasm, Resvg } from '@resvg/resvg-wasm'
import { encode } from 'uqr'
import { projectFile } from '../../platform/paths.js'
import type { Language } from '../../platform/words.js'
import { dotsAcross, type Bitmap } from './escpos.js'

export interface TicketText {
  readonly language: Language
  readonly office: string
  /** "D 041". */
  readonly number: string
  /** Lines under the number, each as one sentence or name; long ones are broken. */
  readonly lines: readonly string[]
  /** Text of the QR code and the sentence under it. */
  readonly code: { readonly text: string; readonly what: string }
  /** Day and hour at which it was taken, small at the end. */
  readonly taken: string
}

const latin = { family: 'Atkinson Hyperlegible Next', package: 'atkinson-hyperlegible-next', file: 'AtkinsonHyperlegibleNext' }
const cyrillic = { family: 'Source Sans 3', package: 'source-sans-3', file: 'SourceSans3' }
const fontOf = { pl: latin, en: latin, uk: cyrillic } as const satisfies Readonly<Record<Language, typeof latin>>
const margin = 16
const lineSize = 34
const smallSize = 26
/** Widest letters of a line, by the mean width of the font's letters. */
const letterWidth = 0.54

let fonts: Promise<Uint8Array[]> | undefined

/** Draws the ticket; some 20 ms, the first time 300 ms. */
export async function ticketPicture(ticket: TicketText): Promise<Bitmap> {
  fonts ??= prepare()
  const fontBuffers = await fonts
  const drawing = new Resvg(ticketDrawing(ticket), { font: { fontBuffers, defaultFontFamily: fontOf[ticket.language].family } })
  const image = drawing.render()
  const bitmap = blackAndWhite(image.pixels, image.width, image.height)
  image.free()
  drawing.free()
  return bitmap
}

async function prepare(): Promise<Uint8Array[]> {
  await initWasm(readFileSync(projectFile('node_modules/@resvg/resvg-wasm/index_bg.wasm')))
  return [latin, cyrillic].flatMap((font) =>
    ['400Regular', '700Bold'].map((weight) =>
      readFileSync(projectFile(`node_modules/@expo-google-fonts/${font.package}/${weight}/${font.file}_${weight}.ttf`)),
    ),
  )
}

/** The ticket as SVG, `dotsAcross` wide and as high as it needs. */
export function ticketDrawing(ticket: TicketText): string {
  const texts: string[] = []
  let y = 0
  const write = (text: string, size: number, bold = false, gap = 8): void => {
    y += size + gap
    texts.push(
      `<text x="${dotsAcross / 2}" y="${y}" font-size="${size}" font-weight="${bold ? 700 : 400}" text-anchor="middle">${escaped(text)}</text>`,
    )
  }
  for (const line of broken(ticket.office, smallSize)) write(line, smallSize)
  write(ticket.number, 168, true, 4)
  y += 20
  for (const each of ticket.lines) for (const line of broken(each, lineSize)) write(line, lineSize)
  const { data, size } = encode(ticket.code.text, { ecc: 'M', border: 2 })
  const dot = Math.max(3, Math.floor(260 / size))
  y += 16
  const left = Math.floor((dotsAcross - size * dot) / 2)
  const dots = data.flatMap((row, down) =>
    row.map((dark, across) => (dark ? `M${left + across * dot} ${y + down * dot}h${dot}v${dot}h-${dot}z` : '')),
  )
  y += size * dot
  for (const line of broken(ticket.code.what, smallSize)) write(line, smallSize, false, 6)
  write(ticket.taken, smallSize, false, 10)
  const height = y + 16
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${dotsAcross}" height="${height}" font-family="${fontOf[ticket.language].family}"><path fill="#fff" d="M0 0h${dotsAcross}v${height}H0z"/><path d="${dots.join('')}"/>${texts.join('')}</svg>`
}

/** A text in lines that fit the paper; a word longer than a line is cut. */
export function broken(text: string, size: number): string[] {
  const most = Math.floor((dotsAcross - 2 * margin) / (size * letterWidth))
  const lines: string[] = []
  for (const word of text.split(/\s+/).filter((each) => each !== '')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= most) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(...(word.match(new RegExp(`.{1,${most}}`, 'gu')) ?? []))
  }
  return lines
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** Dots darker than the middle are black; those past the last whole byte are white. */
function blackAndWhite(pixels: Uint8Array, width: number, height: number): Bitmap {
  const bytesPerRow = Math.ceil(width / 8)
  const bits = new Uint8Array(bytesPerRow * height)
  for (let at = 0; at < width * height; at += 1) {
    // Grey on white: any one colour tells.
    if ((pixels[at * 4] as number) >= 128) continue
    const across = at % width
    const byte = Math.floor(at / width) * bytesPerRow + (across >> 3)
    bits[byte] = (bits[byte] as number) | (0x80 >> (across & 7))
  }
  return { bytesPerRow, rows: height, bits }
}
