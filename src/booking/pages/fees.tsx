/**
 * What is paid in a matter and how, as far as a source says: each fee with its own account, or with
 * whom to ask. Where nothing is paid no account is shown.
 */
import type { JSX } from 'preact'
import {
  cashDeskOn,
  payAfterFiling,
  spacedAccount,
  type Directory,
  type Fee,
  type FeePayment,
  type Service,
} from '../../directory/index.js'
import type { Advice } from '../../regulation/index.js'
import { BasisLine, Details, PhoneLink, QrCode, SummaryList, Unbroken, useWords, WarningText, type SummaryRow } from '../../ui/index.js'
import { Copyable } from './copyable.js'
import { FromOffice } from './parts.js'

export interface FeesOptions {
  readonly directory: Directory
  readonly service: Service
  readonly advice: Advice
  /** For where the cash desk is. */
  readonly day: Temporal.PlainDate
  /** On a page for paper, where nothing can be unfolded. */
  readonly unfolded?: boolean
}

export function Fees(options: FeesOptions): JSX.Element {
  const t = useWords()
  const { advice } = options
  const owed = advice.fees.filter((each) => each.owed)
  return (
    <>
      <h2 class="govuk-heading-m">{t('booking-pages.fees')}</h2>
      {advice.fees.length === 0 ? (
        <p class="govuk-body">{t('booking-pages.fees-unknown')}</p>
      ) : (
        <ul class="govuk-list govuk-list--bullet">
          {advice.fees.map(({ fee }) => (
            <li>
              <FeeText fee={fee} />
            </li>
          ))}
        </ul>
      )}
      {owed.length > 0 && <Payment {...options} owed={owed} />}
    </>
  )
}

/** "wydanie zaświadczenia: 38,00 zł (opłata skarbowa, stan na 2020 r.)" */
function FeeText({ fee }: { fee: Fee }): JSX.Element {
  const t = useWords()
  const known = fee.pln !== null && fee.pln > 0
  const asOf = fee.asOf === null ? t('booking-advice.fee.undated') : t('booking-advice.fee.as-of', { day: fee.asOf })
  return (
    <>
      <FromOffice>{fee.name}</FromOffice>: {amount(t, fee.pln)}
      {fee.pln !== 0 && ` (${[t(`regulation.fee.${fee.kind}`), ...(known ? [asOf] : [])].join(', ')})`}
      {fee.note != null && (
        <>
          {'. '}
          <FromOffice>{fee.note}</FromOffice>
        </>
      )}
    </>
  )
}

function amount(t: ReturnType<typeof useWords>, pln: number | null): string {
  if (pln === null) return t('booking-pages.fee-unknown')
  return pln === 0 ? t('booking-pages.fee-none') : t('booking-pages.fee', { pln })
}

/** How to pay what is owed: by transfer, only after filing where the unit asks for that, or at the cash desk. */
function Payment({ directory, service, advice, day, unfolded = false, owed }: FeesOptions & { owed: readonly FeePayment[] }): JSX.Element {
  const t = useWords()
  const units = directory.unitAndParents(service.unitId)
  const phone = units.find((unit) => unit.phones.length > 0)?.phones[0] ?? directory.office.phone
  const later = payAfterFiling(directory, service) !== null
  const cashDesk = cashDeskOn(directory.office, day)
  const transfers = owed.map((payment) => <Transfer payment={payment} phone={phone} several={owed.length > 1} unfolded={unfolded} />)
  return (
    <>
      {later && <WarningText>{t('booking-advice.pay-after-filing')}</WarningText>}
      {advice.payment !== null && (
        <p class="govuk-body">{t(advice.payment.only === true ? 'regulation.way.payment.only' : 'regulation.way.payment')}</p>
      )}
      {advice.payment?.attachProof === true && <p class="govuk-body">{t('regulation.way.payment.proof')}</p>}
      {later ? (
        <Details summary={t('booking-advice.transfer.later')} open={unfolded}>
          {transfers}
        </Details>
      ) : (
        transfers
      )}
      {cashDesk !== null && advice.payment?.only !== true && (
        <p class="govuk-body">
          {t('booking-advice.cash-desk')}{' '}
          <FromOffice>
            <Unbroken text={cashDesk} />
          </FromOffice>
        </p>
      )}
      {advice.payment !== null && <BasisLine basis={advice.payment.basis} />}
    </>
  )
}

/** The transfer of one fee, line by line as a bank asks for it; what is not known is said, with whom to ask. */
function Transfer({
  payment,
  phone,
  several,
  unfolded,
}: {
  payment: FeePayment
  phone: string
  several: boolean
  unfolded: boolean
}): JSX.Element {
  const t = useWords()
  const { fee, account, recipient, code } = payment
  const kind = t(`regulation.fee.${fee.kind}`)
  const heading = several && (
    <h3 class="govuk-heading-s">
      <FromOffice>{fee.name}</FromOffice>
    </h3>
  )
  if (account === null)
    return (
      <>
        {heading}
        <p class="govuk-body">
          {t('booking-advice.account-unknown', { kind })} <PhoneLink phone={phone} />
        </p>
      </>
    )
  const row = (key: 'recipient' | 'account' | 'amount' | 'title', value: SummaryRow['value']): SummaryRow => ({
    key: t(`booking-advice.transfer.${key}`),
    value,
  })
  const ask = (what: 'amount' | 'title'): JSX.Element => (
    <>
      {t(`booking-advice.transfer.${what}-unknown`)} <PhoneLink phone={phone} />
    </>
  )
  return (
    <>
      {heading}
      <SummaryList
        rows={[
          { key: t('booking-advice.transfer.kind'), value: kind },
          row('recipient', <FromOffice>{recipient}</FromOffice>),
          row(
            'account',
            <Copyable text={account.account} label={t('booking-advice.transfer.account')}>
              {spacedAccount(account.account)}
            </Copyable>,
          ),
          row('amount', fee.pln === null ? ask('amount') : amount(t, fee.pln)),
          row(
            'title',
            fee.title === undefined ? (
              ask('title')
            ) : (
              <>
                <Copyable text={fee.title} label={t('booking-advice.transfer.title')}>
                  <FromOffice>{fee.title}</FromOffice>
                </Copyable>
                {fee.titleAssumed === true && t('booking-advice.transfer.title-assumed')}
              </>
            ),
          ),
          ...(account.note === null ? [] : [{ key: t('booking-advice.transfer.note'), value: <FromOffice>{account.note}</FromOffice> }]),
        ]}
      />
      {code !== null && (
        <Details summary={t('booking-advice.code')} open={unfolded}>
          <p class="govuk-body">{t('booking-advice.code.hint')}</p>
          <div class="okienko-pass__code">
            <QrCode text={code} label={t('booking-advice.code.label')} level="L" />
          </div>
        </Details>
      )}
    </>
  )
}
