/**
 * The guard's page when the network is away: a scan must not lead to the browser's own error page,
 * with the list and the answer gone. Before a form is sent or a link followed the server is asked
 * whether it is there; if not, the page stays and says what to do.
 */
const askMs = 3_000

const said = document.querySelector<HTMLElement>('[data-offline]')
const scan = document.querySelector<HTMLInputElement>('.okienko-scan input[name="kod"]')
let asking = false

document.addEventListener('submit', (event) => {
  const form = event.target as HTMLFormElement
  if (event.defaultPrevented || !form.closest('main')) return
  event.preventDefault()
  const pressed = event.submitter as HTMLButtonElement | null
  void whenThere(() => {
    // Sent from here a form leaves out which button was pressed.
    if (pressed?.name) {
      const value = document.createElement('input')
      Object.assign(value, { type: 'hidden', name: pressed.name, value: pressed.value })
      form.append(value)
    }
    form.submit()
  }, form)
})

document.addEventListener('click', (event) => {
  const link = (event.target as Element).closest?.<HTMLAnchorElement>('main a[href^="/"]')
  if (!link || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
  event.preventDefault()
  void whenThere(() => location.assign(link.href))
})

async function whenThere(go: () => void, form?: HTMLFormElement): Promise<void> {
  if (asking) return
  asking = true
  const there = await fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(askMs) }).then(
    (answer) => answer.ok,
    () => false,
  )
  asking = false
  if (there) return go()
  form?.dispatchEvent(new Event('okienko:unsent', { bubbles: true }))
  if (!said) return
  said.textContent = said.dataset['offline'] ?? ''
  said.hidden = false
  // The next scan takes the place of this one.
  scan?.focus()
  scan?.select()
}

document.addEventListener('okienko:swapped', () => {
  if (said) said.hidden = true
})
