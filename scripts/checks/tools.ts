/** Runs a tool of node_modules/.bin; what it prints is the finding when it fails. */
import { spawnSync } from 'node:child_process'
import { projectFile, projectRoot } from '../../src/platform/paths.js'

export function toolProblems(tool: string, args: readonly string[]): string[] {
  const run = spawnSync(projectFile('node_modules/.bin', tool), args, { cwd: projectRoot, encoding: 'utf8' })
  return run.status === 0 ? [] : `${run.stdout}${run.stderr}`.trimEnd().split('\n')
}
