/**
 * The commands of the program, by name. Each ends with exit code 0, or with one sentence on the
 * error output and exit code 1; only `start` stays.
 */
import { readConfig, type Config } from './platform/config.js'
import { SetupError } from './platform/setup-error.js'

type Command = (config: Config, words: readonly string[]) => Promise<void>

/** Loaded when named: a backup does not need the web server in memory. */
const commands: Record<string, () => Promise<Command>> = {
  start: async () => (await import('./start.js')).startCommand,
  migrate: async () => (await import('./maintenance.js')).migrateCommand,
  import: async () => (await import('./maintenance.js')).importCommand,
  export: async () => (await import('./maintenance.js')).exportCommand,
  backup: async () => (await import('./maintenance.js')).backupCommand,
  restore: async () => (await import('./maintenance.js')).restoreCommand,
}

export async function runCommand(words: readonly string[]): Promise<void> {
  const [name = 'start', ...rest] = words
  try {
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined
    if (command === undefined) throw new SetupError('command', { command: name })
    await (
      await command()
    )(readConfig(process.env), rest)
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}
