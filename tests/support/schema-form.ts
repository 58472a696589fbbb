/** What a browser would send of a form made of a schema, as it was shown. */
import { fieldName, inRow, type Field } from '../../src/administration/form/fields.js'
import type { Typed } from '../../src/administration/form/typed.js'

export function bodyOf(fields: readonly Field[], typed: Typed): Record<string, string | readonly string[]> {
  const names = fields.flatMap((field): readonly string[] =>
    field.type === 'rows'
      ? Array.from({ length: 12 }, (_, index) => index).flatMap((index) => field.fields.map((each) => fieldName(inRow(field, index, each))))
      : [fieldName(field)],
  )
  return Object.fromEntries(
    names.flatMap((name): readonly (readonly [string, string | readonly string[]])[] => {
      const list = typed.list(name)
      return list.length === 0 ? [] : [[name, list.length === 1 ? (list[0] ?? '') : list]]
    }),
  )
}
