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
      lines: z.array(z.string()).nullable().describe('the address as lines of an envelope, for letters'),
      ofOffice: z.boolean().describe('the unit gives no address of its own for this; it is the general one of the office'),
      call: stepSchema.nullable(),
      quarantineHours: z.number().optional().describe('what comes in this way lies so many hours before anybody takes it up'),
      dropOff: z.array(z.record(z.string(), z.unknown())).optional().describe('how papers are left, where an act says more'),
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
  questions: z.array(z.array(z.string())).describe('means whose answer changes the advice; of each inner list any one does'),
  payment: z
    .object({
      basis: z.array(basisSchema),
      accounts: z.array(z.record(z.string(), z.unknown())),
      ask: stepSchema.nullable(),
      only: z.boolean().optional().describe('no other way to pay is open'),
      attachProof: z.boolean().optional().describe('the proof of payment goes with the papers'),
    })
    .nullable(),
  fees: z.array(
    z.object({
      fee: z.record(z.string(), z.unknown()),
      owed: z.boolean(),
      account: z.record(z.string(), z.unknown()).nullable().describe('of the kind of fee; null where none is known: no other is used'),
      recipient: z.string(),
      code: z
        .string()
        .nullable()
        .describe(
          'text of a QR code by the 2D recommendation of the Polish Bank Association; null where account, amount or title is not known',
        ),
    }),
  ),
  next: z.array(stepSchema),
  sources: z
    .object({ presence: sourced, signature: sourced, caseKind: sourced })
    .describe('what the office file says of the matter, on which the answer depends'),
})
