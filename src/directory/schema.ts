/** The published JSON Schema of office files. */
import { readFileSync } from 'node:fs'
import { projectFile } from '../platform/paths.js'

/** As text. */
export function officeSchema(): string {
  return readFileSync(projectFile('offices/office.schema.json'), 'utf8')
}
