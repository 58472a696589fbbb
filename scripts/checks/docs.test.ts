import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { projectFile, projectRoot } from '../../src/platform/paths.js'

test('every path the documents name is there', () => {
  const missing = [...globSync('docs/**/*.md', { cwd: projectRoot }), 'README.md'].flatMap((file) => {
    const named = readFileSync(projectFile(file), 'utf8').matchAll(
      /`((?:src|docs|migrations|offices|tests|words|database|bench|scripts)\/[A-Za-z0-9_./-]+)`/g,
    )
    return [...named]
      .map((match) => match[1] as string)
      .filter((path) => !/[A-Z]{4}/.test(path) && !existsSync(projectFile(path)))
      .map((path) => `${file}: ${path}`)
  })
  assert.deepEqual(missing, [])
})

test('every document the code sends its reader to is there', () => {
  const missing = globSync('{src,tests,bench,scripts,migrations}/**/*.{ts,tsx,mjs,sql}', { cwd: projectRoot }).flatMap((file) =>
    [...readFileSync(projectFile(file), 'utf8').matchAll(/docs\/[a-z0-9/-]+\.md/g)]
      .map(([document]) => document)
      .filter((document) => !existsSync(projectFile(document)))
      .map((document) => `${file}: ${document}`),
  )
  assert.deepEqual(missing, [])
})
