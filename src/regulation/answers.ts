/**
 * What `GET rules` and `GET advice` answer, for the OpenAPI document. The answers are written by
 * routes.ts; a test holds the two together.
 */
import { z } from 'zod'
import { basisSchema, stepSchema } from '../platform/decision-schema.js'
import { adviceCodes, adviceReasons } from './rules/advice.js'

const day = z.string().describe('as 2020-05-25')

export const rulesAnswer = z.array(
  z.object({
    id: z.string(),
    act: z.string().nullable().describe('number of the act; null for a setting of the office'),
    paragraph: z.string().nullable().describe('as § 1 ust. 4; null for a setting and for an act whose text is not held'),
    setting: z.string().nullable().describe('name of the setting of the office; null for a provision'),
    rank: z.enum(['statute', 'regulation', 'ordinance', 'setting']),
    title: z.string().nullable(),
    kind: z.string().describe('what is ruled; text-not-held for an act in force whose text the office does not hold'),
    parameters: z.record(z.string(), z.unknown()),
    scope: z.record(z.string(), z.unknown()).describe('where it holds; empty is everywhere'),
    binding: z.boolean(),
    from: day.nullable(),
    until: day.nullable(),
    condition: z.string().nullable().describe('a state on which it hangs, as the state of epidemic'),
    assumed: z.array(z.string()).describe('what no source settles'),
    sentence: z.string().describe('in the language asked for'),
  }),
)

const sourced = z.object({ value: z.string(), source: z.string().nullable().describe('null where the file gives none') })
const channel = z.enum(['e-delivery', 'epuap', 'email', 'post', 'drop-off'])

export const adviceAnswer = z.object({
  service: z.string(),
  at: z.string(),
  day,
  code: z.enum(adviceCodes),
  sentence: z.string(),
  ways: z.array(
    z.object({
      channel,
      signed: z.boolean().describe('what is sent or left needs a signature'),
      address: z.string().nullable().describe('null where no source gives it: then ring `call`'),
      call: stepSchema.nullable(),
      basis: z.array(basisSchema),
      sentence: z.string(),
    }),
  ),
  reasons: z.array(
    z.object({
      code: z.enum(adviceReasons),
      channel: channel.optional(),
      missing: z.array(z.array(z.string())).optional().describe('of each group one is missing'),
      basis: z.array(basisSchema),
      sentence: z.string(),
    }),
  ),
  payment: z
    .object({
      basis: z.array(basisSchema),
      accounts: z.array(z.record(z.string(), z.unknown())),
      ask: stepSchema.nullable(),
    })
    .nullable(),
  next: z.array(stepSchema),
  sources: z
    .object({ presence: sourced, signature: sourced, caseKind: sourced })
    .describe('what the office file says of the matter, on which the answer depends'),
})
