/**
 * What part of 200 times one actor has, with 100 working contacts and eight cores against 2,000
 * citizens: with nothing but the limits per contact, first come with proof of work, and by lot.
 */
import type pg from 'pg'
import { contest, hashesPerSecond, type Contest } from './fairness-model.js'
import type { Figures } from './harness.js'

const size: Contest = { citizens: 2_000, contacts: 100, desks: 4, seed: 20_200_605 }

/** Shares from 0 to 1; `fair_contacts_share` is the actor's part of all contacts. */
export async function fairnessBench(server: pg.ClientConfig): Promise<Figures> {
  const lot = await contest(server, 'bench_fair_lot', 'lot', size)
  const off = await contest(server, 'bench_fair_off', 'limits-only', size)
  const proof = await contest(server, 'bench_fair_proof', 'proof', size)
  return {
    fair_contacts_share: size.contacts / (size.contacts + size.citizens),
    fair_lot_share: lot.share,
    fair_off_share: off.share,
    fair_proof_share: proof.share,
    fair_lot_given: lot.given,
    fair_off_given: off.given,
    fair_proof_given: proof.given,
    fair_hashes_per_s: hashesPerSecond(),
  }
}
