/** The shapes of decision.ts as schemas: what answers of the API say of basis and next steps. */
import { z } from 'zod'

export const valuesSchema = z.record(z.string(), z.union([z.string(), z.number()]))

export const basisSchema = z.union([
  z.object({
    kind: z.literal('provision'),
    act: z.string().describe('number of the act, as K/219/2020'),
    reference: z.string().describe('paragraph, as § 1 ust. 4'),
    provision: z.string(),
  }),
  z.object({ kind: z.literal('setting'), setting: z.string().describe('name of the setting of the office') }),
])

export const stepSchema = z.object({
  kind: z.string(),
  href: z.string().optional(),
  phone: z.string().optional(),
  email: z.string().optional(),
  values: valuesSchema.optional(),
})
