/**
 * How long a person waits for `npm start`: from the command to the line that says the program
 * listens, on no data yet and on the data of the run before. The build is not counted.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { projectFile } from '../src/platform/paths.js'

const againTimes = 3

/** `start_first_s` and `start_again_s` (median of three), in seconds, and `stop_s`, the time to stop. */
export async function benchStart(): Promise<Record<string, number>> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'okienko-bench-start-'))
  try {
    const first = await startOnce(folder)
    const again: { started: number; stopped: number }[] = []
    for (let time = 0; time < againTimes; time++) again.push(await startOnce(folder))
    return {
      start_first_s: first.started,
      start_again_s: median(again.map((each) => each.started)),
      stop_s: median(again.map((each) => each.stopped)),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function startOnce(folder: string): Promise<{ started: number; stopped: number }> {
  const from = performance.now()
  const { DATABASE_URL: _given, ...environment } = process.env
  const program = spawn(process.execPath, [projectFile('dist/src/main.js')], {
    env: { ...environment, PORT: '0', OKIENKO_DATA: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(program, 'exit')
  const [line] = (await Promise.race([once(program.stdout, 'data'), ended])) as [unknown]
  if (!String(line).includes('http')) throw new Error(`the program did not start: ${String(line)}`)
  const started = performance.now()
  program.kill('SIGTERM')
  await ended
  return { started: (started - from) / 1000, stopped: (performance.now() - started) / 1000 }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
