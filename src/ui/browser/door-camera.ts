/**
 * The camera as a scanner: opens it when asked, looks for a code in its picture a few times a second,
 * and types what it reads into the field as a keyboard scanner would. Pictures never leave the device
 * and are kept nowhere. The browser's own reader is used where there is one; else ours is fetched then.
 */
interface CodeReader {
  read(picture: HTMLVideoElement): Promise<string | null>
}

const everyMs = 200
/** A code that was gone for so long may come again. */
const sameMs = 5_000
const seenName = 'okienko-door-seen'
/** Wide enough for every module of a pass, and quick to look through. */
const widthMax = 800

const frame = document.querySelector<HTMLElement>('[data-camera]')
const form = document.querySelector<HTMLFormElement>('.okienko-scan')
if (frame && form && navigator.mediaDevices) setUp(frame, form)

function setUp(place: HTMLElement, scan: HTMLFormElement): void {
  const open = place.querySelector<HTMLButtonElement>('[data-camera-open]')!
  const torch = place.querySelector<HTMLButtonElement>('[data-camera-torch]')!
  const said = place.querySelector<HTMLElement>('[data-camera-said]')!
  const video = place.querySelector('video')!
  const field = scan.querySelector<HTMLInputElement>('input[name="kod"]')!
  const openText = open.textContent ?? ''
  let stream: MediaStream | null = null
  let looking = 0
  place.hidden = false

  const say = (name: string): void => void (said.textContent = said.dataset[name] ?? '')
  const close = (): void => {
    clearTimeout(looking)
    for (const track of stream?.getTracks() ?? []) track.stop()
    stream = null
    video.srcObject = null
    video.hidden = true
    torch.hidden = true
    open.textContent = openText
    open.setAttribute('aria-expanded', 'false')
    said.textContent = ''
    sessionStorage.removeItem('okienko-door-camera')
  }
  const start = async (): Promise<void> => {
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment', width: { ideal: 1280 } }, audio: false })
    } catch (error) {
      return say(whyNot(error))
    }
    video.srcObject = stream
    video.hidden = false
    open.textContent = open.dataset['close'] ?? ''
    open.setAttribute('aria-expanded', 'true')
    // The next answer is a new page: the camera opens there by itself.
    sessionStorage.setItem('okienko-door-camera', 'open')
    await video.play()
    torch.hidden = !hasTorch(stream)
    say('looking')
    const reader = await codeReader()
    const look = async (): Promise<void> => {
      if (stream === null) return
      const text = await reader.read(video).catch(() => null)
      // How many pictures were looked at, for whoever looks after this page.
      place.dataset['looked'] = String(Number(place.dataset['looked'] ?? 0) + 1)
      if (text !== null && !(await isSeenAgain(text))) {
        field.value = text
        scan.requestSubmit()
      }
      looking = setTimeout(() => void look(), everyMs)
    }
    void look()
  }
  open.addEventListener('click', () => (stream === null ? void start() : close()))
  torch.addEventListener('click', () => {
    const on = torch.getAttribute('aria-pressed') !== 'true'
    const wish = { advanced: [{ torch: on } as MediaTrackConstraintSet] }
    void stream
      ?.getVideoTracks()[0]
      ?.applyConstraints(wish)
      .then(() => torch.setAttribute('aria-pressed', String(on)))
  })
  addEventListener('pagehide', () => {
    for (const track of stream?.getTracks() ?? []) track.stop()
  })
  if (sessionStorage.getItem('okienko-door-camera') === 'open') void start()
}

/** Held before the camera a code is scanned once, also where the answer is a new page; its mark is kept, never the code. */
async function isSeenAgain(text: string): Promise<boolean> {
  const mark = [...new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))].join()
  const now = performance.timeOrigin + performance.now()
  const [seen, at] = (sessionStorage.getItem(seenName) ?? ' ').split(' ')
  sessionStorage.setItem(seenName, `${mark} ${now}`)
  return seen === mark && now - Number(at) < sameMs
}

function whyNot(error: unknown): 'denied' | 'none' | 'busy' {
  const name = error instanceof DOMException ? error.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied'
  return name === 'NotReadableError' || name === 'AbortError' ? 'busy' : 'none'
}

function hasTorch(stream: MediaStream): boolean {
  const track = stream.getVideoTracks()[0]
  return track !== undefined && 'torch' in (track.getCapabilities?.() ?? {})
}

interface Detector {
  detect(picture: HTMLVideoElement): Promise<{ rawValue: string }[]>
}
interface DetectorClass {
  new (options: { formats: string[] }): Detector
  getSupportedFormats(): Promise<string[]>
}

async function codeReader(): Promise<CodeReader> {
  const { BarcodeDetector: own } = globalThis as { BarcodeDetector?: DetectorClass }
  if (own !== undefined && (await own.getSupportedFormats().catch((): string[] => [])).includes('qr_code')) {
    const detector = new own({ formats: ['qr_code'] })
    return { read: async (picture) => (await detector.detect(picture))[0]?.rawValue ?? null }
  }
  return ourReader()
}

async function ourReader(): Promise<CodeReader> {
  const address = new URL('./qr/decode.js', import.meta.url).href
  const { decodeQR } = (await import(address)) as {
    decodeQR: (picture: { width: number; height: number; data: Uint8ClampedArray }) => string
  }
  const canvas = document.createElement('canvas')
  const drawing = canvas.getContext('2d', { willReadFrequently: true })!
  return {
    read: async (picture) => {
      if (picture.videoWidth === 0) return null
      const scale = Math.min(1, widthMax / picture.videoWidth)
      canvas.width = Math.round(picture.videoWidth * scale)
      canvas.height = Math.round(picture.videoHeight * scale)
      drawing.drawImage(picture, 0, 0, canvas.width, canvas.height)
      try {
        return decodeQR(drawing.getImageData(0, 0, canvas.width, canvas.height))
      } catch {
        // No code in this picture.
        return null
      }
    },
  }
}
