/** The look the program was built with (scripts/theme.mjs), as far as pages themselves need it. */
import { readFileSync } from 'node:fs'
import { projectFile } from '../platform/paths.js'

type Paint = 'ink' | 'ground'

export interface Theme {
  readonly colours: Readonly<Record<string, string>>
  readonly font: { readonly family: string; readonly package: string }
  readonly mark: {
    readonly viewBox: string
    readonly shapes: readonly { readonly d: string; readonly fill?: Paint; readonly stroke?: Paint; readonly width?: number }[]
  }
}

export const theme = JSON.parse(readFileSync(projectFile('dist', 'assets', 'theme.json'), 'utf8')) as Theme
