/**
 * A short sound for each answer of the door, made here: two rising tones for yes, three even ones for
 * wait, two low ones for no. Never the only signal; switched off per browser.
 */
interface Note {
  readonly hertz: number
  /** Seconds from the first note on, and how long. */
  readonly at: number
  readonly long: number
}

const melodies: Readonly<Record<string, readonly Note[]>> = {
  yes: [
    { hertz: 660, at: 0, long: 0.12 },
    { hertz: 990, at: 0.14, long: 0.2 },
  ],
  wait: [0, 0.2, 0.4].map((at) => ({ hertz: 520, at, long: 0.12 })),
  no: [
    { hertz: 220, at: 0, long: 0.25 },
    { hertz: 165, at: 0.3, long: 0.45 },
  ],
}
const kept = 'okienko-door-sound'
const loud = 0.25
/** How long a browser is asked to let a page sound before it counts as holding it back. */
const blockedMs = 400

const control = document.querySelector<HTMLButtonElement>('[data-tones]')
const answer = document.querySelector<HTMLElement>('[data-tone]')
const blocked = document.querySelector<HTMLElement>('[data-tones-blocked]')

if (control) {
  show()
  control.hidden = false
  control.addEventListener('click', () => {
    localStorage.setItem(kept, isOn() ? 'off' : 'on')
    show()
    if (isOn()) void play('yes')
  })
}
if (answer && isOn()) void play(answer.dataset['tone'] ?? '')
// An answer given without a new page.
document.addEventListener('okienko:told', (event) => {
  if (isOn()) void play((event as CustomEvent<string>).detail)
})

function isOn(): boolean {
  return localStorage.getItem(kept) !== 'off'
}

function show(): void {
  if (control) control.textContent = control.dataset[isOn() ? 'on' : 'off'] ?? ''
}

/** Plays once the browser allows it; an answer that is old by then stays silent. */
async function play(name: string): Promise<void> {
  const notes = melodies[name]
  if (!notes || !('AudioContext' in window)) return
  const audio = new AudioContext()
  const allowed = await Promise.race([
    audio.resume().then(() => true),
    new Promise<boolean>((done) => setTimeout(() => done(false), blockedMs)),
  ]).catch(() => false)
  if (!allowed || audio.state !== 'running') {
    if (blocked) blocked.textContent = blocked.dataset['tonesBlocked'] ?? ''
    document.addEventListener(
      'keydown',
      () => {
        if (blocked) blocked.textContent = ''
      },
      { once: true },
    )
    return void audio.close()
  }
  for (const note of notes) sound(audio, note)
  // What was heard, for whoever looks after this page.
  document.documentElement.dataset['toneHeard'] = name
  setTimeout(() => void audio.close(), 2_000)
}

function sound(audio: AudioContext, { hertz, at, long }: Note): void {
  const from = audio.currentTime + at
  const tone = audio.createOscillator()
  const volume = audio.createGain()
  tone.frequency.value = hertz
  // Without a soft beginning and end a tone clicks.
  volume.gain.setValueAtTime(0, from)
  volume.gain.linearRampToValueAtTime(loud, from + 0.01)
  volume.gain.setValueAtTime(loud, from + long - 0.03)
  volume.gain.linearRampToValueAtTime(0, from + long)
  tone.connect(volume).connect(audio.destination)
  tone.start(from)
  tone.stop(from + long)
}
