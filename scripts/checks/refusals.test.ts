/** Every answer that is no has its sentence, and so its place in the gallery: a new code cannot be missed. */
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { projectFile, projectRoot } from '../../src/platform/paths.js'
import { refusalKeys } from '../../src/ui/gallery.js'

const codes = new Set(refusalKeys().map((key) => key.split('.refused.')[1]))
const sources = globSync('src/**/*.{ts,tsx}', { cwd: projectRoot })
  .filter((file) => !file.includes('.test.') && !file.startsWith('src/ui/'))
  .map((file) => [file, readFileSync(projectFile(file), 'utf8')] as const)

/** Codes the sources refuse with: written in the call, or chosen in it between two. */
function refusedIn(source: string): readonly string[] {
  return [...source.matchAll(/\brefuse(?:<[^>]*>)?\(([^()[\]{}]*)/g)].flatMap(([, first = '']) => {
    const code = first.split(',')[0] ?? ''
    const chosen = code.includes('?') ? code.slice(code.indexOf('?')) : code
    return [...chosen.matchAll(/'([a-z]+(?:-[a-z]+)*)'/g)].map(([, name]) => name as string)
  })
}

test('every code the sources refuse with has words and stands in the gallery', () => {
  const refused = sources.flatMap(([file, source]) => refusedIn(source).map((code) => `${code} (${file})`))
  assert.ok(refused.length > 80, `${refused.length} places that refuse`)
  assert.deepEqual(
    refused.filter((each) => !codes.has(each.split(' ')[0])),
    [],
  )
})

test('a code is found however it is written', () => {
  assert.deepEqual(refusedIn(`return refuse('day-off', [basis])`), ['day-off'])
  assert.deepEqual(refusedIn(`refuse(\n  late ? 'too-late' : 'too-early', [])`), ['too-late', 'too-early'])
  assert.deepEqual(refusedIn(`refuse<Code>('slot-taken')`), ['slot-taken'])
  assert.deepEqual(refusedIn(`refuse(code, basis)`), [])
})
