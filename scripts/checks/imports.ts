/**
 * The order of slices: a slice may import what stands before it, through its face, and nothing after.
 *
 * Read from the sources, not from dist/: type imports vanish there, and a type is a dependency too.
 */
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { projectRoot } from '../../src/platform/paths.js'

/** Slices in the one order of imports. `src/app.ts` and the start may import all. */
export const sliceOrder = [
  'platform',
  'ui',
  'directory',
  'staff',
  'device',
  'regulation',
  'calendar',
  'messages',
  'visit',
  'booking',
  'inbox',
  'queue',
  'entrance',
  'kiosk',
  'display',
  'statistics',
  'privacy',
  'pass',
  'administration',
  'demonstration',
] as const

/** Slices without a face: their files are imported by name. */
const open = new Set<string>(['platform', 'ui'])

const importPattern = /(?:^|\n)\s*(?:import|export)\s(?:[^'"]*?\sfrom\s)?['"](\.[^'"]+)['"]|import\(\s*['"](\.[^'"]+)['"]\s*\)/g

export function importProblems(): string[] {
  const files = globSync('src/**/*.{ts,tsx}', { cwd: projectRoot })
  return files.flatMap((file) => problemsOf(file.split(path.sep).join('/'), readFileSync(path.join(projectRoot, file), 'utf8')))
}

/** What is wrong with the imports of one file, given its path from the root and its text. */
export function problemsOf(file: string, text: string): string[] {
  const from = sliceOf(file)
  if (from === null) return []
  const problems: string[] = []
  for (const match of text.matchAll(importPattern)) {
    const target = path.posix.join(path.posix.dirname(file), (match[1] ?? match[2]) as string)
    const to = sliceOf(target)
    // Tests are set up by tests/support, which may know every slice.
    if (target.startsWith('tests/') && file.includes('.test.')) continue
    if (to === null) {
      problems.push(`${file}: imports ${target}, which is outside the slices`)
      continue
    }
    if (to === from) continue
    if (sliceOrder.indexOf(to) > sliceOrder.indexOf(from)) problems.push(`${file}: ${from} may not import ${to}, which stands after it`)
    if (!open.has(to) && !target.endsWith('/index.js')) problems.push(`${file}: enters ${to} past its face: ${target}`)
  }
  return problems
}

function sliceOf(file: string): (typeof sliceOrder)[number] | null {
  const name = /^src\/([^/]+)\//.exec(file)?.[1]
  return sliceOrder.find((slice) => slice === name) ?? null
}
