/** What is paid in a matter and how, as far as a source says; where nothing is paid no account is shown. */
import type { JSX } from 'preact'
import type { Directory, Fee, Service } from '../../directory/index.js'
import type { Advice } from '../../regulation/index.js'
import { BasisLine, PhoneLink, useWords } from '../../ui/index.js'
import { FromOffice } from './parts.js'

export function Fees({ directory, service, advice }: { directory: Directory; service: Service; advice: Advice }): JSX.Element {
  const t = useWords()
  return (
    <>
      <h2 class="govuk-heading-m">{t('booking-pages.fees')}</h2>
      {service.fees.length === 0 ? (
        <p class="govuk-body">{t('booking-pages.fees-unknown')}</p>
      ) : (
        <>
          <ul class="govuk-list govuk-list--bullet">
            {service.fees.map((fee) => (
              <li>
                <FeeText fee={fee} />
              </li>
            ))}
          </ul>
          <Payment directory={directory} service={service} advice={advice} />
        </>
      )}
    </>
  )
}

function FeeText({ fee }: { fee: Fee }): JSX.Element {
  const t = useWords()
  return (
    <>
      <FromOffice>{fee.name}</FromOffice>: {amount(t, fee.pln)}
      {fee.asOf !== null && (
        <>
          {' '}
          (<FromOffice>{fee.asOf}</FromOffice>)
        </>
      )}
    </>
  )
}

function amount(t: ReturnType<typeof useWords>, pln: number | null): string {
  if (pln === null) return t('booking-pages.fee-unknown')
  return pln === 0 ? t('booking-pages.fee-none') : t('booking-pages.fee', { pln })
}

/** Accounts of the kinds of fee that are owed, each with what the office asks of who pays into it. */
function Payment({ directory, service, advice }: { directory: Directory; service: Service; advice: Advice }): JSX.Element {
  const t = useWords()
  const owed = new Set<string>(service.fees.filter((fee) => fee.pln !== 0).map((fee) => fee.kind))
  const accounts = advice.payment?.accounts ?? directory.office.payments.filter((account) => owed.has(account.kind))
  return (
    <>
      {advice.payment !== null && <p class="govuk-body">{t('regulation.way.payment')}</p>}
      {accounts.map((account) => (
        <p class="govuk-body okienko-breakable">
          {t('regulation.way.payment.account', { kind: t(`regulation.fee.${account.kind}`), account: spacedAccount(account.account) })}
          {account.note !== null && (
            <>
              <br />
              <FromOffice>{account.note}</FromOffice>
            </>
          )}
        </p>
      ))}
      {advice.payment !== null && <BasisLine basis={advice.payment.basis} />}
      {advice.payment?.ask?.phone !== undefined && (
        <p class="govuk-body">
          {t('regulation.way.payment.ask')} <PhoneLink phone={advice.payment.ask.phone} />
        </p>
      )}
    </>
  )
}

/** "26 1020 3088 …": as accounts are written and read out. */
function spacedAccount(account: string): string {
  return account.replace(/^(\d{2})(\d+)$/, (_, check: string, rest: string) => `${check} ${rest.replaceAll(/(\d{4})(?=\d)/g, '$1 ')}`)
}
