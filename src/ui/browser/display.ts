/**
 * The waiting room's screen: moves the office's clock on between two looks, outlines a new call for
 * eight seconds, and loads itself anew each night so that a screen nobody touches stays fresh.
 */
const newCallMs = 8_000
const lifeMs = 20 * 3600 * 1_000

const region = document.getElementById('numery')!
let lastCall = region.querySelector<HTMLElement>('[data-call]')?.dataset['call']
let clockAt = performance.now()

const time = new Intl.DateTimeFormat('pl', { timeZone: 'Europe/Warsaw', hour: 'numeric', minute: '2-digit' })

document.addEventListener('okienko:swapped', () => {
  clockAt = performance.now()
  const call = region.querySelector<HTMLElement>('[data-call]')
  const id = call?.dataset['call']
  if (call && id !== lastCall) {
    call.classList.add('okienko-display__call--new')
    setTimeout(() => region.querySelector(`[data-call="${id}"]`)?.classList.remove('okienko-display__call--new'), newCallMs)
  }
  lastCall = id
})

setInterval(() => {
  const clock = region.querySelector<HTMLElement>('[data-office-clock]')
  if (!clock) return
  const shown = time.format(Number(clock.dataset['officeClock']) + performance.now() - clockAt)
  if (shown === clock.textContent) return
  // Two clocks of one office on one screen: the bar of a demonstration turns with this one.
  const bar = document.querySelector('.okienko-demo__sentence')
  if (bar?.textContent?.endsWith(` ${clock.textContent}`)) bar.textContent = bar.textContent.slice(0, -clock.textContent.length) + shown
  clock.textContent = shown
}, 1_000)

setInterval(() => location.reload(), lifeMs)
