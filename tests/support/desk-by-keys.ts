/**
 * A clerk who calls, starts and finishes by function keys alone, and how long each key takes until
 * the desk shows the new state: from the key's event to the first frame painted of the page that
 * follows, by the browser's own clock.
 */
import type { Page } from 'playwright-core'

const timing = `
  addEventListener('keydown', (event) => {
    if (/^F\\d+$/.test(event.key)) sessionStorage.setItem('pressed-at', String(performance.timeOrigin + event.timeStamp))
  }, { capture: true })
  addEventListener('DOMContentLoaded', () => requestAnimationFrame(() => setTimeout(() => {
    const pressed = Number(sessionStorage.getItem('pressed-at') ?? 'NaN')
    sessionStorage.removeItem('pressed-at')
    document.documentElement.dataset.keyTook = String(performance.timeOrigin + performance.now() - pressed)
  })))
`

/** Times the keys of the page from its next opening on. */
export async function timeKeys(page: Page): Promise<void> {
  await page.addInitScript(timing)
}

export interface ServedByKeys {
  /** Milliseconds of each key: call, start and finish in turn. */
  readonly took: readonly number[]
  /** What the desk showed after each call. */
  readonly numbers: readonly string[]
}

/** Calls, starts and finishes so many people at the desk that the page shows, where nobody is yet. */
export async function serveByKeys(page: Page, people: number): Promise<ServedByKeys> {
  const took: number[] = []
  const numbers: string[] = []
  const heading = page.locator('#teraz')
  for (let person = 0; person < people; person += 1) {
    await press(page, took, 'F2', '.okienko-number')
    numbers.push(await heading.innerText())
    await press(page, took, 'F7', '#zakoncz')
    await press(page, took, 'F8', '#wezwij')
  }
  return { took, numbers }
}

/** Presses a key and waits for what only the page that follows has; refuses to go on where nothing follows. */
async function press(page: Page, took: number[], key: string, then: string): Promise<void> {
  await page.keyboard.press(key)
  await page.locator(`html[data-key-took]:not([data-key-took="NaN"]) ${then}`).waitFor()
  took.push(Number(await page.locator('html').getAttribute('data-key-took')))
  await page.evaluate('delete document.documentElement.dataset.keyTook')
}
