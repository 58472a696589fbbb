/** Each fee and its own account; the code for bank apps, read back from what is drawn. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { lesznoDirectory } from '../../tests/support/rules.js'
import { readQrCode } from '../../tests/support/qr-reader.js'
import { QrCode, renderFragment } from '../ui/index.js'
import type { OfficeFile } from './file.js'
import { feePayments, isAccount, payAfterFiling, spacedAccount, type Fee } from './index.js'

const matter = 'usuniecie-drzew'
const account = '26102030880000830200057513'
/** Check digits hold; invented. */
const licences = '61109010140000071219812874'

const fee: Fee = { kind: 'stamp-duty', name: 'pełnomocnictwo', pln: 17, asOf: null, source: null, title: 'opłata skarbowa, pełnomocnictwo' }

function paymentsOf(fees: readonly Fee[], change: (file: OfficeFile) => OfficeFile = (file) => file) {
  const office = lesznoDirectory((file) =>
    change({ ...file, services: file.services.map((each) => (each.id === matter ? { ...each, fees } : each)) }),
  )
  const service = office.services.get(matter)
  assert.ok(service)
  return feePayments(office, service)
}

const accounts = (entries: readonly { kind: string; account: string }[]) => (file: OfficeFile) => ({
  ...file,
  payments: {
    ...file.payments,
    accounts: entries.map((each) => ({ ...each, name: each.kind, bank: null, note: null, source: 'https://example.pl' })),
  },
})

const codes: readonly (readonly [string, Partial<Fee>, string | null])[] = [
  ['all known', {}, `6970020756|PL|${account}|001700|Urząd Miasta Leszna|opłata skarbowa, pełnomocnictwo|||`],
  ['grosze', { pln: 100.5 }, `6970020756|PL|${account}|010050|Urząd Miasta Leszna|opłata skarbowa, pełnomocnictwo|||`],
  ['grosze that binary fractions miss', { pln: 4.35, title: 'x' }, `6970020756|PL|${account}|000435|Urząd Miasta Leszna|x|||`],
  ['more than six digits', { pln: 12_345.67, title: 'x' }, `6970020756|PL|${account}|1234567|Urząd Miasta Leszna|x|||`],
  ['a bar in the title parts no field', { title: 'wniosek|17 zł' }, `6970020756|PL|${account}|001700|Urząd Miasta Leszna|wniosek 17 zł|||`],
  ['no title', { title: undefined }, null],
  ['a title of signs alone', { title: '|' }, null],
  ['a title of 33 characters is not cut', { title: 'a'.repeat(33) }, null],
  ['no amount', { pln: null }, null],
  ['nothing to pay', { pln: 0 }, null],
  ['a kind without an account', { kind: 'licence' }, null],
]
for (const [title, change, expected] of codes)
  test(`the code for bank apps: ${title}`, () => {
    const code = paymentsOf([{ ...fee, ...change }])[0]?.code ?? null
    assert.equal(code, expected)
    if (code !== null) assert.equal(readQrCode(renderFragment(<QrCode text={code} label="" level="L" />, 'pl')), code)
  })

test('the reader of codes sees a wrong module', () => {
  const drawn = renderFragment(<QrCode text="6970020756|PL" label="" />, 'pl')
  assert.equal(readQrCode(drawn), '6970020756|PL')
  const dark = [...drawn.matchAll(/M\d+ \d+h1v1h-1z/g)].map(([whole]) => whole)
  // Finder patterns and codewords of correction are not read.
  const seen = dark.filter((each) => tryToRead(drawn.replace(each, '')) !== '6970020756|PL')
  assert.ok(seen.length > 50, `${seen.length} of ${dark.length}`)
})

function tryToRead(svg: string): string | null {
  try {
    return readQrCode(svg)
  } catch {
    return null
  }
}

const long = (file: OfficeFile): OfficeFile => ({ ...file, office: { ...file.office, name: 'Urząd Miasta i Gminy w Nowym Mieście' } })

test('the recipient is the office, or as the account names it; a code holds twenty characters of it', () => {
  assert.match(paymentsOf([fee], long)[0]?.code ?? '', /\|Urząd Miasta i Gminy\|/)
  const named = (file: OfficeFile): OfficeFile => ({
    ...long(file),
    payments: { ...file.payments, accounts: file.payments.accounts.map((each) => ({ ...each, recipient: 'Gmina Nowe Miasto' })) },
  })
  const [payment] = paymentsOf([fee], named)
  assert.match(payment?.code ?? '', /\|Gmina Nowe Miasto\|/)
  assert.equal(payment?.recipient, 'Gmina Nowe Miasto')
})

const kinds = ['stamp-duty', 'licence', 'vehicle', 'tax', 'other'] as const

test('no fee is ever given the account of another kind, nor one whose check digits do not hold', () => {
  const anyAccount = fc.constantFrom(account, licences, '26102030880000830200057514', '00000000000000000000000000')
  const anyAccounts = fc.uniqueArray(fc.record({ kind: fc.constantFrom(...kinds), account: anyAccount }), { selector: (each) => each.kind })
  const anyFee = fc.record({ kind: fc.constantFrom(...kinds), pln: fc.constantFrom(0, 17, 100.5, null) })
  fc.assert(
    fc.property(anyAccounts, fc.array(anyFee, { maxLength: 4 }), (given, fees) => {
      const payments = paymentsOf(
        fees.map((each) => ({ ...fee, ...each })),
        accounts(given),
      )
      for (const each of payments) {
        const own = given.find(({ kind }) => kind === each.fee.kind)?.account ?? ''
        const expected = each.fee.pln !== 0 && isAccount(own) ? own : null
        assert.equal(each.account?.account ?? null, expected)
        assert.equal(each.code?.split('|')[2] ?? null, expected !== null && each.fee.pln !== null ? expected : null)
      }
    }),
  )
})

test('the registry office asks to pay after filing; others say nothing of the kind', () => {
  const office = lesznoDirectory()
  const asks = [...office.services.values()].filter((service) => payAfterFiling(office, service) !== null)
  assert.deepEqual(new Set(asks.map((service) => service.unitId)), new Set(['usc']))
})

test('an account is read out in fours after its check digits', () => {
  assert.equal(spacedAccount(account), '26 1020 3088 0000 8302 0005 7513')
})
