/**
 * Where the project's own files are, whatever folder it is started from.
 */
import path from 'node:path'

/** Root of the checkout: this file runs as dist/src/platform/paths.js. */
export const projectRoot = path.resolve(import.meta.dirname, '../../..')

/** Path of a file of the project, from its root. */
export function projectFile(...parts: string[]): string {
  return path.join(projectRoot, ...parts)
}
