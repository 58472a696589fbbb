/** Buttons that copy what stands beside them; they stay hidden where the browser lets no page copy. */
const saidMs = 4_000

if (navigator.clipboard !== undefined)
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-copy]')) {
    button.hidden = false
    button.addEventListener('click', () => void copy(button))
  }

async function copy(button: HTMLButtonElement): Promise<void> {
  const said = button.parentElement?.querySelector('[role="status"]')
  try {
    await navigator.clipboard.writeText(button.dataset['copy'] ?? '')
  } catch {
    return
  }
  if (!said) return
  said.textContent = button.dataset['copied'] ?? ''
  setTimeout(() => (said.textContent = ''), saidMs)
}
