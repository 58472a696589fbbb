/**
 * `npm run voice`: makes the clips in `src/display/audio` and `src/kiosk/audio` again from the lists in
 * `src/display/voice.ts` and `src/kiosk/speech.ts`; the names a kiosk says are those of
 * `offices/leszno.json`, or of the office file given: `npm run voice -- FILE`. Needs espeak-ng, flite and opusenc (Debian: espeak-ng, flite, opus-tools);
 * neither the program nor its tests do, since the clips are kept with the sources.
 *
 * Each clip is cut to its sound, brought to one loudness and packed as Ogg Opus. The same tools make
 * the same files.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { projectFile } from '../src/platform/paths.js'
import { voiceLanguages, type VoiceLanguage } from '../src/platform/spoken.js'
import { clipWords, gong } from '../src/display/voice.js'
import { namedIn, speechClips, type OfficeNames } from '../src/kiosk/speech.js'

/** Loudness of speech, as the mean power below full scale, and the highest peak. */
const loudnessDb = -20
const peakDb = -1.5
/** Quieter than this at either end is cut off. */
const silence = 0.01
const fadeSeconds = 0.008
const bitsPerSecond = 28_000
/** Whole sentences, heard near or by headphones: there are many of them. */
const kioskBitsPerSecond = 14_000

interface Sound {
  readonly rate: number
  /** From -1 to 1. */
  readonly samples: Float64Array
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'okienko-voice-'))
try {
  let bytes = pack(`display/audio/${gong}`, gongSound(), bitsPerSecond, '--music')
  let count = 1
  for (const language of voiceLanguages)
    for (const [name, words] of clipWords(language)) {
      bytes += pack(`display/audio/${name}`, spoken(words, language), bitsPerSecond)
      count += 1
    }
  const file = process.argv[2] ?? projectFile('offices/leszno.json')
  const wanted = speechClips(namedIn(JSON.parse(readFileSync(file, 'utf8')) as OfficeNames))
  const sentences = projectFile('src/kiosk/audio')
  // Their names follow from what they say: what lies there is right, and what nobody says goes.
  for (const old of readdirSync(sentences, { recursive: true, encoding: 'utf8' }))
    if (old.endsWith('.opus') && !wanted.has(old.slice(0, -'.opus'.length))) rmSync(path.join(sentences, old))
  for (const [name, { said, language }] of wanted) {
    const known = path.join(sentences, `${name}.opus`)
    bytes += existsSync(known) ? statSync(known).size : pack(`kiosk/audio/${name}`, spoken(said, language), kioskBitsPerSecond)
    count += 1
  }
  console.log(`${count} clips, ${Math.round(bytes / 1_024)} kB`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function spoken(words: string, language: VoiceLanguage): Sound {
  return faded(level(cut(speak(words, language))))
}

function speak(words: string, language: VoiceLanguage): Sound {
  const file = path.join(folder, 'spoken.wav')
  // Slower than usual speech and with the end of a sentence: it is heard once, in an echoing hall.
  if (language !== 'en') run('espeak-ng', ['-v', language, '-s', '135', '-p', '42', '-w', file, words])
  else run('flite', ['-voice', 'slt', '--setf', 'duration_stretch=1.15', '-t', words, '-o', file])
  return readWav(readFileSync(file))
}

/** Two bells a fourth apart, the first let ring under the second. */
function gongSound(): Sound {
  const rate = 48_000
  const samples = new Float64Array(rate * 2)
  const strike = (at: number, pitch: number): void => {
    for (let index = Math.round(at * rate); index < samples.length; index += 1) {
      const t = index / rate - at
      const attack = Math.min(1, t / 0.004)
      for (const [partial, share] of [
        [1, 1],
        [2, 0.45],
        [2.76, 0.2],
        [5.4, 0.06],
      ] as const)
        samples[index] =
          (samples[index] ?? 0) + attack * share * Math.exp(-t * (2.2 + partial)) * Math.sin(2 * Math.PI * pitch * partial * t)
    }
  }
  strike(0, 659.26)
  strike(0.55, 493.88)
  return faded(level({ rate, samples }))
}

function isLoud(value: number): boolean {
  return Math.abs(value) > silence
}

function cut({ rate, samples }: Sound): Sound {
  const first = samples.findIndex(isLoud)
  const last = samples.findLastIndex(isLoud)
  if (first < 0) throw new Error('a clip is silent')
  const margin = Math.round(rate * fadeSeconds)
  return { rate, samples: samples.slice(Math.max(0, first - margin), last + margin) }
}

/** Brings the loud parts to one power, and no peak over the highest. */
function level({ rate, samples }: Sound): Sound {
  const loud = samples.filter(isLoud)
  const power = Math.sqrt(loud.reduce((sum, value) => sum + value * value, 0) / loud.length)
  const peak = samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const gain = Math.min(10 ** (loudnessDb / 20) / power, 10 ** (peakDb / 20) / peak)
  return { rate, samples: samples.map((value) => value * gain) }
}

function faded({ rate, samples }: Sound): Sound {
  const length = Math.round(rate * fadeSeconds)
  return { rate, samples: samples.map((value, index) => value * Math.min(1, index / length, (samples.length - 1 - index) / length)) }
}

/** Writes the clip; answers its bytes. */
function pack(name: string, sound: Sound, bits: number, kind = '--speech'): number {
  const from = path.join(folder, 'levelled.wav')
  const to = projectFile('src', `${name}.opus`)
  writeFileSync(from, writeWav(sound))
  mkdirSync(path.dirname(to), { recursive: true })
  const rate = String(bits / 1_000)
  run('opusenc', ['--quiet', '--bitrate', rate, kind, '--serial', '1', '--discard-comments', '--padding', '0', from, to])
  return statSync(to).size
}

function readWav(file: Buffer): Sound {
  const rate = file.readUInt32LE(24)
  const at = file.indexOf('data') + 8
  if (file.readUInt16LE(22) !== 1 || file.readUInt16LE(34) !== 16 || at < 8) throw new Error('a speaker wrote no 16-bit mono sound')
  const samples = new Float64Array((file.length - at) >> 1)
  for (let index = 0; index < samples.length; index += 1) samples[index] = file.readInt16LE(at + 2 * index) / 32_768
  return { rate, samples }
}

function writeWav({ rate, samples }: Sound): Buffer {
  const file = Buffer.alloc(44 + 2 * samples.length)
  file.write('RIFF')
  file.writeUInt32LE(36 + 2 * samples.length, 4)
  file.write('WAVEfmt ', 8)
  file.writeUInt32LE(16, 16)
  file.writeUInt16LE(1, 20)
  file.writeUInt16LE(1, 22)
  file.writeUInt32LE(rate, 24)
  file.writeUInt32LE(2 * rate, 28)
  file.writeUInt16LE(2, 32)
  file.writeUInt16LE(16, 34)
  file.write('data', 36)
  file.writeUInt32LE(2 * samples.length, 40)
  for (let index = 0; index < samples.length; index += 1)
    file.writeInt16LE(Math.round(Math.max(-1, Math.min(1, samples[index] ?? 0)) * 32_767), 44 + 2 * index)
  return file
}

function run(command: string, words: readonly string[]): void {
  const { status, stderr, error } = spawnSync(command, words, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command}: ${error?.message ?? stderr}`)
}
