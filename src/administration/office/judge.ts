/**
 * What is wrong with the office as it would be: judged as a loaded file is, and only what was not wrong
 * before is told, at the field it belongs to or with the thing it is about. Pure.
 */
import { officeFindings, thingAt, type OfficeFile } from '../../directory/index.js'
import type { Finding } from '../../platform/documents.js'
import { fieldAt } from './fields.js'
import type { Field } from '../form/fields.js'
import type { Conflict, Faults } from './model.js'

/** The form in which something is edited. */
export interface Focus {
  readonly part: string
  readonly subject: string
  readonly fields: readonly Field[]
  readonly body: unknown
}

export function judge(before: OfficeFile, after: OfficeFile, focus: Focus | null): Faults {
  const faults = newFindings(before, after).map((finding) => {
    const thing = placeOf(after, finding)
    const here = focus !== null && thing?.part === focus.part && thing.subject === focus.subject
    const field = here ? fieldAt(focus.fields, thing.rest, focus.body) : null
    return { finding, thing, field }
  })
  const errors = faults.flatMap(({ finding, field }) =>
    field === null ? [] : [{ field, message: finding.message, values: finding.values }],
  )
  return {
    errors: errors.filter(({ field }, index) => errors.findIndex((each) => each.field === field) === index),
    conflicts: faults.flatMap(({ finding, thing, field }): Conflict[] =>
      field === null ? [{ thing, message: finding.message, values: finding.values }] : [],
    ),
  }
}

/** The thing it is about and the place within it; of what is missing, the place where it should be. */
export function placeOf(file: OfficeFile, { pointer, message, values }: Finding): ReturnType<typeof thingAt> {
  return thingAt(file, message.endsWith('.missing') ? `${pointer}/${values['key']}` : pointer)
}

export function isRight({ errors, conflicts }: Faults): boolean {
  return errors.length === 0 && conflicts.length === 0
}

/** An office whose file would not fit the schema, as one of long ago, is judged whole: deeper faults could not be seen. */
export function newFindings(before: OfficeFile, after: OfficeFile): readonly Finding[] {
  const old = officeFindings(before)
  const known = new Set(old.some(({ message }) => message.startsWith('platform-staff.')) ? [] : old.map((each) => saying(before, each)))
  return officeFindings(after).filter((each) => !known.has(saying(after, each)))
}

/** The same fault of the same thing, wherever it stands in the file. */
function saying(file: OfficeFile, { pointer, message, values }: Finding): string {
  const thing = thingAt(file, pointer)
  return JSON.stringify([thing?.part ?? pointer, thing?.subject, thing?.rest, message, values])
}
