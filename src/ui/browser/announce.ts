/**
 * Says the calls aloud: gong, then the number and the place in each language of the screen, all of
 * it twice; one call at a time. What is said follows from the state that was fetched, never from a
 * hint: a call is said when it is newer than this page, not older than a minute and still
 * unanswered. So nothing old is said after a lost connection, and a recall is said again.
 *
 * Clips are joined with Web Audio. When the browser allows no sound, that is shown, with a button.
 */
interface Call {
  readonly id: string
  /** Office time in milliseconds. */
  readonly at: number
  readonly say: readonly Phrase[]
}
type Phrase = readonly string[]

const oldMs = 60_000
/** In the line of calls to be said, one still unanswered may grow this old. */
const waitedMs = 180_000
/** With more in line, each is said once only. */
const briefFrom = 2
const gapSeconds = 0.04
const pauseSeconds = 0.28
const betweenSeconds = 0.9

const region = document.getElementById('numery')!
const frame = region.closest<HTMLElement>('[data-live]')!
const box = document.querySelector<HTMLElement>('[data-voice]')!
const off = box.querySelector<HTMLElement>('[data-voice-off]')!
const again = box.querySelector<HTMLElement>('[data-voice-again]')
const volumes = box.dataset['volumes']!.split(',').map((part) => part.split(':').map(Number))

const audio = new AudioContext()
const master = audio.createGain()
master.connect(audio.destination)

/** As they came, by name; there are some three hundred in all. */
const clips = new Map<string, Promise<ArrayBuffer>>()
let office = Number(document.querySelector<HTMLElement>('[data-office-clock]')!.dataset['officeClock'])
let officeAt = performance.now()
const openedAt = office
let heard = new Set(calls().map(({ id }) => id))
let line: Call[] = []
let speaking = false

document.addEventListener('okienko:swapped', (event) => {
  const now = (event as CustomEvent<number | null>).detail
  if (now !== null) {
    office = now
    officeAt = performance.now()
  }
  const current = calls()
  const ids = new Set(current.map(({ id }) => id))
  // Whoever came meanwhile is not called any more.
  line = line.filter(({ id }) => ids.has(id))
  for (const call of current.toReversed()) {
    if (heard.has(call.id)) continue
    if (call.at >= openedAt && officeNow() - call.at <= oldMs && audio.state === 'running') line.push(call)
  }
  heard = ids
  void speak()
})
document.addEventListener('okienko:state', () => {
  if (!isLive()) line = []
})

function calls(): readonly Call[] {
  return JSON.parse(region.querySelector<HTMLElement>('[data-announce]')?.dataset['announce'] ?? '[]') as Call[]
}

function officeNow(): number {
  return office + performance.now() - officeAt
}

function isLive(): boolean {
  return frame.dataset['liveNow'] !== 'stale' && frame.dataset['liveNow'] !== 'offline'
}

async function speak(): Promise<void> {
  if (speaking) return
  speaking = true
  try {
    while (line.length > 0) {
      const call = line.shift()!
      if (officeNow() - call.at > waitedMs) continue
      const times = line.length >= briefFrom ? 1 : 2
      await play(Array.from({ length: times }, () => call.say).flat(), call.id)
    }
  } finally {
    speaking = false
  }
}

/** Gong and phrases, to their end. A phrase one clip of which cannot be had is left out whole: half a number is a wrong one. */
async function play(phrases: readonly Phrase[], id: string): Promise<void> {
  const percent = volumeAt(new Date(officeNow()))
  if (percent === 0) return
  master.gain.value = percent / 100
  const sounds = await Promise.all([['gong'], ...phrases].map(phraseSounds))
  if (audio.state !== 'running') return
  let at = audio.currentTime + 0.05
  for (const phrase of sounds) {
    for (const sound of phrase ?? []) {
      if (typeof sound === 'number') {
        at += sound
        continue
      }
      const source = audio.createBufferSource()
      source.buffer = sound
      source.connect(master)
      source.start(at)
      at += sound.duration + gapSeconds
    }
    if (phrase !== null) at += phrase === sounds[0] ? pauseSeconds : betweenSeconds
  }
  box.dispatchEvent(new CustomEvent('okienko:said', { bubbles: true, detail: { id, phrases } }))
  await until(at)
}

/** Waits for the sound's own clock; one that stands still is not waited for for ever. */
async function until(at: number): Promise<void> {
  const latest = performance.now() + (at - audio.currentTime) * 1_000 + 2_000
  while (audio.currentTime < at && audio.state === 'running' && performance.now() < latest)
    await new Promise((resolve) => setTimeout(resolve, 200))
}

async function phraseSounds(phrase: Phrase): Promise<readonly (AudioBuffer | number)[] | null> {
  try {
    return await Promise.all(phrase.map(async (name) => (name === 'pause' ? pauseSeconds : soundOf(name))))
  } catch {
    return null
  }
}

async function soundOf(name: string): Promise<AudioBuffer> {
  let clip = clips.get(name)
  if (clip === undefined) {
    clip = fetch(`${box.dataset['voice']}${name}.opus`, { signal: AbortSignal.timeout(5_000) }).then(async (answer) => {
      if (!answer.ok) throw new Error(String(answer.status))
      return answer.arrayBuffer()
    })
    clips.set(name, clip)
    clip.catch(() => clips.delete(name))
  }
  // Decoding takes the bytes away.
  return audio.decodeAudioData((await clip).slice(0))
}

const wallHour = new Intl.DateTimeFormat('en', { timeZone: 'Europe/Warsaw', hour: 'numeric', hourCycle: 'h23' })

function volumeAt(now: Date): number {
  if (volumes.length === 1 && volumes[0]!.length === 1) return volumes[0]![0]!
  const hour = Number(wallHour.format(now))
  return volumes.findLast(([from]) => from! <= hour)?.[1] ?? 0
}

function showState(): void {
  off.hidden = audio.state === 'running'
  box.dataset['voiceNow'] = audio.state
}
audio.addEventListener('statechange', showState)
setInterval(showState, 1_000)
showState()
document.getElementById('glos-wlacz')?.addEventListener('click', () => void audio.resume())

if (again) {
  again.hidden = false
  document.getElementById('glos-powtorz')!.addEventListener('click', () => void sayAgain())
}

/** What is called now, once, whatever its age; or that nobody is; or that nothing is known. */
async function sayAgain(): Promise<void> {
  await audio.resume()
  if (speaking) return
  speaking = true
  try {
    const current = isLive() ? calls().slice(0, 3) : []
    const otherwise = JSON.parse(again!.dataset[isLive() ? 'nobody' : 'lost']!) as Phrase[]
    await play(current.length > 0 ? current.flatMap(({ say }) => say) : otherwise, 'again')
  } finally {
    speaking = false
  }
  void speak()
}
