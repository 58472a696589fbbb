/**
 * Signs of what must be worn or done, after the mandatory signs of ISO 7010: white on a dark disc. Each
 * stands beside its words and says nothing that they do not, so that it is hidden from who listens.
 */
import type { JSX } from 'preact'

const head = <circle cx="32" cy="24" r="11" />
const body = <path d="M12 56c0-12 9-18 20-18s20 6 20 18z" />

const drawn: Readonly<Record<string, JSX.Element>> = {
  'cover-nose-and-mouth': (
    <>
      {head}
      {body}
      <path fill="currentColor" d="M22 25h20v5q-2 7-10 7t-10-7z" />
      <path fill="none" stroke="currentColor" stroke-width="2" d="M20 22l4 3M44 22l-4 3M25 30h14" />
    </>
  ),
  visor: (
    <>
      {head}
      {body}
      <path fill="none" stroke="currentColor" stroke-width="2" d="M20 17q12-7 24 0l1 16q-13 8-26 0z" />
    </>
  ),
  gloves: (
    <path d="M20 56V34l-6-8q-2-4 2-5 2 0 4 3l3 4V12q0-3 3-3t3 3v12h1V9q0-3 3-3t3 3v15h1V11q0-3 3-3t3 3v14h1v-9q0-3 3-3t3 3v22q0 5-4 9v9z" />
  ),
  'disinfect-hands': (
    <>
      <path d="M30 8h14v4h-5v6h5q5 0 5 5v33H25V23q0-5 5-5h4v-6h-4z" />
      <path fill="currentColor" d="M35 30h4v6h6v4h-6v6h-4v-6h-6v-4h6z" />
      <path d="M18 16q5 7 0 9-5-2 0-9zM13 30q5 7 0 9-5-2 0-9z" />
    </>
  ),
  distance: (
    <>
      <circle cx="14" cy="18" r="6" />
      <path d="M7 50V34q0-7 7-7t7 7v16z" />
      <circle cx="50" cy="18" r="6" />
      <path d="M43 50V34q0-7 7-7t7 7v16z" />
      <path d="M24 37l5-5v3h6v-3l5 5-5 5v-3h-6v3z" />
    </>
  ),
  'own-pen': <path d="M44 8l12 12-30 30-14 4 4-14zM14 58h36v3H14z" />,
  badge: (
    <>
      <path d="M26 6h12v8H26z" />
      <path d="M16 16h32v40H16z" />
      <circle fill="currentColor" cx="32" cy="30" r="6" />
      <path fill="currentColor" d="M22 50q0-11 10-11t10 11z" />
    </>
  ),
  symptoms: (
    <>
      <path d="M32 8L8 30h6v26h36V30h6z" />
      <path fill="currentColor" d="M30 28h4v8h8v4h-8v8h-4v-8h-8v-4h8z" />
    </>
  ),
}

const same: Readonly<Record<string, string>> = { mask: 'cover-nose-and-mouth' }

/** The sign of an obligation; of one without a drawing the general sign. */
export function Sign({ of }: { readonly of: string }): JSX.Element {
  const glyph = drawn[same[of] ?? of] ?? <path d="M27 10h10l-2 30h-6zM27 46h10v9H27z" />
  return (
    // In a box of its own: a picture alone would give way to long words.
    <span>
      <svg viewBox="-12 -12 88 88" width="64" height="64" fill="#fff" aria-hidden="true" focusable="false">
        <circle fill="currentColor" cx="32" cy="32" r="44" />
        {glyph}
      </svg>
    </span>
  )
}
