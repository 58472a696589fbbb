/**
 * How to settle a matter without coming, by the law of the day one asks.
 *
 * Advice never refuses: the visit stays open whatever it says. A matter that requires presence is
 * never advised away; where the office does not know what decides the answer, it says "ring", with
 * the number, and does not guess.
 */
import { officeDay } from '../../platform/clock.js'
import { setting, type Basis, type NextStep } from '../../platform/decision.js'
import { feePayments, type CaseKind, type Directory, type FeePayment, type PaymentAccount, type Service } from '../../directory/index.js'
import type { DropOffRule, Means, RemoteChannel, RemoteChannelName, RequestName, RuleBook, RuleOf } from '../model.js'
import { bookingChannels, waysToBook } from './booking.js'
import { applying, basesOf, subjectOfService } from './combine.js'
import type { Standing } from './force.js'
import { cites, honest } from './honest.js'
import { wayFacts } from './drop-off.js'
import { questionsOf, suits, unmet } from './questions.js'
import { callStep, emailStep } from './steps.js'

/** `leave-papers`: the one way left is to bring papers to the service office, which is not settling it without coming. */
export const adviceCodes = ['settle-remotely', 'leave-papers', 'come-in-person', 'call'] as const
export type AdviceCode = (typeof adviceCodes)[number]

export const adviceReasons = [
  'presence-required',
  'presence-unknown',
  'signature-unknown',
  'case-kind-unknown',
  'nothing-in-force',
  'means-missing',
  'channel-withdrawn',
] as const
export type AdviceReasonCode = (typeof adviceReasons)[number]

export interface Advice {
  readonly code: AdviceCode
  /** Ways to settle it, the best first; empty when one has to come or to ring. */
  readonly ways: readonly Way[]
  readonly reasons: readonly AdviceReason[]
  /** What to ask the person: means, of each group any; nothing whose answer would change nothing. */
  readonly questions: readonly (readonly Means[])[]
  readonly payment: PaymentAdvice | null
  /** The fees of the matter, each with its own account. */
  readonly fees: readonly FeePayment[]
  /** To ring first where that is the answer; how to book always. */
  readonly next: readonly NextStep[]
  /** What the office file says of the matter and by which source; null where none is given. */
  readonly sources: AdviceSources
}

export type AdviceSources = Readonly<
  Record<'presence' | 'signature' | 'caseKind', { readonly value: string; readonly source: string | null }>
>

export interface Way {
  readonly channel: RemoteChannelName
  /** The matter needs a signature: what is sent or left is signed. */
  readonly signed: boolean
  /** Where to send or leave it; null when no source gives the address: then ring `call`. */
  readonly address: string | null
  /** The same as lines of an envelope, for letters; null for other ways. */
  readonly lines: readonly string[] | null
  /** The unit has no address of its own for this: it is the office's. */
  readonly ofOffice: boolean
  readonly call: NextStep | null
  /** What comes in this way lies so many hours first, where an act says so. */
  readonly quarantineHours?: number
  /** How papers are left, where an act says more than that they may be. */
  readonly dropOff?: readonly DropOffRule[]
  readonly basis: readonly Basis[]
}

export interface AdviceReason {
  readonly code: AdviceReasonCode
  readonly channel?: RemoteChannelName
  /** Of each group one is missing. */
  readonly missing?: readonly (readonly Means[])[]
  readonly basis: readonly Basis[]
}

export interface PaymentAdvice {
  readonly basis: readonly Basis[]
  /** Accounts for the kinds of fee of this matter, and for no other. */
  readonly accounts: readonly PaymentAccount[]
  /** No other way to pay is open. */
  readonly only?: boolean
  /** The proof of payment goes with the papers. */
  readonly attachProof?: boolean
  /** Whom to ask about a fee whose account or amount is not known. */
  readonly ask: NextStep | null
}

/** Best first: what leaves a proof of sending, then what needs nothing, then a walk. */
const orderOfWays: readonly RemoteChannelName[] = ['e-delivery', 'epuap', 'email', 'post', 'drop-off']

type Channels = readonly Standing<RuleOf<'remote-channel'>>[]

/** Advice on a matter for one who has these means and asks at this minute. Null for an unknown service. */
export function advise(
  book: RuleBook,
  directory: Directory,
  serviceId: string,
  means: ReadonlySet<Means>,
  at: Temporal.Instant,
  known?: Temporal.Instant,
): Advice | null {
  const service = directory.services.get(serviceId)
  if (service === undefined) return null
  const channels = applying(book, 'remote-channel', subjectOfService(directory, serviceId, officeDay(at)), known)
  const fees = feePayments(directory, service)
  const payment = paymentAdvice(book, directory, service, fees, at, known)
  const bookings = waysToBook(directory, service, bookingChannels(book, directory, serviceId, at, known).channels)
  const ring = callStep(directory, service.unitId)
  const answer = (
    code: AdviceCode,
    reasons: readonly AdviceReason[],
    { ways, questions }: Pick<Advice, 'ways' | 'questions'> = { ways: [], questions: [] },
  ): Advice => {
    const first = code === 'call' ? [ring] : []
    const next = [...first, ...bookings.filter((step) => code !== 'call' || step.kind !== ring.kind)]
    const said = reasons.map((each) => honest(book, each, known))
    return { code, ways, reasons: said, questions, payment, fees, next, sources: sourcesOf(service) }
  }

  if (service.presence.value === 'yes') return answer('come-in-person', [{ code: 'presence-required', basis: [] }])
  const unknown = whatIsUnknown(service, channels)
  if (unknown.length > 0)
    return answer(
      'call',
      unknown.map((code) => ({ code, basis: [] })),
    )
  const { ways, reasons, questions } = waysFor(directory, service, channels, means)
  for (const way of ways) cites(book, 'settle-remotely', way.basis, known)
  if (ways.length === 0) return answer('call', [...reasons, { code: 'nothing-in-force', basis: [] }], { ways, questions })
  return answer(ways.every((way) => way.channel === 'drop-off') ? 'leave-papers' : 'settle-remotely', reasons, { ways, questions })
}

/** The way by a channel with its advice, for anybody who may use it at this minute; null where nobody may. */
export function wayTo(
  book: RuleBook,
  directory: Directory,
  serviceId: string,
  channel: RemoteChannelName,
  at: Temporal.Instant,
): { readonly way: Way; readonly advice: Advice } | null {
  const asked = advise(book, directory, serviceId, new Set(), at)?.questions ?? []
  for (const means of setsOf(asked)) {
    const advice = advise(book, directory, serviceId, means, at)
    const way = advice?.ways.find((each) => each.channel === channel)
    if (advice !== null && way !== undefined) return { way, advice }
  }
  return null
}

/** One of each question's means or none, in every combination. */
function setsOf(questions: Advice['questions']): readonly ReadonlySet<Means>[] {
  return questions.reduce<ReadonlySet<Means>[]>(
    (sets, [means]) => (means === undefined ? sets : [...sets, ...sets.map((set) => new Set([...set, means]))]),
    [new Set()],
  )
}

function sourcesOf({ presence, signature, caseKind }: Service): AdviceSources {
  return { presence, signature, caseKind }
}

/** Facts nobody settled on which the answer depends. The kind of case counts once the law of the day tells kinds apart. */
function whatIsUnknown(service: Service, channels: Channels): readonly AdviceReasonCode[] {
  const unknown: AdviceReasonCode[] = []
  if (service.presence.value === 'unknown') unknown.push('presence-unknown')
  if (service.signature.value === 'unknown') unknown.push('signature-unknown')
  const tellsApart = channels.some(({ provision: { parameters } }) => parameters.withdrawn === true && forSignature(parameters, service))
  if (service.caseKind.value === 'unknown' && tellsApart) unknown.push('case-kind-unknown')
  return unknown
}

function waysFor(
  directory: Directory,
  service: Service,
  channels: Channels,
  means: ReadonlySet<Means>,
): Pick<Advice, 'ways' | 'reasons' | 'questions'> {
  const meant = channels.filter(
    ({ provision: { parameters } }) => forSignature(parameters, service) && forKind(parameters, service.caseKind.value),
  )
  // Whether ePUAP is an account in the authority's system is left to the authority (art. 63 § 1 KPA): a setting of the office.
  const recognised = (channel: RemoteChannelName): boolean => channel === 'epuap' && directory.office.epuapRecognised
  const takenAway = meant.filter(({ provision }) => provision.parameters.withdrawn === true)
  const withdrawn = takenAway.filter(({ provision }) => !recognised(provision.parameters.channel))
  const kept = new Set(takenAway.map(({ provision }) => provision.parameters.channel).filter(recognised))
  const gone = new Set(withdrawn.map(({ provision }) => provision.parameters.channel))
  const offered = meant.filter(({ provision }) => provision.parameters.withdrawn !== true && !gone.has(provision.parameters.channel))
  const usable = offered.filter(({ provision }) => suits(provision.parameters, means))
  const open = new Set(usable.map(({ provision }) => provision.parameters.channel))
  const ways = orderOfWays
    .filter((channel) => open.has(channel))
    .map((channel) => {
      const own = usable.filter(({ provision }) => provision.parameters.channel === channel)
      const given = basesOf(own)
      const way = wayOf(directory, service, channel, kept.has(channel) ? [...given, setting('epuap-recognised')] : given)
      return { ...way, ...wayFacts(own), ...addressOfBoxes(directory, own) }
    })
  const missing = offered
    .filter(({ provision }) => !open.has(provision.parameters.channel) && unmet(provision.parameters.needs, means).length > 0)
    .map((each): AdviceReason => {
      const { channel, needs } = each.provision.parameters
      return { code: 'means-missing', channel, missing: unmet(needs, means), basis: basesOf([each]) }
    })
  const taken = withdrawn.map((each): AdviceReason => ({
    code: 'channel-withdrawn',
    channel: each.provision.parameters.channel,
    basis: basesOf([each]),
  }))
  return { ways, reasons: [...taken, ...missing], questions: questionsOf(offered.map(({ provision }) => provision.parameters)) }
}

function forSignature(channel: RemoteChannel, service: Service): boolean {
  if (channel.signature === 'any') return true
  return (channel.signature === 'required') === (service.signature.value === 'yes')
}

/** A kind nobody settled is of none in particular: rules for named kinds do not reach it. */
function forKind(channel: RemoteChannel, kind: CaseKind): boolean {
  return channel.caseKinds === undefined || channel.caseKinds.includes(kind)
}

function wayOf(directory: Directory, service: Service, channel: RemoteChannelName, basis: readonly Basis[]): Way {
  const { office } = directory
  const address = addressOf(directory, service, channel)
  // An office without a published address of the kind is asked for it.
  return {
    channel,
    signed: service.signature.value === 'yes',
    address,
    lines: channel === 'post' ? envelopeOf(directory, service) : null,
    ofOffice: channel === 'email' && emailStep(directory, service.unitId).kind === 'email-office',
    call: address === null ? { kind: 'call-office', phone: office.phone } : null,
    basis,
  }
}

/** Where an act says how papers are left it also says in which building, if not in all. */
function addressOfBoxes(directory: Directory, own: Channels): Pick<Way, 'address' | 'call'> | null {
  const places = own
    .filter(({ provision }) => provision.parameters.dropOff !== undefined)
    .flatMap(({ provision }) => provision.scope.building ?? [])
  const addresses = [...new Set(places)].flatMap((id) => directory.buildings.get(id)?.address ?? [])
  return addresses.length === 0 ? null : { address: addresses.join('; '), call: null }
}

/** As on an envelope: the office, the department that handles the matter, street, code and city. */
function envelopeOf(directory: Directory, service: Service): readonly string[] {
  const { name, addressLines } = directory.office
  const department = directory.unitAndParents(service.unitId).at(-1)
  return [name, ...(department === undefined ? [] : [department.name]), ...addressLines]
}

function addressOf(directory: Directory, service: Service, channel: RemoteChannelName): string | null {
  const { office } = directory
  switch (channel) {
    case 'epuap':
      return office.epuap[0] ?? null
    case 'e-delivery':
      return office.eDelivery
    case 'email':
      return emailStep(directory, service.unitId).email ?? null
    case 'post':
      return `${office.name}, ${office.address}`
    case 'drop-off': {
      const papers = [...directory.services.values()].find((each) => each.dropOff && !each.closed)
      return papers === undefined ? null : (directory.buildings.get(papers.buildingId)?.address ?? null)
    }
  }
}

function paymentAdvice(
  book: RuleBook,
  directory: Directory,
  service: Service,
  fees: readonly FeePayment[],
  at: Temporal.Instant,
  known?: Temporal.Instant,
): PaymentAdvice | null {
  const basis = requested(book, 'pay-by-transfer', at, known)
  const owed = fees.filter((each) => each.owed)
  if (basis === null || (fees.length > 0 && owed.length === 0)) return null
  const accounts = [...new Set(owed.flatMap(({ account }) => (account === null ? [] : [account])))]
  const allKnown = owed.length > 0 && owed.every(({ fee, account }) => account !== null && fee.pln !== null)
  return { basis, accounts, ...payments(book, at, known), ask: allKnown ? null : callStep(directory, service.unitId) }
}

/** What the requests in force say of paying besides that it is done by transfer; nothing where they say no more. */
function payments(book: RuleBook, at: Temporal.Instant, known?: Temporal.Instant): Pick<PaymentAdvice, 'only' | 'attachProof'> {
  const own = requestsNamed(book, 'pay-by-transfer', at, known).map(({ provision }) => provision.parameters)
  return {
    ...(own.some(({ only }) => only === true) ? { only: true } : {}),
    ...(own.some(({ attachProof }) => attachProof === true) ? { attachProof: true } : {}),
  }
}

/** What rests a request on, while one of that name is in force; null when none is. Requests never refuse. */
export function requested(book: RuleBook, what: RequestName, at: Temporal.Instant, known?: Temporal.Instant): readonly Basis[] | null {
  const asked = requestsNamed(book, what, at, known)
  return asked.length === 0 ? null : cites(book, what, basesOf(asked), known)
}

function requestsNamed(
  book: RuleBook,
  what: RequestName,
  at: Temporal.Instant,
  known?: Temporal.Instant,
): readonly Standing<RuleOf<'request'>>[] {
  return applying(book, 'request', { day: officeDay(at) }, known).filter(({ provision }) => provision.parameters.what === what)
}
