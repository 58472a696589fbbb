/** What bodies and answers of /api/v1 about visits and requests look like, and what the OpenAPI document says besides. */
import { z } from 'zod'
import type { ApiNotes } from '../platform/http/api-document.js'
import { visitNeeds } from '../visit/index.js'
import { dayParts, limitExceptions } from './model.js'

export const text = (max: number) => z.string().max(max)
export const personBody = z.object({
  name: text(500),
  email: text(500).nullish(),
  phone: text(100).nullish(),
})
/** What the visit is for besides its matter. */
const wishBody = {
  more: z.array(text(200)).max(10).optional().describe('further matters of the same visit, by id'),
  persons: z.int().min(1).max(9).optional().describe('persons who have these matters, one after another'),
  moreTime: z.boolean().optional().describe('the person needs more time'),
  building: text(200).optional().describe('another building whose desks handle it'),
}
export const visitBody = z.object({
  service: text(200).min(1),
  ...wishBody,
  start: text(60).describe('with its offset, as 2020-05-26T09:20:00+02:00'),
  channel: z.enum(['web', 'phone', 'email', 'request', 'counter']).describe('callers who are not signed in book by web'),
  person: personBody,
  urgent: z.boolean().optional().describe('it is urgent or cannot be settled otherwise'),
  needs: z.array(z.enum(visitNeeds)).max(visitNeeds.length).optional().describe('what the office prepares; erased with the contact'),
  onBehalf: z.boolean().optional().describe('who comes settles it for somebody else'),
  language: z.enum(['pl', 'en', 'uk']).optional(),
  proof: text(1_000).optional().describe('the solution of a challenge of GET /api/v1/proof, once; without one only while it is calm'),
  limitException: z.enum(limitExceptions).optional().describe('staff only: why the limits are passed'),
})
export const requestBody = z.object({
  service: text(200).min(1),
  times: z
    .array(z.object({ day: text(10).optional(), weekday: z.int().min(1).max(7).optional(), part: z.enum(dayParts) }))
    .max(40)
    .optional(),
  person: personBody,
  urgent: z.boolean().optional(),
  language: z.enum(['pl', 'en', 'uk']).optional(),
})
export const visitAnswer = z.object({
  reference: z.string(),
  state: z.string(),
  service: z.string(),
  building: z.string(),
  start: z.string(),
  end: z.string(),
  secret: z.string().optional(),
  confirmUntil: z.string().optional().describe('of a pending visit: it lapses then unless it is confirmed by the code sent to the person'),
  ticket: z.string().nullable().optional(),
})
export const requestAnswer = z.object({
  reference: z.string(),
  secret: z.string(),
  state: z.string(),
  service: z.string(),
  unit: z.string(),
})
export const confirmBody = z.object({ code: text(30).optional().describe('six digits of the message; staff confirm without') })
export const sendBody = z.object({ round: z.int().min(1).max(3).describe('which message was the last: asked twice, one more is sent') })
export const byReference = z.object({ reference: z.string().max(40) })
const noStore = { 'Cache-Control': 'no-store' }
const unopened = { 401: 'secret-missing', 404: 'unknown-visit: no such visit, or another secret' }
const keyed = 'invalid-input, key-invalid, key-reused'
/** What the OpenAPI document says besides the schemas. */
export const notes = {
  book: {
    api: {
      access: 'anyone-or-staff',
      key: 'required',
      problems: {
        400: 'bad-request, key-missing',
        403: 'channel-not-allowed: who is not signed in books by web; not-your-unit: a matter of another unit; foreign-origin',
        404: 'unknown-service',
        409: 'slot-taken, not-offered, too-soon, too-far, limit-open, limit-service-day, proof-needed, channel-not-offered and what the acts in force do not allow',
        422: keyed,
        429: 'too-many-tries: the contact was tried many times; Retry-After says when again',
      },
      headers: { 201: { Location: 'the address of the visit', ...noStore } },
    },
  },
  read: { api: { access: 'visit', problems: unopened, headers: { 200: noStore } } },
  times: {
    api: {
      access: 'visit',
      problems: { ...unopened, 409: 'the state of the visit or its time does not allow a move', 422: 'invalid-input' },
      headers: { 200: noStore },
    },
  },
  change: {
    api: {
      access: 'visit',
      key: 'optional',
      problems: { ...unopened, 409: 'the state of the visit, its time or the new time does not allow it', 422: keyed },
    },
  },
  confirm: {
    api: {
      access: 'visit',
      problems: {
        ...unopened,
        409: 'code-wrong, code-tries, code-sends, confirm-expired, or the state of the visit',
        422: 'invalid-input',
      },
    },
  },
  request: { api: { access: 'anyone', key: 'optional', problems: { 404: 'unknown-service', 422: keyed }, headers: { 201: noStore } } },
} as const satisfies Record<string, { api: ApiNotes }>
