/** A film for the camera of a test browser: a code held before it, as uncompressed video (YUV4MPEG2). */
import { mkdtempSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { encode } from 'uqr'

const width = 640
const height = 480
const frames = 10
const white = 235
const black = 16

/** Writes the film and gives its file, for `--use-file-for-fake-video-capture`. */
export function filmOfCode(text: string): string {
  const { data, size } = encode(text, { ecc: 'M', border: 4 })
  const scale = Math.floor(height / size)
  const [left, top] = [Math.floor((width - size * scale) / 2), Math.floor((height - size * scale) / 2)]
  const light = Buffer.alloc(width * height, white)
  for (const [row, line] of data.entries())
    for (const [column, dark] of line.entries()) {
      if (!dark) continue
      for (let y = 0; y < scale; y += 1) {
        const from = (top + row * scale + y) * width + left + column * scale
        light.fill(black, from, from + scale)
      }
    }
  const colour = Buffer.alloc((width * height) / 2, 128)
  const frame = Buffer.concat([Buffer.from('FRAME\n'), light, colour])
  const file = path.join(mkdtempSync(path.join(os.tmpdir(), 'okienko-film-')), 'code.y4m')
  writeFileSync(
    file,
    Buffer.concat([
      Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420mpeg2\n`),
      ...Array.from({ length: frames }, () => frame),
    ]),
  )
  return file
}
