/**
 * The service office's pages by keys: matters that follow what is typed, times by two digits, and a
 * time kept for the caller by Enter. Without script the same is done by lists, arrows and buttons.
 *
 * Digits count only while one of the times has the focus, so that they are no shortcuts of the page (WCAG 2.1.4).
 */
const answerMs = 10_000

let telling: ReturnType<typeof setTimeout> | undefined

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-suggest]')) suggest(form)
for (const days of document.querySelectorAll<HTMLElement>('[data-days]')) chooseByDigits(days)
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-hold]')) keepTimes(form)
for (const form of document.querySelectorAll<HTMLFormElement>('form:not([data-hold]):has([data-days])')) chooseOnly(form)

interface Suggested {
  /** How many there are, as a sentence. */
  readonly said: string
  readonly found: readonly { readonly name: string; readonly note: string; readonly href: string }[]
}

/** A list under the field: the combobox of the ARIA practices, with the first always chosen, so that Enter goes there. */
function suggest(form: HTMLFormElement): void {
  const field = form.querySelector<HTMLInputElement>('input')!
  const list = document.createElement('ul')
  const status = document.createElement('p')
  list.id = `${field.id}-list`
  list.className = 'okienko-suggested'
  list.hidden = true
  list.setAttribute('role', 'listbox')
  list.setAttribute('aria-label', form.querySelector('label')!.textContent.trim())
  status.className = 'govuk-visually-hidden'
  status.setAttribute('role', 'status')
  for (const [name, value] of Object.entries({
    role: 'combobox',
    'aria-autocomplete': 'list',
    'aria-expanded': 'false',
    'aria-controls': list.id,
  }))
    field.setAttribute(name, value)
  field.after(list, status)

  let asked = ''
  let asking: Promise<void> = Promise.resolve()
  const options = (): HTMLElement[] => [...list.querySelectorAll<HTMLElement>('[role="option"]')]
  const chosen = (): HTMLElement | null => list.querySelector('[aria-selected="true"]')
  const choose = (option: HTMLElement | undefined): void => {
    for (const each of options()) each.setAttribute('aria-selected', String(each === option))
    if (option) field.setAttribute('aria-activedescendant', option.id)
    else field.removeAttribute('aria-activedescendant')
  }
  const show = ({ said, found }: Suggested): void => {
    list.replaceChildren(
      ...found.map(({ name, note, href }, index) => {
        const option = document.createElement('li')
        option.id = `${list.id}-${index}`
        option.setAttribute('role', 'option')
        option.dataset['href'] = href
        const quiet = document.createElement('span')
        quiet.className = 'okienko-quiet'
        quiet.textContent = note
        option.append(name, ' ', quiet)
        option.addEventListener('mousedown', (event) => event.preventDefault())
        option.addEventListener('click', () => location.assign(href))
        return option
      }),
    )
    open(found.length > 0)
    choose(options()[0])
    status.textContent = said
  }
  const open = (is: boolean): void => {
    list.hidden = !is
    field.setAttribute('aria-expanded', String(is))
    if (!is) choose(undefined)
  }
  const ask = async (): Promise<void> => {
    const typed = field.value.trim()
    if (typed === asked) return
    asked = typed
    if (typed === '') return open(false)
    try {
      const address = `${form.dataset['suggest']!}?${new URLSearchParams([[field.name, typed]]).toString()}`
      const answer = await fetch(address, { headers: { accept: 'application/json' }, signal: AbortSignal.timeout(answerMs) })
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status))
      const suggested = (await answer.json()) as Suggested
      if (field.value.trim() === typed) show(suggested)
    } catch {
      // The form still finds it.
      open(false)
    }
  }
  field.addEventListener('input', () => void (asking = ask()))
  field.addEventListener('blur', () => open(false))
  field.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return
    const all = options()
    const at = all.indexOf(chosen()!)
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (all.length === 0) return
      event.preventDefault()
      open(true)
      choose(all[(at + (event.key === 'ArrowDown' ? 1 : all.length - 1)) % all.length])
    } else if (event.key === 'Escape') open(false)
  })
  const goOn = (): void => {
    const option = chosen()
    if (option) location.assign(option.dataset['href']!)
    else form.submit()
  }
  // Enter: what was typed last is found first, so that nobody waits for the list.
  form.addEventListener('submit', (event) => {
    if (field.value.trim() === '' || event.submitter?.matches(':focus')) return
    event.preventDefault()
    event.stopImmediatePropagation()
    void asking.then(goOn)
  })
}

/** The first digit chooses a day, each further one an hour of it; the same again, the next time in that hour. Of times to be ticked none is, until the space bar does. */
function chooseByDigits(days: HTMLElement): void {
  if (days.querySelector('input[name="start"][type="checkbox"]')) moveByArrows(days)
  const shown = [...days.querySelectorAll<HTMLElement>('[data-day]')]
  let day: HTMLElement | null = null
  const enter = (which: HTMLElement | null): void => {
    day = which
    for (const each of shown) each.toggleAttribute('data-chosen', each === which)
  }
  days.querySelector<HTMLElement>('[data-days-keys]')?.removeAttribute('hidden')
  days.dataset['digits'] = 'on'
  days.addEventListener('keydown', (event) => {
    const time = (event.target as Element).closest<HTMLInputElement>('input[name="start"]')
    if (!time || event.ctrlKey || event.altKey || event.metaKey) return
    if (event.key === 'Backspace') {
      event.preventDefault()
      return enter(null)
    }
    if (!/^\d$/.test(event.key)) return
    event.preventDefault()
    if (!day) {
      const wanted = shown[Number(event.key) - 1]
      if (!wanted) return
      enter(wanted)
      return wanted.querySelector<HTMLInputElement>('input[name="start"]')?.focus()
    }
    const ofHour = [...day.querySelectorAll<HTMLInputElement>(`input[data-digit="${event.key}"]`)]
    const several = time.type === 'checkbox'
    const next = ofHour[(ofHour.findIndex((each) => (several ? each === time : each.checked)) + 1) % ofHour.length]
    if (!next) return
    if (!several) next.checked = true
    next.focus()
  })
}

/** Times to be ticked are one stop of the Tab key and are gone through by arrows, as those of which one is chosen are by themselves. */
function moveByArrows(days: HTMLElement): void {
  const times = [...days.querySelectorAll<HTMLInputElement>('input[name="start"]')]
  const stopAt = (which: HTMLInputElement | undefined): void => {
    for (const each of times) each.tabIndex = each === which ? 0 : -1
  }
  stopAt(times.find((each) => each.checked) ?? times[0])
  days.addEventListener('focusin', (event) => {
    const at = times.indexOf(event.target as HTMLInputElement)
    if (at >= 0) stopAt(times[at])
  })
  days.addEventListener('keydown', (event) => {
    const at = times.indexOf(event.target as HTMLInputElement)
    if (at < 0 || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return
    const step = /^Arrow(Right|Down)$/.test(event.key) ? 1 : /^Arrow(Left|Up)$/.test(event.key) ? -1 : 0
    if (step === 0) return
    event.preventDefault()
    times[(at + step + times.length) % times.length]?.focus()
  })
}

/** Enter on a time, or a press on it, keeps it for the caller and leads to the name; leaving the page gives it back. */
function keepTimes(form: HTMLFormElement): void {
  const said = form.querySelector<HTMLElement>('[data-kept]')!
  const button = form.querySelector<HTMLButtonElement>('button[name="pokaz"][value="wstrzymaj"]')!
  let sent = false
  let keeping = false
  const keep = async (): Promise<void> => {
    if (keeping) return
    keeping = true
    const fields = new URLSearchParams()
    for (const [name, value] of new FormData(form)) if (typeof value === 'string') fields.append(name, value)
    try {
      const answer = await fetch(form.dataset['hold']!, { method: 'POST', body: fields, signal: AbortSignal.timeout(answerMs) })
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status))
      said.innerHTML = await answer.text()
      tell(form, said)
      form.querySelector<HTMLInputElement>('input[name="name"]')!.focus()
    } catch {
      // The form itself says why, with the times that are free now.
      form.requestSubmit(button)
    } finally {
      keeping = false
    }
  }
  form.addEventListener('submit', () => void (sent = true))
  form.addEventListener('keydown', (event) => {
    const time = (event.target as Element).closest<HTMLInputElement>('input[name="start"]')
    if (!time || event.key !== 'Enter' || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    time.checked = true
    void keep()
  })
  // By hand: arrows make clicks too, but with no finger or mouse.
  form.addEventListener('click', (event) => {
    if (event.detail > 0 && (event.target as Element).matches('input[name="start"]')) void keep()
  })
  form.addEventListener('change', (event) => {
    if ((event.target as Element).matches('input[name="start"]')) tell(form, said)
  })
  // Another tab may have kept another time for the next caller, and given this one back.
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void askKept(form, said)
  })
  window.addEventListener('pagehide', () => {
    const mine = said.querySelector<HTMLElement>('[data-left]:not([data-gone])')
    if (!sent && mine) navigator.sendBeacon('/praca/obsluga/pusc', new URLSearchParams())
  })
  tell(form, said)
}

/** Where nothing is kept, Enter on a time chooses it and leads to the button that books or moves; where several are ticked it is the form's own. */
function chooseOnly(form: HTMLFormElement): void {
  form.addEventListener('keydown', (event) => {
    const time = (event.target as Element).closest<HTMLInputElement>('input[name="start"][type="radio"]')
    if (!time || event.key !== 'Enter' || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    time.checked = true
    form.querySelector<HTMLElement>('button[data-key="F8"]')?.focus()
  })
}

/** Asks whether the time the page says is kept still is. */
async function askKept(form: HTMLFormElement, said: HTMLElement): Promise<void> {
  const sentence = said.querySelector<HTMLElement>('[data-left]')
  if (!sentence) return
  try {
    const answer = await fetch(form.dataset['hold']!, { signal: AbortSignal.timeout(answerMs) })
    if (!answer.ok || answer.redirected) return
    const { starts } = (await answer.json()) as { readonly starts: readonly string[] }
    sentence.toggleAttribute('data-gone', !starts.includes(keptStart(said)))
    tell(form, said)
  } catch {
    // Whether it is kept is judged when it is booked.
  }
}

function keptStart(said: HTMLElement): string {
  return said.querySelector<HTMLInputElement>('input[name="wstrzymany"]')?.value ?? ''
}

/** Says what holds now: the chosen time is kept, or another is and not that one, or it was until just now. */
function tell(form: HTMLFormElement, said: HTMLElement): void {
  clearTimeout(telling)
  const sentence = said.querySelector<HTMLElement>('[data-left]')
  if (!sentence) return
  const { dataset } = sentence
  const until = Number((dataset['until'] ??= String(performance.now() + Number(dataset['left']))))
  const chosen = form.querySelector<HTMLInputElement>('input[name="start"]:checked')?.value
  const other = dataset['gone'] !== undefined || (chosen !== undefined && chosen !== keptStart(said))
  const now = dataset[other ? 'other' : until <= performance.now() ? 'over' : 'now'] ?? ''
  if (sentence.textContent !== now) sentence.textContent = now
  if (until > performance.now()) telling = setTimeout(() => tell(form, said), until - performance.now() + 1)
}
