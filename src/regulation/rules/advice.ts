/**
 * How to settle a matter without coming, by the law of the day one asks.
 *
 * Advice never refuses: the visit stays open whatever it says. A matter that requires presence is
 * never advised away; where the office does not know what decides the answer, it says "ring", with
 * the number, and does not guess.
 */
import { officeDay } from '../../platform/clock.js'
import type { Basis, NextStep } from '../../platform/decision.js'
import type { CaseKind, Directory, PaymentAccount, Service } from '../../directory/index.js'
import type { Means, RemoteChannel, RemoteChannelName, RequestName, RuleBook, RuleOf } from '../model.js'
import { bookingChannels, waysToBook } from './booking.js'
import { applying, basesOf, subjectOfService } from './combine.js'
import type { Standing } from './force.js'
import { cites, honest } from './honest.js'
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
  readonly payment: PaymentAdvice | null
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
  readonly call: NextStep | null
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
  const payment = paymentAdvice(book, directory, service, at, known)
  const bookings = waysToBook(directory, service, bookingChannels(book, directory, serviceId, at, known).channels)
  const ring = callStep(directory, service.unitId)
  const answer = (code: AdviceCode, reasons: readonly AdviceReason[], ways: readonly Way[] = []): Advice => {
    const first = code === 'call' ? [ring] : []
    const next = [...first, ...bookings.filter((step) => code !== 'call' || step.kind !== ring.kind)]
    return { code, ways, reasons: reasons.map((each) => honest(book, each, known)), payment, next, sources: sourcesOf(service) }
  }

  if (service.presence.value === 'yes') return answer('come-in-person', [{ code: 'presence-required', basis: [] }])
  const unknown = whatIsUnknown(service, channels)
  if (unknown.length > 0)
    return answer(
      'call',
      unknown.map((code) => ({ code, basis: [] })),
    )
  const { ways, reasons } = waysFor(directory, service, channels, means)
  for (const way of ways) cites(book, 'settle-remotely', way.basis, known)
  if (ways.length === 0) return answer('call', [...reasons, { code: 'nothing-in-force', basis: [] }])
  return answer(ways.every((way) => way.channel === 'drop-off') ? 'leave-papers' : 'settle-remotely', reasons, ways)
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
): { ways: readonly Way[]; reasons: readonly AdviceReason[] } {
  const meant = channels.filter(
    ({ provision: { parameters } }) => forSignature(parameters, service) && forKind(parameters, service.caseKind.value),
  )
  const withdrawn = meant.filter(({ provision }) => provision.parameters.withdrawn === true)
  const gone = new Set(withdrawn.map(({ provision }) => provision.parameters.channel))
  const offered = meant.filter(({ provision }) => provision.parameters.withdrawn !== true && !gone.has(provision.parameters.channel))
  const usable = offered.filter(({ provision }) => suits(provision.parameters, means))
  const open = new Set(usable.map(({ provision }) => provision.parameters.channel))
  const ways = orderOfWays
    .filter((channel) => open.has(channel))
    .map((channel) =>
      wayOf(directory, service, channel, basesOf(usable.filter(({ provision }) => provision.parameters.channel === channel))),
    )
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
  return { ways, reasons: [...taken, ...missing] }
}

function forSignature(channel: RemoteChannel, service: Service): boolean {
  if (channel.signature === 'any') return true
  return (channel.signature === 'required') === (service.signature.value === 'yes')
}

/** A kind nobody settled is of none in particular: rules for named kinds do not reach it. */
function forKind(channel: RemoteChannel, kind: CaseKind): boolean {
  return channel.caseKinds === undefined || channel.caseKinds.includes(kind)
}

/** Every group of needs is met; a way for those who lack something is for them alone. */
function suits(channel: RemoteChannel, means: ReadonlySet<Means>): boolean {
  return unmet(channel.needs, means).length === 0 && (channel.lacking === undefined || unmet(channel.lacking, means).length > 0)
}

function unmet(groups: readonly (readonly Means[])[], means: ReadonlySet<Means>): readonly (readonly Means[])[] {
  return groups.filter((group) => !group.some((each) => means.has(each)))
}

function wayOf(directory: Directory, service: Service, channel: RemoteChannelName, basis: readonly Basis[]): Way {
  const { office } = directory
  const address = addressOf(directory, service, channel)
  // An office without a published address of the kind is asked for it.
  return {
    channel,
    signed: service.signature.value === 'yes',
    address,
    call: address === null ? { kind: 'call-office', phone: office.phone } : null,
    basis,
  }
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
  at: Temporal.Instant,
  known?: Temporal.Instant,
): PaymentAdvice | null {
  const basis = requested(book, 'pay-by-transfer', at, known)
  const owed = service.fees.filter((fee) => fee.pln !== 0)
  if (basis === null || (service.fees.length > 0 && owed.length === 0)) return null
  const kinds = new Set<string>(owed.map((fee) => fee.kind))
  const accounts = directory.office.payments.filter((account) => kinds.has(account.kind))
  const covered = new Set(accounts.map((account) => account.kind))
  const allKnown = owed.length > 0 && [...kinds].every((kind) => covered.has(kind))
  return { basis, accounts, ask: allKnown ? null : callStep(directory, service.unitId) }
}

/** What rests a request on, while one of that name is in force; null when none is. Requests never refuse. */
export function requested(book: RuleBook, what: RequestName, at: Temporal.Instant, known?: Temporal.Instant): readonly Basis[] | null {
  const asked = applying(book, 'request', { day: officeDay(at) }, known).filter(({ provision }) => provision.parameters.what === what)
  return asked.length === 0 ? null : cites(book, what, basesOf(asked), known)
}
