// Builds the program into dist/: TypeScript, then the style sheet and the browser scripts.
//
// Skipped when nothing changed since the last build, so that a second instance may start from the
// same checkout while the first one runs. Plain JavaScript: it runs before anything is compiled.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '..')
const dist = path.join(root, 'dist')

const stamp = createHash('sha256')
for (const file of [
  'package-lock.json',
  'tsconfig.json',
  ...['src', 'tests', 'bench', 'scripts'].filter((folder) => existsSync(path.join(root, folder))).flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
      .toSorted(),
  ),
]) {
  stamp.update(`${file}\0`).update(readFileSync(path.join(root, file)))
}
const wanted = stamp.digest('hex')
const stampFile = path.join(dist, '.stamp')
if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted) process.exit(0)

// Built beside and renamed at the end: a failed build leaves the last good one in place.
const fresh = path.join(root, `dist.${process.pid}`)
rmSync(fresh, { recursive: true, force: true })
const tsc = spawnSync(
  process.execPath,
  [path.join(root, 'node_modules/typescript/bin/tsc'), '--project', root, '--outDir', fresh],
  { stdio: 'inherit' },
)
if (tsc.status !== 0) {
  rmSync(fresh, { recursive: true, force: true })
  process.exit(1)
}
const { compile } = await import('sass')
const style = path.join(root, 'src/ui/style/okienko.scss')
mkdirSync(path.join(fresh, 'assets'), { recursive: true })
if (existsSync(style)) {
  const { css } = compile(style, {
    loadPaths: [path.join(root, 'node_modules')],
    style: 'compressed',
    quietDeps: true,
  })
  writeFileSync(path.join(fresh, 'assets/okienko.css'), css)
}
// Browser scripts have a configuration of their own: they see a page, not Node.
const scripts = path.join(root, 'src/ui/browser')
if (existsSync(scripts)) {
  const browser = spawnSync(
    process.execPath,
    [path.join(root, 'node_modules/typescript/bin/tsc'), '--project', scripts, '--outDir', path.join(fresh, 'assets')],
    { stdio: 'inherit' },
  )
  if (browser.status !== 0) {
    rmSync(fresh, { recursive: true, force: true })
    process.exit(1)
  }
}
const mark = path.join(root, 'src/ui/style/mark.svg')
if (existsSync(mark)) cpSync(mark, path.join(fresh, 'assets/mark.svg'))
const font = path.join(root, 'node_modules/@fontsource/atkinson-hyperlegible-next')
for (const set of ['latin', 'latin-ext']) {
  for (const weight of [400, 700]) {
    const name = `atkinson-hyperlegible-next-${set}-${weight}-normal.woff2`
    cpSync(path.join(font, 'files', name), path.join(fresh, 'assets/fonts', name))
  }
}
cpSync(path.join(font, 'LICENSE'), path.join(fresh, 'assets/fonts/OFL.txt'))
writeFileSync(path.join(fresh, '.stamp'), wanted)
const old = path.join(root, `dist.old.${process.pid}`)
if (existsSync(dist)) renameSync(dist, old)
renameSync(fresh, dist)
rmSync(old, { recursive: true, force: true })
