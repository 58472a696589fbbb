/**
 * Reads a QR code from the SVG of a page, by ISO/IEC 18004 and without the library that drew it:
 * format, mask, order of modules, order of codewords, segments. Nothing is corrected, since nothing
 * on a page is dirty; a code with one wrong module fails. Versions 1 to 9.
 */
import assert from 'node:assert/strict'

/** Data codewords of each block by version, and how many codewords of correction each block has: Table 9. */
const blocks: Readonly<Record<'L' | 'M', readonly (readonly [data: readonly number[], correction: number])[]>> = {
  L: [
    [[19], 7],
    [[34], 10],
    [[55], 15],
    [[80], 20],
    [[108], 26],
    [[68, 68], 18],
    [[78, 78], 20],
    [[97, 97], 24],
    [[116, 116], 30],
  ],
  M: [
    [[16], 10],
    [[28], 16],
    [[44], 26],
    [[32, 32], 18],
    [[43, 43], 24],
    [[27, 27, 27, 27], 16],
    [[31, 31, 31, 31], 18],
    [[38, 38, 39, 39], 22],
    [[36, 36, 36, 37, 37], 22],
  ],
}

/** Middles of alignment patterns: Annex E. */
const alignments: readonly (readonly number[])[] = [[], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46]]

const masks: readonly ((row: number, column: number) => boolean)[] = [
  (row, column) => (row + column) % 2 === 0,
  (row) => row % 2 === 0,
  (_row, column) => column % 3 === 0,
  (row, column) => (row + column) % 3 === 0,
  (row, column) => (Math.floor(row / 2) + Math.floor(column / 3)) % 2 === 0,
  (row, column) => ((row * column) % 2) + ((row * column) % 3) === 0,
  (row, column) => (((row * column) % 2) + ((row * column) % 3)) % 2 === 0,
  (row, column) => (((row + column) % 2) + ((row * column) % 3)) % 2 === 0,
]

/** The text of the code drawn by an `<svg>` of one-module squares `M3 4h1v1h-1z`. */
export function readQrCode(svg: string): string {
  const dark = [...svg.matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map(([, x, y]) => [Number(x), Number(y)] as const)
  assert.ok(dark.length > 0, 'a code is drawn')
  const left = Math.min(...dark.map(([x]) => x))
  const top = Math.min(...dark.map(([, y]) => y))
  // The right column of a code is dark where the finder pattern ends.
  const size = Math.max(...dark.map(([x]) => x)) - left + 1
  const modules = Array.from({ length: size }, () => Array.from({ length: size }, () => false))
  for (const [x, y] of dark) (modules[y - top] as boolean[])[x - left] = true
  return readModules(modules)
}

function readModules(modules: readonly (readonly boolean[])[]): string {
  const size = modules.length
  const version = (size - 17) / 4
  assert.ok(Number.isInteger(version) && version >= 1 && version <= 9, `a code of ${size} modules`)
  const at = (row: number, column: number): boolean => modules[row]?.[column] ?? false
  // Five bits beside the upper left finder pattern, under the fixed mask 10101: level and mask.
  const format = [0, 1, 2, 3, 4].reduce((bits, column) => bits * 2 + Number(at(8, column)), 0) ^ 0b10101
  const level = ({ 1: 'L', 0: 'M' } as const)[(format >> 3) as 0 | 1]
  assert.ok(level, 'level L or M')
  const mask = masks[format & 0b111] as (row: number, column: number) => boolean
  const bits = walk(size)
    .filter(([row, column]) => !isFixed(row, column, version))
    .map(([row, column]) => at(row, column) !== mask(row, column))
  const codewords = Array.from({ length: Math.floor(bits.length / 8) }, (_, index) => number(bits.slice(index * 8, index * 8 + 8)))
  return readSegments(inOrder(codewords, level, version))
}

/** Modules in the order in which codewords are laid: columns in pairs from the right, up and down by turns. */
function walk(size: number): (readonly [row: number, column: number])[] {
  const order: [number, number][] = []
  let upwards = true
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5
    for (let step = 0; step < size; step += 1)
      for (const column of [right, right - 1]) order.push([upwards ? size - 1 - step : step, column])
    upwards = !upwards
  }
  return order
}

/** Finder, timing and alignment patterns, format and version: modules that carry no data. */
function isFixed(row: number, column: number, version: number): boolean {
  const size = version * 4 + 17
  if (row === 6 || column === 6) return true
  if ((row < 9 && column < 9) || (row < 9 && column >= size - 8) || (row >= size - 8 && column < 9)) return true
  if (version >= 7 && ((row < 6 && column >= size - 11) || (column < 6 && row >= size - 11))) return true
  const middles = alignments[version - 1] ?? []
  const last = middles.at(-1)
  return middles.some((y) =>
    middles.some((x) => {
      const isFinder = (y === 6 && x === 6) || (y === 6 && x === last) || (y === last && x === 6)
      return !isFinder && Math.abs(row - y) <= 2 && Math.abs(column - x) <= 2
    }),
  )
}

/** Data codewords of all blocks after each other; they were laid by turns, one of each block. */
function inOrder(codewords: readonly number[], level: 'L' | 'M', version: number): readonly number[] {
  const [lengths] = blocks[level][version - 1] as readonly [readonly number[], number]
  const parts: number[][] = lengths.map(() => [])
  let next = 0
  for (let place = 0; place < Math.max(...lengths); place += 1)
    for (const [block, length] of lengths.entries()) if (place < length) parts[block]?.push(codewords[next++] as number)
  return parts.flat()
}

/** Digits, capitals and bytes, until the terminator. */
function readSegments(data: readonly number[]): string {
  const bits = data.flatMap((codeword) => Array.from({ length: 8 }, (_, bit) => ((codeword >> (7 - bit)) & 1) === 1))
  const bytes: number[] = []
  let place = 0
  const take = (count: number): number => {
    const value = number(bits.slice(place, place + count))
    place += count
    return value
  }
  while (place + 4 <= bits.length) {
    const mode = take(4)
    if (mode === 0) break
    assert.equal(mode, 4, 'a segment of bytes')
    for (let left = take(8); left > 0; left -= 1) bytes.push(take(8))
  }
  return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes))
}

function number(bits: readonly boolean[]): number {
  return bits.reduce((value, bit) => value * 2 + Number(bit), 0)
}
