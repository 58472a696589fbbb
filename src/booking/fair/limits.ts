/** How often one contact may be tried in this process: a person never notices, a program that goes through names does. */
import type { Context } from '../../platform/context.js'
import { sameContact } from '../../platform/same-contact.js'
import { limiter, type Limiter } from '../../platform/http/limiter.js'
import type { Person } from '../../visit/index.js'

/** A whole family books with one phone; nobody sends one form thirty times in a minute. */
const perContact = { burst: 30, perMinute: 6 }

const limiters = new WeakMap<Context['database'], Limiter>()

/** Seconds until the person's phone and e-mail may be tried again; 0 now, and it is counted. */
export function contactWait(context: Context, { phone, email }: Pick<Person, 'phone' | 'email'>): number {
  let limit = limiters.get(context.database)
  if (limit === undefined) limiters.set(context.database, (limit = limiter(perContact)))
  const waits = [phone, email]
    .filter((contact) => contact !== null)
    .map((contact) => limit(context.secrets.contactHash(sameContact(contact)).toString('base64'), performance.now()))
  return Math.max(0, ...waits)
}
