/** Joins class names, leaving out what does not apply; undefined when none does. */
export function classes(...names: (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(' ')
}
