/** A guard without the network puts right how many are inside. */
import { addAct, readList } from './door-kept.js'
import { building, inTurn, newAct, one } from './door-parts.js'

export function countRight(shown: { noList(): void; counted(): Promise<void> }): void {
  one('[data-count]').addEventListener('submit', (event) => {
    event.preventDefault()
    const form = event.target as HTMLFormElement
    const typed = form.querySelector<HTMLInputElement>('[name="ile"]')!
    const error = form.querySelector<HTMLElement>('[data-count-error]')!
    const wrong = !/^\d{1,5}$/.test(typed.value.trim()) || Number(typed.value) > 10_000
    error.hidden = !wrong
    error.textContent = wrong ? error.dataset['countError']! : ''
    form.dispatchEvent(new Event('okienko:unsent', { bubbles: true }))
    if (wrong) return typed.focus()
    void inTurn(async () => {
      const list = await readList(building)
      if (list === null) return shown.noList()
      await addAct(newAct(list, { kind: 'counted', inside: Number(typed.value), reason: form.querySelector('select')!.value }))
      typed.value = ''
      await shown.counted()
    })
  })
}
