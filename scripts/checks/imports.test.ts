import assert from 'node:assert/strict'
import { test } from 'node:test'
import { importProblems, problemsOf } from './imports.js'

test('every slice imports only what stands before it, through its face', () => {
  assert.deepEqual(importProblems(), [])
})

test('an import of a later slice is found, also of a type only', () => {
  assert.equal(problemsOf('src/visit/rules.ts', "import type { Door } from '../entrance/index.js'\n").length, 1)
})

test('an import past a face is found', () => {
  assert.equal(problemsOf('src/queue/actions.ts', "import { x } from '../visit/store.js'\n").length, 1)
})

test('an import of an earlier face is fine', () => {
  assert.deepEqual(problemsOf('src/queue/actions.ts', "import {\n  x,\n} from '../visit/index.js'\n"), [])
})
