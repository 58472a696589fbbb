/**
 * The mark of the theme (the example's is an open window), drawn inline so that it takes the colour
 * of the text and needs no request.
 */
import type { JSX } from 'preact'
import { theme } from './theme.js'

const { mark, colours } = theme
/** On the header the mark is drawn in the colour of its text, and lies on the accent. */
const paint = { ink: 'currentColor', ground: colours['accent'] as string } as const

export function Mark({ size = 32 }: { size?: number | undefined }): JSX.Element {
  return (
    <svg class="okienko-mark" width={size} height={size} viewBox={mark.viewBox} aria-hidden="true" focusable="false">
      {mark.shapes.map(({ d, fill, stroke, width = 1 }) => (
        <path
          fill={fill === undefined ? 'none' : paint[fill]}
          {...(stroke === undefined ? {} : { stroke: paint[stroke], 'stroke-width': width, 'stroke-linejoin': 'round' })}
          d={d}
        />
      ))}
    </svg>
  )
}
