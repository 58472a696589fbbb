/**
 * The waiting room's screen: moves the office's clock on between two looks, outlines a new call for
 * eight seconds, and loads itself anew each night so that a screen nobody touches stays fresh.
 */
const newCallMs = 8_000
/** Of the office's clock: nobody waits then. */
const reloadHour = 3
/** A screen switched on at night is not loaded twice. */
const freshMs = 2 * 3600 * 1_000

const region = document.getElementById('numery')!
const clock = document.querySelector<HTMLElement>('[data-office-clock]')!
/** Calls on the screen, each with the machine's time at which its outline ends; 0 for those that were there from the start. */
let outlined = new Map([...region.querySelectorAll<HTMLElement>('[data-call]')].map((call) => [call.dataset['call']!, 0]))
let office = Number(clock.dataset['officeClock'])
let officeAt = performance.now()

const time = new Intl.DateTimeFormat('pl', { timeZone: 'Europe/Warsaw', hour: 'numeric', minute: '2-digit' })

document.addEventListener('okienko:swapped', (event) => {
  const now = (event as CustomEvent<number | null>).detail
  if (now !== null) {
    office = now
    officeAt = performance.now()
  }
  const seen = new Map<string, number>()
  for (const call of region.querySelectorAll<HTMLElement>('[data-call]')) {
    const id = call.dataset['call']!
    seen.set(id, outlined.get(id) ?? performance.now() + newCallMs)
  }
  outlined = seen
  outline()
  turn()
})

/** Whatever was put in place meanwhile, the outline lasts its time and not longer. */
function outline(): void {
  for (const call of region.querySelectorAll<HTMLElement>('[data-call]'))
    call.classList.toggle('okienko-display--new', (outlined.get(call.dataset['call']!) ?? 0) > performance.now())
}

function turn(): void {
  const shown = time.format(office + performance.now() - officeAt)
  if (shown === clock.textContent) return
  // Two clocks of one office on one screen: the bar of a demonstration turns with this one.
  const bar = document.querySelector('.okienko-demo__sentence')
  if (bar?.textContent?.endsWith(` ${clock.textContent}`)) bar.textContent = bar.textContent.slice(0, -clock.textContent.length) + shown
  clock.textContent = shown
}

setInterval(() => {
  outline()
  turn()
  if (performance.now() > freshMs && Number(clock.textContent.split(':')[0]) === reloadHour) location.reload()
}, 1_000)
