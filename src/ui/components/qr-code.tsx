/** A QR code as one SVG path: sharp on any screen and on paper, black on white whatever the theme. */
import type { JSX } from 'preact'
import { encode } from 'uqr'

/** `level`: how much of the code may be lost; the larger, the finer its squares. */
export function QrCode({ text, label, level = 'M' }: { text: string; label: string; level?: 'L' | 'M' }): JSX.Element {
  const { data, size } = encode(text, { ecc: level, border: 4 })
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('')
  return (
    <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <path fill="#fff" d={`M0 0h${size}v${size}H0z`} />
      <path fill="#000" d={path} />
    </svg>
  )
}
