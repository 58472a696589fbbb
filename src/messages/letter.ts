/** A message as it is read: what is kept, with its secrets back at their places. */
import type { Context } from '../platform/context.js'
import { inLanguage } from '../ui/index.js'
import { tell } from './deliveries.js'
import type { Letter } from './model.js'
import { reveal } from './render.js'
import type { MessageRow } from './store.js'

/** Null once it is erased. */
export function letterOf(context: Context, { content, email, phone, ...row }: MessageRow): Letter | null {
  if (content === null || (email === null && phone === null)) return null
  return {
    id: row.id,
    at: row.at,
    language: row.language,
    to: { email, phone },
    ...reveal(
      content,
      (secret) => tell(context, secret, row.language),
      (path) => context.publicUrl + inLanguage(path, row.language),
    ),
  }
}
