/**
 * The kiosk read aloud, for whoever does not see the screen: the screen when it comes up, each key
 * when the focus reaches it, and what comes up by itself. F9 (on keypads the key of the headphones)
 * turns it on and repeats; F8 changes the volume. A new sentence ends the one before, and leaving the
 * screen ends all.
 *
 * What there are clips of is played from them (reading.ts). Other text is read by a voice of the
 * machine itself, where it has one of the language; else it is said that it stands on the screen:
 * nothing is left out unnoticed, and nothing is sent to a voice elsewhere.
 */
import { partsOf, type Part, type Reading } from './reading.js'

const volumes = [0.3, 0.6, 1]
const volumeKey = 'okienko-glosnosc'
/** The person has been told how the keys work. */
const toldKey = 'okienko-glos-powiedziano'
const pauseMs = 260

const box = document.querySelector<HTMLElement>('[data-speech]')!
const key = document.querySelector<HTMLButtonElement>('[data-speech-key]')
const volumeButton = document.querySelector<HTMLButtonElement>('[data-speech-volume]')
const on = box.dataset['speechOn'] === 'yes'

type Sound = Part | { readonly text: string; readonly language: string }

let reading: Reading | null = null
let line: Sound[] = []
/** Grows with each stop: what was begun before it is over. */
let turn = 0
let running = false
let stopNow = (): void => undefined
/** Focus that follows a key or a touch is the person's; what the page focuses by itself is not read. */
let acted = false
/** The browser waits for a touch before it makes any sound. */
let blocked = false
let shownBefore = document.querySelector('[data-live]')?.textContent.trim() ?? ''
const sounds = new Map<string, HTMLAudioElement>()

if (key) key.hidden = false
if (volumeButton) volumeButton.hidden = false

/** Nobody's volume is the next one's. */
if (!on) for (const kept of [volumeKey, toldKey]) sessionStorage.removeItem(kept)

function volume(): number {
  return Number(sessionStorage.getItem(volumeKey) ?? 1)
}

// ── What is read ─────────────────────────────────────────────────────────────────────────────────

function sayScreen(before: readonly Sound[] = []): void {
  const main = document.querySelector<HTMLElement>('.okienko-kiosk__main')!
  const texts = [...main.querySelectorAll<HTMLElement>('h1, h2, p, li, label, figcaption')].filter(
    (each) => isShown(each) && !each.closest('dialog, [data-kiosk-lost], a, button') && each.querySelector('a, button, p') === null,
  )
  // What went wrong is said first.
  const wrong = texts.filter((each) => each.matches('.govuk-error-message'))
  say([...before, ...[...wrong, ...texts.filter((each) => !wrong.includes(each))].flatMap(soundsOf)])
}

function sayControl(element: HTMLElement): void {
  if (element instanceof HTMLInputElement) {
    const label = element.labels?.[0]
    const typed = [...element.value].flatMap((sign) => textSounds(sign.toUpperCase(), element))
    return say([...(label ? soundsOf(label) : []), ...typed])
  }
  const chosen = element.getAttribute('aria-pressed') === 'true' ? textSounds(box.dataset['speechChosen']!, box) : []
  say([...soundsOf(element), ...chosen])
}

function isShown(element: HTMLElement): boolean {
  return element.getClientRects().length > 0
}

function soundsOf(element: HTMLElement): readonly Sound[] {
  return textSounds(element.textContent, element)
}

function textSounds(text: string, element: HTMLElement): readonly Sound[] {
  if (reading === null) return []
  const language = element.closest<HTMLElement>('[lang]')?.lang ?? reading.language
  return [...partsOf(text, reading).map((part) => (typeof part === 'object' && 'text' in part ? { ...part, language } : part)), 'pause']
}

// ── How it sounds ────────────────────────────────────────────────────────────────────────────────

function stop(): void {
  turn += 1
  line = []
  stopNow()
  globalThis.speechSynthesis?.cancel()
}

/** Says it in place of what is being said; `after`: when that is over. */
function say(next: readonly Sound[], { after = false } = {}): void {
  if (!after) stop()
  line.push(...next)
  void run()
}

async function run(): Promise<void> {
  if (running) return
  running = true
  let told = -1
  while (line.length > 0) {
    const mine = turn
    const sound = line.shift()!
    document.dispatchEvent(new CustomEvent('okienko:speaking'))
    if (sound === 'pause') await waited(pauseMs)
    else if ('clip' in sound) await played(sound.clip)
    else if (!(await read(sound)) && told !== mine && mine === turn) {
      // Once is enough, however many pieces no clip says.
      told = mine
      line.unshift(...textSounds(box.dataset['speechOnScreen']!, box))
    }
  }
  running = false
}

function waited(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    stopNow = () => {
      clearTimeout(timer)
      resolve()
    }
  })
}

function soundAt(clip: string): HTMLAudioElement {
  let sound = sounds.get(clip)
  if (sound === undefined) {
    sound = new Audio(`${box.dataset['speechAudio']}${clip}.opus`)
    sound.preload = 'auto'
    sounds.set(clip, sound)
  }
  return sound
}

async function played(clip: string): Promise<void> {
  const sound = soundAt(clip)
  const next = line.find((each) => typeof each === 'object' && 'clip' in each)
  if (next !== undefined && typeof next === 'object' && 'clip' in next) soundAt(next.clip)
  sound.volume = volumes[volume()] ?? 1
  sound.currentTime = 0
  const over = new AbortController()
  const ended = new Promise<void>((resolve) => {
    over.signal.addEventListener('abort', () => resolve())
    for (const kind of ['ended', 'error']) sound.addEventListener(kind, () => over.abort(), { signal: over.signal })
  })
  stopNow = () => {
    sound.pause()
    over.abort()
  }
  try {
    await sound.play()
  } catch (error) {
    // A browser that waits for a touch first: the screen is read at the first one.
    if (error instanceof DOMException && error.name === 'NotAllowedError') {
      line = []
      blocked = true
    }
    over.abort()
  }
  await ended
}

/** By a voice that is on the machine; false when it has none. */
function read({ text, language }: { readonly text: string; readonly language?: string }): Promise<boolean> {
  const wanted = language ?? document.documentElement.lang
  const voices = globalThis.speechSynthesis?.getVoices() ?? []
  const voice = voices.find((each) => each.localService && each.lang.toLowerCase().startsWith(wanted))
  if (voice === undefined) return Promise.resolve(false)
  return new Promise((resolve) => {
    const spoken = new SpeechSynthesisUtterance(text)
    Object.assign(spoken, { voice, lang: voice.lang, volume: volumes[volume()] ?? 1 })
    const done = (): void => resolve(true)
    for (const kind of ['end', 'error']) spoken.addEventListener(kind, done)
    stopNow = done
    speechSynthesis.speak(spoken)
  })
}

// ── When ─────────────────────────────────────────────────────────────────────────────────────────

function louder(): void {
  sessionStorage.setItem(volumeKey, String((volume() + 1) % volumes.length))
  say([...soundsOf(volumeButton!), ...textSounds(String(volume() + 1), box)])
}

addEventListener(
  'keydown',
  (event) => {
    acted = true
    if (event.key !== 'F9' && event.key !== 'F8') return
    event.preventDefault()
    if (!on) return event.key === 'F9' ? key?.click() : undefined
    if (event.key === 'F8') return louder()
    const ask = document.querySelector<HTMLDialogElement>('dialog[open]')
    if (ask) say(soundsOver(ask))
    else sayScreen()
  },
  { capture: true },
)

/** What stands over the screen: the question about time, or that the server is away. */
function soundsOver(element: HTMLElement): readonly Sound[] {
  return [...element.querySelectorAll<HTMLElement>('p, button, a')].flatMap(soundsOf)
}

if (on) {
  addEventListener('pointerdown', () => (acted = true), { capture: true })
  for (const kind of ['keydown', 'pointerdown'])
    addEventListener(kind, () => {
      if (!blocked) return
      blocked = false
      sayScreen()
    })
  addEventListener('pagehide', stop)
  document.addEventListener('submit', stop)
  document.addEventListener('focusin', (event) => {
    if (acted) sayControl(event.target as HTMLElement)
  })
  document.addEventListener('input', (event) => {
    const { data } = event
    if (data) say([...data].flatMap((sign) => textSounds(sign.toUpperCase(), box)))
  })
  document.addEventListener('okienko:say', (event) => say(soundsOver((event as CustomEvent<HTMLElement>).detail)))
  // The paper that came out, or did not.
  document.addEventListener('okienko:swapped', (event) => {
    const changed = (event.target as HTMLElement).textContent.trim()
    if (changed !== shownBefore) say(textSounds(changed, box), { after: true })
    shownBefore = changed
  })
  volumeButton?.addEventListener('click', louder)
  void begin()
}

async function begin(): Promise<void> {
  try {
    const answer = await fetch(box.dataset['speech']!, { signal: AbortSignal.timeout(5_000) })
    if (!answer.ok) return
    reading = (await answer.json()) as Reading
  } catch {
    // Without words nothing is said; the screen itself says when the server is away.
    return
  }
  // Said when the server is away: fetched while it is there.
  for (const over of document.querySelectorAll<HTMLElement>('dialog, [data-kiosk-lost]'))
    for (const sound of soundsOver(over)) if (typeof sound === 'object' && 'clip' in sound) soundAt(sound.clip)
  // How it is worked is said once to each person, before the first screen.
  const isTold = sessionStorage.getItem(toldKey) !== null
  sessionStorage.setItem(toldKey, '1')
  sayScreen(isTold ? [] : textSounds(box.dataset['speechHow']!, box))
}
