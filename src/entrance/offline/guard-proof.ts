/** Says whose list a device holds, so that what is done by it counts as that guard's, whoever is signed in when it is sent. */
import { timingSafeEqual } from 'node:crypto'
import type { Context } from '../../platform/context.js'

export interface ProofOf {
  readonly accountId: number
  readonly buildingId: string
  readonly day: Temporal.PlainDate
}

/** Account, day and what proves both: `17.2020-05-26.…`. */
export function guardProof(context: Pick<Context, 'secrets'>, { accountId, buildingId, day }: ProofOf): string {
  const said = `${accountId}.${day}`
  return `${said}.${context.secrets.signatureOf('door-guard', `${said}.${buildingId}`).toString('base64url')}`
}

/** The guard of a proof given for this door; null when it was not given by us. */
export function guardOfProof(context: Pick<Context, 'secrets'>, proof: string, buildingId: string): number | null {
  const [, account = '', day = ''] = /^(\d{1,9})\.(\d{4}-\d{2}-\d{2})\.[\w-]{43}$/.exec(proof) ?? []
  if (account === '') return null
  const right = Buffer.from(guardProof(context, { accountId: Number(account), buildingId, day: Temporal.PlainDate.from(day) }))
  const given = Buffer.from(proof)
  return right.length === given.length && timingSafeEqual(right, given) ? Number(account) : null
}
