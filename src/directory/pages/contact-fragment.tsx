/**
 * The list of phones and addresses for the Public Information Bulletin: plain markup without classes and scripts,
 * in Polish, to be pasted or fetched into any of its engines.
 */
import type { JSX } from 'preact'
import { minuteTime, phoneForReading, plainDay, words } from '../../platform/words.js'
import type { Contact } from '../contacts.js'
import type { Directory } from '../model.js'
import { roomText } from '../place.js'

const t = words('pl')
const said = (key: string): string => t(`directory.contacts.${key}`)

export function ContactFragment({ directory, contacts }: { directory: Directory; contacts: readonly Contact[] }): JSX.Element {
  return (
    <article lang="pl">
      <h2>{said('title')}</h2>
      <table>
        <thead>
          <tr>
            {['unit', 'phone', 'email', 'address', 'room', 'hours', 'confirmed'].map((each) => (
              <th scope="col">{said(each)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {contacts.map((contact) => (
            <tr>
              <th scope="row">{contact.name}</th>
              <td>{contact.phones.map(phoneForReading).join(', ')}</td>
              <td>{contact.email}</td>
              <td>{contact.address}</td>
              <td>{contact.room === null ? '–' : roomText(t, contact.room)}</td>
              <td>{contact.hours?.intervals.map(({ from, to }) => `${minuteTime(from)}–${minuteTime(to)}`).join(', ') || '–'}</td>
              <td>{contact.confirmedOn === null ? '–' : plainDay('pl', contact.confirmedOn)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        {said('e-delivery')}: {directory.office.eDelivery ?? said('e-delivery-unknown')}
      </p>
    </article>
  )
}
