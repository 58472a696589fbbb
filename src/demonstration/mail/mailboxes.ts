/** The mailboxes of the demonstration: no server stands behind them, mails are written on a page. */
import type { MailboxFacts } from '../../inbox/index.js'

export const shared: MailboxFacts = {
  id: 'pokaz-urzad',
  name: 'Skrzynka urzędu',
  unit: null,
  otherwise: 'biuro-obslugi',
  address: 'urzad@leszno.example',
}

export const ofUnit: MailboxFacts = {
  id: 'pokaz-komunikacja',
  name: 'Skrzynka Wydziału Komunikacji',
  unit: 'wydzial-komunikacji',
  otherwise: 'wydzial-komunikacji',
  address: 'komunikacja@leszno.example',
}

export const demonstrationMailboxes: readonly MailboxFacts[] = [shared, ofUnit]
