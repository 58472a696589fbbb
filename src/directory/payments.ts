/**
 * Where each fee of a matter is paid, and the code a bank's app reads it from.
 *
 * A fee is paid into the account of its own kind or into none: no account is ever borrowed. An
 * account whose check digits do not hold is as good as unknown. A code is made only where account,
 * amount and title are known and nothing of them has to be cut. Pure.
 */
import { isAccount } from './check.js'
import type { Directory, Fee, Office, PaymentAccount, Service } from './model.js'

/** A fee of a matter and where it goes. */
export interface FeePayment {
  readonly fee: Fee
  /** False for a fee of nothing. */
  readonly owed: boolean
  /** Account of the kind of fee; null when none is known, and where nothing is owed. */
  readonly account: PaymentAccount | null
  readonly recipient: string
  /** What a bank's app reads from the QR code; null where something of it is not known or too long. */
  readonly code: string | null
}

/** The fees of a matter in the order of the office file. */
export function feePayments({ office }: Directory, service: Service): readonly FeePayment[] {
  return service.fees.map((fee) => {
    const owed = fee.pln !== 0
    const account = owed ? accountFor(office, fee) : null
    const recipient = account?.recipient ?? office.name
    return { fee, owed, account, recipient, code: account === null ? null : transferCode(office, fee, account) }
  })
}

/** The page of the unit, or of one above it, that asks to pay only after filing; null where none does. */
export function payAfterFiling(directory: Directory, service: Service): { readonly source: string } | null {
  return directory.unitAndParents(service.unitId).find((unit) => unit.payAfterFiling !== null)?.payAfterFiling ?? null
}

function accountFor(office: Office, fee: Fee): PaymentAccount | null {
  return office.payments.find((each) => each.kind === fee.kind && isAccount(each.account)) ?? null
}

/** Longest name and title the code holds. */
const recipientCharactersMax = 20
const titleCharactersMax = 32

/**
 * Text of the code of the Polish Bank Association's recommendation on 2D codes (version 1.0 of
 * 3 December 2013): NIP, country, account, grosze in six digits or more, name of the recipient,
 * title, three reserved fields, each after a bar. A cut title would be another one: then no code.
 * The recipient is named by the account, so that a longer name is cut.
 */
function transferCode(office: Office, fee: Fee, account: PaymentAccount): string | null {
  const title = plain(fee.title ?? '')
  if (fee.pln === null || title === '' || title.length > titleCharactersMax) return null
  const grosze = String(Math.round(fee.pln * 100)).padStart(6, '0')
  const recipient = plain(account.recipient ?? office.name)
    .slice(0, recipientCharactersMax)
    .trim()
  return [office.nip ?? '', 'PL', account.account, grosze, recipient, title, '', '', ''].join('|')
}

/** Letters, digits and the signs the recommendation allows; the bar parts fields. */
function plain(text: string): string {
  return text
    .replaceAll(/[^\p{L}\p{N} ,./\\\-@#&*]/gu, ' ')
    .replaceAll(/ +/g, ' ')
    .trim()
}

/** Where fees can be paid in person on a day; null when no source gives it. */
export function cashDeskOn({ cashDesk }: Office, day: Temporal.PlainDate): string | null {
  if (cashDesk === null) return null
  const then = (cashDesk.earlier ?? []).find(
    ({ from, until }) => Temporal.PlainDate.compare(from, day) <= 0 && Temporal.PlainDate.compare(day, until) <= 0,
  )
  return then?.where ?? cashDesk.where
}

/** "26 1020 3088 …": as accounts are written and read out. */
export function spacedAccount(account: string): string {
  return account.replace(/^(\d{2})(\d+)$/, (_, check: string, rest: string) => `${check} ${rest.replaceAll(/(\d{4})(?=\d)/g, '$1 ')}`)
}
