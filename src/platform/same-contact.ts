/**
 * One form for what is one mailbox, for limits per contact. Messages go to the address as it was typed.
 */
import { domainToASCII } from 'node:url'

/** Mailboxes at which dots in front of the @ are nothing. */
const withoutDots = ['gmail.com']

/**
 * A phone as it is; an e-mail without what stands behind a plus, its domain in its one spelling, and
 * without dots where they mean nothing. Whoever has a domain has as many mailboxes as they wish: that
 * cannot be seen here.
 */
export function sameContact(contact: string): string {
  const at = contact.lastIndexOf('@')
  if (at < 1) return contact
  const plain = contact.slice(0, at).normalize('NFKC').toLowerCase()
  const box = plain.replace(/(?<=.)\+.*$/s, '')
  const typed = contact.slice(at + 1)
  const named = domainToASCII(typed) || typed.toLowerCase()
  const domain = named === 'googlemail.com' ? 'gmail.com' : named
  return `${withoutDots.includes(domain) ? box.replaceAll('.', '') || box : box}@${domain}`
}
