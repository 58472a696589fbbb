/**
 * Files that are read into a field of the page, where they are seen before they are sent. Hidden without
 * script: the text is pasted then. What is no UTF-8 is taken for the letters spreadsheets of Polish Windows write.
 */
for (const part of document.querySelectorAll<HTMLElement>('[data-file-into]')) {
  const input = part.querySelector<HTMLInputElement>('input[type=file]')
  const field = document.querySelector<HTMLTextAreaElement>(`#${part.dataset['fileInto'] ?? ''}`)
  if (input === null || field === null) continue
  part.hidden = false
  input.addEventListener('change', () => void readInto(input, field))
}

async function readInto(input: HTMLInputElement, field: HTMLTextAreaElement): Promise<void> {
  const [file] = input.files ?? []
  if (file === undefined) return
  field.value = textOf(await file.arrayBuffer())
  field.focus()
}

function textOf(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1250').decode(bytes)
  }
}
