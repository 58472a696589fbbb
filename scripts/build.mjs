// Builds the program into dist/: TypeScript, then the style sheet, the browser scripts and fonts.
//
// Skipped when nothing changed since the last build, so that a second instance may start from the
// same checkout while the first one runs, also where nothing can be written. Several starts at
// once build one after another: the second finds the work done. Made beside and renamed at the
// end: a failed or killed build leaves the last good one in place. Plain JavaScript without
// imports of packages: it runs before anything is compiled, and first of all.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { trimSheet, writtenClasses } from './style.mjs'
import { fontFile, markPicture, themeProblems, themeSheet } from './theme.mjs'

const nodeVersionMin = 26
const buildWithinMs = 180_000

const root = path.resolve(import.meta.dirname, '..')
const dist = path.join(root, 'dist')
// With NODE_ENV=production npm leaves out what tests need: then only the program is built.
const whole = existsSync(path.join(root, 'node_modules/playwright-core'))

if (Number.parseInt(process.versions.node, 10) < nodeVersionMin) {
  fail(
    `Okienko potrzebuje Node.js ${nodeVersionMin} lub nowszego, a to jest ${process.versions.node}: uruchom „npm ci” i „npm start”, które biorą właściwą wersję z paczek npm.`,
  )
}
const themeFile = path.resolve(process.env['OKIENKO_THEME']?.trim() || path.join(root, 'offices/theme.json'))
const wanted = stampOfSources()
if (!isBuilt()) await build()

async function build() {
  if (!existsSync(path.join(root, 'node_modules/typescript/bin/tsc')))
    fail('Program nie jest zbudowany, a paczek npm brak: uruchom „npm ci”.')
  const release = await lock()
  if (!isBuilt()) {
    sweep()
    const fresh = path.join(root, `dist.new.${process.pid}`)
    const built = compileProgram(fresh) && (await makeAssets(path.join(fresh, 'assets')))
    if (!built) {
      rmSync(fresh, { recursive: true, force: true })
      process.exit(1)
    }
    writeFileSync(path.join(fresh, '.stamp'), wanted)
    if (existsSync(dist)) renameSync(dist, path.join(root, `dist.old.${process.pid}`))
    renameSync(fresh, dist)
    sweep()
  }
  release()
}

function isBuilt() {
  const file = path.join(dist, '.stamp')
  return existsSync(file) && readFileSync(file, 'utf8') === wanted
}

// Every file the build reads, and the compiler's version by the lock file.
function stampOfSources() {
  const stamp = createHash('sha256').update(`${whole}`)
  const files = ['src', 'tests', 'bench', 'scripts']
    .filter((folder) => existsSync(path.join(root, folder)))
    .flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
        .toSorted(),
    )
  if (existsSync(themeFile)) stamp.update(readFileSync(themeFile))
  for (const file of ['package-lock.json', 'tsconfig.json', ...files]) stamp.update(`${file}\0`).update(readFileSync(path.join(root, file)))
  return stamp.digest('hex')
}

// One build at a time. The lock is the operating system's, through SQLite (see src/platform/embedded/lock.ts).
async function lock() {
  const { DatabaseSync } = await import('node:sqlite')
  try {
    const file = new DatabaseSync(path.join(root, 'dist.lock'), { timeout: buildWithinMs })
    file.exec('pragma journal_mode = memory')
    file.exec('begin exclusive')
    return () => file.close()
  } catch (error) {
    fail(
      `Nie można zbudować programu w ${root} (${error.message}): nadaj prawo zapisu do tego folderu albo zbuduj go poleceniem „npm run build” jako jego właściciel.`,
    )
  }
}

// Removes what builds that were killed left behind; only called with the lock.
function sweep() {
  for (const name of readdirSync(root)) {
    if (/^dist\.(new|old)\.\d+$|^dist\.\d+$|^dist\.tsconfig\.json$/.test(name))
      rmSync(path.join(root, name), { recursive: true, force: true })
  }
}

function compileProgram(fresh) {
  let project = root
  if (!whole) {
    project = path.join(root, 'dist.tsconfig.json')
    const only = { extends: './tsconfig.json', include: ['src'], exclude: ['src/**/browser', 'src/**/*.test.ts', 'src/**/*.test.tsx'] }
    writeFileSync(project, JSON.stringify(only))
  }
  return compile(['--project', project, '--rootDir', root, '--outDir', fresh])
}

async function makeAssets(assets) {
  mkdirSync(assets, { recursive: true })
  const theme = readTheme()
  const sass = await import('sass')
  const isWritten = writtenClasses(sourcesOfPages())
  let print = ''
  for (const sheet of ['okienko', 'staff']) {
    const style = path.join(root, `src/ui/style/${sheet}.scss`)
    const { css } = sass.compile(style, {
      loadPaths: [path.join(root, 'node_modules')],
      importers: [tokensOf(theme)],
      style: 'compressed',
      quietDeps: true,
    })
    const { screen, paper } = trimSheet(css, isWritten)
    writeFileSync(path.join(assets, `${sheet}.css`), screen)
    print += paper
  }
  writeFileSync(path.join(assets, 'print.css'), print)
  writeFileSync(path.join(assets, 'mark.svg'), markPicture(theme))
  writeFileSync(path.join(assets, 'theme.json'), JSON.stringify(theme))
  const font = path.join(root, 'node_modules', theme.font.package)
  for (const set of ['latin', 'latin-ext']) {
    for (const weight of [400, 700]) {
      const name = `${fontFile(theme.font)}-${set}-${weight}-normal.woff2`
      cpSync(path.join(font, 'files', name), path.join(assets, 'fonts', name))
    }
  }
  cpSync(path.join(font, 'LICENSE'), path.join(assets, 'fonts/LICENSE.txt'))
  cpSync(path.join(root, 'src/display/audio'), path.join(assets, 'audio'), { recursive: true })
  cpSync(path.join(root, 'src/kiosk/audio'), path.join(assets, 'audio/kiosk'), { recursive: true })
  // Reads codes from the picture of a camera; fetched by the door when one is opened.
  for (const name of ['decode.js', 'index.js']) cpSync(path.join(root, 'node_modules/qr', name), path.join(assets, 'qr', name))
  cpSync(path.join(root, 'node_modules/qr/LICENSE-MIT'), path.join(assets, 'qr/LICENSE.txt'))
  // Browser scripts have a configuration of their own: they see a page, not Node.
  const scripts = path.join(root, 'src/ui/browser')
  return !existsSync(scripts) || compile(['--project', scripts, '--outDir', assets])
}

// The look of the city, checked; a bad one is told colour by colour, and nothing is built.
function readTheme() {
  let theme
  try {
    theme = JSON.parse(readFileSync(themeFile, 'utf8'))
  } catch (error) {
    fail(`Nie można odczytać pliku wyglądu ${themeFile}: ${error.message}`)
  }
  const problems = themeProblems(theme)
  if (problems.length > 0) fail(`Plik wyglądu ${themeFile}:\n${problems.map((each) => `* ${each}`).join('\n')}`)
  if (!existsSync(path.join(root, 'node_modules', theme.font.package)))
    fail(
      `Plik wyglądu ${themeFile}: paczki ${theme.font.package} nie ma; dodaj ją poleceniem „npm install --save-exact ${theme.font.package}”.`,
    )
  return theme
}

// What the sheets mean by `@use 'tokens'`.
function tokensOf(theme) {
  return {
    canonicalize: (url) => (url === 'tokens' ? new URL('theme:tokens') : null),
    load: () => ({ contents: themeSheet(theme), syntax: 'scss' }),
  }
}

// The text of everything that writes classes.
function sourcesOfPages() {
  return readdirSync(path.join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.includes('.test.'))
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'utf8'))
    .join('\n')
}

function compile(words) {
  const { status } = spawnSync(process.execPath, [path.join(root, 'node_modules/typescript/bin/tsc'), ...words], { stdio: 'inherit' })
  return status === 0
}

function fail(sentence) {
  console.error(sentence)
  process.exit(1)
}
