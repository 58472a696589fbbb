/**
 * Mails of the seeded day: people wrote before the office opened, through the same intake as any mail,
 * so that the lists of the clerks are not empty on the first look. The people are made up.
 */
import assert from 'node:assert/strict'
import { instantOf, type standingClock } from '../../platform/clock.js'
import type { Context } from '../../platform/context.js'
import { answerMail, lastMailOf, receiveMail, threadOfRequest } from '../../inbox/index.js'
import { composeMail, type Written } from './compose.js'
import { ofUnit, shared } from './mailboxes.js'

type Told = Pick<Written, 'to' | 'subject' | 'text'> & {
  readonly minute: number
  readonly name: string
  readonly address: string
  readonly scan?: boolean
  readonly automatic?: boolean
}

const weekend: readonly Told[] = [
  {
    minute: 19 * 60 + 42,
    name: 'Halina Zmyślona',
    address: 'halina.zmyslona@example.pl',
    to: shared,
    subject: 'Rejestracja samochodu',
    text: 'Dzień dobry,\n\nchcę zarejestrować używany samochód. Pracuję do 14.00. Czy można umówić się po południu, najlepiej w środę albo w czwartek?\n\nPozdrawiam\nHalina Zmyślona',
  },
  {
    minute: 20 * 60 + 15,
    name: 'Оксана Вигадана',
    address: 'oksana.vyhadana@example.com',
    to: ofUnit,
    subject: 'Обмін посвідчення водія',
    text: 'Добрий день!\n\nЯ маю українське посвідчення водія і хочу обміняти його на польське. Коли можна прийти і які документи потрібні?\n\nДякую,\nОксана',
  },
  {
    minute: 21 * 60 + 5,
    name: 'Stefan Pokazowy',
    address: 'stefan.pokazowy@example.pl',
    to: shared,
    subject: 'termin',
    text: 'Proszę o termin w tym tygodniu, najlepiej rano.\n\nStefan Pokazowy',
  },
]

const morning: readonly Told[] = [
  {
    minute: 6 * 60 + 20,
    name: 'Tomasz Umowny',
    address: 'tomasz.umowny@example.pl',
    to: ofUnit,
    subject: 'Wtórnik dowodu rejestracyjnego',
    text: 'Dzień dobry,\n\nzgubiłem dowód rejestracyjny. W załączniku przesyłam skan wniosku. Kiedy mogę odebrać wtórnik?\n\nTomasz Umowny',
    scan: true,
  },
  {
    minute: 6 * 60 + 35,
    name: 'Ewa Próbna',
    address: 'ewa.probna@example.pl',
    to: shared,
    subject: 'Automatyczna odpowiedź: Potwierdzenie wizyty',
    text: 'Jestem na urlopie do 29 maja. W pilnych sprawach proszę dzwonić do biura.',
    automatic: true,
  },
]

/** A clerk asks back, and the citizen writes what was asked. */
const asked = { minute: 7 * 60 + 2, own: 'Jakiej sprawy ma dotyczyć wizyta? Proszę też podać dni, które Panu pasują.' }
const answered = {
  minute: 7 * 60 + 10,
  text: 'Chodzi o nowy dowód osobisty. Pasuje mi wtorek albo piątek, do godziny 10.00.\n\nStefan Pokazowy',
}

interface Seeding {
  readonly context: Context
  readonly clock: ReturnType<typeof standingClock>
}

/** What came on Sunday evening and before a quarter to seven on Monday; moves the clock as far. */
export async function writeBeforeOpening({ context, clock }: Seeding, monday: Temporal.PlainDate): Promise<void> {
  for (const [day, mails] of [
    [monday.subtract({ days: 1 }), weekend],
    [monday, morning],
  ] as const)
    for (const told of mails) {
      clock.moveTo(instantOf(day, told.minute))
      await write(context, told)
    }
}

/** The clerk who comes first asks back, and hears; moves the clock to ten past seven. */
export async function askBack({ context, clock }: Seeding, day: Temporal.PlainDate, accountId: number): Promise<void> {
  const last = weekend.at(-1)
  assert(last !== undefined)
  clock.moveTo(instantOf(day, asked.minute))
  const { reference, threadId } = await threadOf(context, last.address)
  const outcome = await answerMail(context, {
    reference,
    actor: `account:${accountId}`,
    key: crypto.randomUUID(),
    own: asked.own,
    answer: { kind: 'question' },
    seen: await lastMailOf(context.database.pool, threadId),
  })
  assert(outcome.allowed, `the example asks back, not ${outcome.code}`)
  clock.moveTo(instantOf(day, answered.minute))
  await write(context, { ...last, text: answered.text, subject: `Odp: ${last.subject} [${reference}]` })
}

async function write(context: Context, { name, address, ...told }: Told): Promise<void> {
  const raw = await composeMail({
    messageId: `<${crypto.randomUUID()}@pokaz.example>`,
    from: { name, address },
    at: context.clock.now(),
    answers: null,
    scan: false,
    ...told,
  })
  await receiveMail(context, told.to, raw)
}

async function threadOf(context: Context, email: string): Promise<{ readonly reference: string; readonly threadId: number }> {
  const { pool } = context.database
  const { rows } = await pool.query<{ reference: string }>('select reference from request where person_email = $1', [email])
  const reference = rows[0]?.reference ?? ''
  const thread = await threadOfRequest(pool, reference)
  assert(thread !== null, 'the example has a thread')
  return { reference, threadId: thread.id }
}
