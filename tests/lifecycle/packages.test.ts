/** `npm ci` takes the lock file on every machine: nothing it would look for is left out. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { projectFile } from '../../src/platform/paths.js'

interface Entry {
  readonly dependencies?: Record<string, string>
  readonly devDependencies?: Record<string, string>
  readonly optionalDependencies?: Record<string, string>
}

const { packages } = JSON.parse(readFileSync(projectFile('package-lock.json'), 'utf8')) as { packages: Record<string, Entry> }
const wanted = JSON.parse(readFileSync(projectFile('package.json'), 'utf8')) as Required<Entry>

test('every package that another names, also one for other platforms, is in the lock file', () => {
  const missing = Object.entries(packages).flatMap(([from, entry]) =>
    Object.keys({ ...entry.dependencies, ...entry.optionalDependencies }).filter((name) => !isFound(name, from)),
  )
  assert.deepEqual(missing, [])
})

test('package.json and the lock file ask for the same versions, exactly', () => {
  for (const kind of ['dependencies', 'devDependencies', 'optionalDependencies'] as const) {
    assert.deepEqual(packages['']?.[kind], wanted[kind])
    for (const [name, version] of Object.entries(wanted[kind])) assert.match(version, /^\d+\.\d+\.\d+(-[\w.]+)?$/, name)
  }
})

/** As Node looks for it: beside the package, then in each folder above. */
function isFound(name: string, from: string): boolean {
  const parts = from.split('/node_modules/')
  for (let depth = parts.length; depth >= 0; depth--) {
    const folder = parts.slice(0, depth).join('/node_modules/')
    if (`${folder === '' ? '' : `${folder}/`}node_modules/${name}` in packages) return true
  }
  return false
}
