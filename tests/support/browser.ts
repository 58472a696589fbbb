/**
 * A real browser for journeys and screenshots: Chromium from an npm package, unpacked once per user
 * and version under a lock (its own unpacking has none), with the libraries it brings along.
 *
 * Site isolation and web security stay on: a journey sees what a person's browser would refuse.
 */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { projectFile } from '../../src/platform/paths.js'

export type { Browser, BrowserContext, Page }

/** The two widths at which every page is looked at: a desk's screen and the smallest phone (WCAG 1.4.10). */
export const widths = [1280, 320] as const

const unpackSecondsMax = 180

/** Starts the browser, with more switches where a test needs a device; close it when the test file ends. */
export async function openBrowser(switches: readonly string[] = []): Promise<Browser> {
  const folder = await unpackedChromium()
  return chromium.launch({
    executablePath: path.join(folder, 'chromium'),
    headless: true,
    args: [
      '--no-sandbox',
      '--no-zygote',
      '--disable-setuid-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--font-render-hinting=none',
      '--autoplay-policy=no-user-gesture-required',
      ...switches,
    ],
    env: {
      ...(process.env as Record<string, string>),
      LD_LIBRARY_PATH: [path.join(folder, 'al2023', 'lib'), process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':'),
      FONTCONFIG_PATH: path.join(folder, 'fonts'),
      HOME: folder,
    },
  })
}

/** Signs the person in as somebody of the staff: the headers are those of `signedIn`. */
export async function enterAs(page: Page, address: string, { cookie }: { readonly cookie: string }): Promise<void> {
  const [name, value] = cookie.split('=') as [string, string]
  await page.context().addCookies([{ name, value, url: address }])
}

/** A fresh person: no cookies; Polish; `javaScript: false` for the journey without it. */
export async function openPerson(
  browser: Browser,
  baseUrl: string,
  options: { width?: number; javaScript?: boolean; language?: string } = {},
): Promise<Page> {
  const context = await browser.newContext({
    baseURL: baseUrl,
    viewport: { width: options.width ?? 1280, height: 900 },
    javaScriptEnabled: options.javaScript ?? true,
    locale: options.language ?? 'pl-PL',
    timezoneId: 'Europe/Warsaw',
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(15_000)
  return context.newPage()
}

/** The rules whose answer hangs on how a page is laid out and coloured; the others say the same at every width. */
export const layoutRules = ['color-contrast', 'link-in-text-block', 'scrollable-region-focusable', 'target-size'] as const

/** Asked for with `OKIENKO_EVERY_PAGE=1`: look in every way by every rule, however long it takes. */
export const everyWay = process.env['OKIENKO_EVERY_PAGE'] !== undefined

/** Which rules of axe are asked: those named, or all of WCAG 2.2 AA and good practice. */
export interface AxeRules {
  readonly only?: readonly string[]
}

/** The page's problems by axe, as sentences; empty when it finds none. The page's script must be on: axe waits on timers. */
export async function axeProblems(page: Page, { only }: AxeRules = {}): Promise<string[]> {
  // The page's own policy forbids foreign scripts: axe runs in the debugger's world, not through a tag.
  // To bring it in takes a fifth as long as a run: once for each page that is opened.
  if (!(await page.evaluate<boolean>("'axe' in globalThis"))) await page.evaluate(axeSource())
  const options = {
    runOnly: only ?? ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    resultTypes: ['violations'],
    // Style sheets are fetched for one rule alone, which is none of these; sound is not.
    preload: { assets: ['media'] },
  }
  const found = await page.evaluate<{
    violations: { id: string; help: string; nodes: { html: string; failureSummary?: string }[] }[]
  }>(`axe.run(document, ${JSON.stringify(options)})`)
  return found.violations.flatMap((each) =>
    each.nodes.map((node) => `${each.id}: ${each.help} – ${node.html.slice(0, 200)} – ${node.failureSummary?.replaceAll('\n', ' ') ?? ''}`),
  )
}

/** Brings axe into every page this person opens, where most are looked at: sent once, not for each. */
export async function bringAxe(page: Page): Promise<void> {
  await page.addInitScript({ content: axeSource() })
}

/**
 * Asks the page until an expression is true, for fifteen seconds. What a page waits for by itself it may
 * not evaluate by the program's own policy; what it is asked from outside it may. While one page gives
 * way to the next there is nothing to ask, which is not yet.
 */
export async function untilTrue(page: Page, expression: string): Promise<void> {
  const from = performance.now()
  while ((await page.evaluate(expression).catch(() => false)) !== true) {
    if (performance.now() - from > 15_000) throw new Error(`not true in fifteen seconds: ${expression}`)
    await page.waitForTimeout(20)
  }
}

/** Fails unless axe finds nothing and nothing reaches beyond the screen: on the smallest phone by every rule, at a desk by those of layout. */
export async function assertAccessible(page: Page): Promise<void> {
  const before = page.viewportSize()
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 })
    const rules = width === widths[0] && !everyWay ? { only: layoutRules } : {}
    assert.deepEqual(await axeProblems(page, rules), [], `axe at ${width} px on ${page.url()}`)
    const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth')
    assert.ok(overflow <= 0, `${page.url()} is ${overflow} px too wide at ${width} px`)
  }
  if (before) await page.setViewportSize(before)
}

/** A picture of the whole page, for eyes. */
export async function screenshot(page: Page, file: string): Promise<void> {
  mkdirSync(path.dirname(file), { recursive: true })
  await page.screenshot({ path: file, fullPage: true })
}

let axe: string | undefined
function axeSource(): string {
  axe ??= readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  return axe
}

async function unpackedChromium(): Promise<string> {
  const home = projectFile('node_modules/@sparticuz/chromium')
  const { version } = JSON.parse(readFileSync(path.join(home, 'package.json'), 'utf8')) as { version: string }
  const folder = path.join(os.tmpdir(), `okienko-chromium-${process.getuid?.() ?? 'user'}-${version}`)
  const lock = `${folder}.lock`
  for (let waited = 0; !existsSync(folder); waited++) {
    if (takeLock(lock)) {
      try {
        if (!existsSync(folder)) unpack(folder)
      } finally {
        rmSync(lock, { force: true })
      }
    } else {
      assert.ok(waited < unpackSecondsMax * 4, `another process has been unpacking the browser for ${unpackSecondsMax} seconds: ${lock}`)
      await wait(250)
    }
  }
  assert.equal(statSync(folder).uid, process.getuid?.() ?? statSync(folder).uid, `${folder} belongs to somebody else`)
  return folder
}

function takeLock(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx', mode: 0o600 })
    return true
  } catch {
    // Whoever held it may have been killed.
    const owner = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0
    if (owner > 0 && !existsSync(`/proc/${owner}`) && existsSync('/proc/self')) rmSync(lock, { force: true })
    return false
  }
}

function unpack(folder: string): void {
  // The package unpacks into the system's temporary folder: it is told that this is one of ours.
  const part = mkdtempSync(`${folder}.`)
  const unpacking = spawnSync(
    process.execPath,
    ['--input-type=module', '--eval', "const { default: chromium } = await import('@sparticuz/chromium'); await chromium.executablePath()"],
    { cwd: projectFile(), env: { ...process.env, TMPDIR: part, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' }, encoding: 'utf8' },
  )
  if (unpacking.status !== 0) {
    rmSync(part, { recursive: true, force: true })
    throw new Error(`the browser could not be unpacked: ${unpacking.stderr}`)
  }
  // Its list of fonts names /tmp; without a font the browser ends at the first letter.
  const list = path.join(part, 'fonts', 'fonts.conf')
  const fonts = path.join(folder, 'fonts')
  writeFileSync(list, readFileSync(list, 'utf8').replaceAll('/tmp/fonts-cache/', `${fonts}-cache/`).replaceAll('/tmp/fonts', fonts))
  renameSync(part, folder)
}
