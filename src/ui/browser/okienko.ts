/**
 * The few things a page does better with script; without it everything still works. Guards a form
 * against a second press, brings focus to the error summary, and lets function keys press the
 * buttons that name them.
 */
const secondPressMs = 1_000

const sent = new WeakMap<HTMLFormElement, number>()

document.addEventListener('submit', (event) => {
  const form = event.target as HTMLFormElement
  const last = sent.get(form)
  if (last !== undefined && event.timeStamp - last < secondPressMs) event.preventDefault()
  else sent.set(form, event.timeStamp)
})

const summary = document.querySelector<HTMLElement>('[data-module="govuk-error-summary"]')
if (summary) {
  summary.tabIndex = -1
  summary.focus()
}

// A link of the summary leads to the field itself, not only to its place on the page.
document.addEventListener('click', (event) => {
  const link = (event.target as Element).closest?.('.govuk-error-summary a[href^="#"], .govuk-skip-link')
  const target = link && document.getElementById(link.getAttribute('href')!.slice(1))
  if (!target) return
  if (target.matches('main')) target.tabIndex = -1
  target.focus()
})

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || event.repeat || !/^F\d+$/.test(event.key)) return
  if (document.body.dataset['keys'] === 'off') return
  const button = document.querySelector<HTMLElement>(`[data-key="${event.key}"]`)
  if (!button) return
  event.preventDefault()
  button.focus()
  button.click()
})

// What the server marked to be read first after an act, such as the number just called.
document.querySelector<HTMLElement>('[data-focus]')?.focus()

for (const button of document.querySelectorAll<HTMLElement>('[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => print())
}
