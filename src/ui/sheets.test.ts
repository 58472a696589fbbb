/** What a style sheet names is there: a browser that keeps a page with all its parts keeps nothing when one is missing. */
import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { projectFile } from '../platform/paths.js'

test('every file a style sheet names is built with it', () => {
  const folder = projectFile('dist/assets')
  const sheets = globSync('*.css', { cwd: folder })
  assert.ok(sheets.length >= 3)
  const named = sheets.flatMap((sheet) =>
    [...readFileSync(path.join(folder, sheet), 'utf8').matchAll(/url\(["']?([^"')]+)["']?\)/g)].map(([, url = '']) => ({ sheet, url })),
  )
  assert.ok(named.length >= 4)
  assert.deepEqual(
    named.filter(({ url }) => !url.startsWith('data:') && !existsSync(path.join(folder, url))),
    [],
  )
})
