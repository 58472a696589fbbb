/**
 * Rules that Polish offices really had in 2020–2022, each as an act in `NN.json` with a table of the
 * decisions that follow: who may enter, be booked, be called, when, how many, and on what basis.
 * A row asks one question of the law and says the whole answer.
 */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { minuteTime, words } from '../../src/platform/words.js'
import type { Basis, NextStep } from '../../src/platform/decision.js'
import { projectFile } from '../../src/platform/paths.js'
import {
  advise,
  bookFrom,
  checkActs,
  desksInUse,
  hours,
  inForce,
  mayBook,
  mayCall,
  mayEnter,
  personsCounted,
  provisionSentence,
  roomLeft,
  safety,
  screening,
  serviceHours,
  waySentence,
  type ActsDocument,
  type DayHours,
  type RuleBook,
} from '../../src/regulation/index.js'
import { checkPlaces } from '../../src/regulation/document.js'
import { actsEntered } from '../support/rules.js'
import { places, variantOffice } from './office.js'
import type { CountsRow, Row, Variant } from './rows.js'

const office = variantOffice()
const folder = projectFile('tests/variants')
const variants = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')) as Variant)

const instant = (text: string): Temporal.Instant => Temporal.PlainDateTime.from(text).toZonedDateTime('Europe/Warsaw').toInstant()
const dayOf = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text.slice(0, 10))
const refs = (basis: readonly Basis[]): string[] => basis.map((each) => (each.kind === 'setting' ? each.setting : each.reference))
const kinds = (next: readonly NextStep[]): string[] => next.map(({ kind }) => kind)
const serviceOf = (id: string) => {
  const service = office.services.get(id)
  assert.ok(service, `the office has no matter ${id}`)
  return service
}
const noonOf = (day: string): Temporal.Instant => instant(`${day}T12:00`)
const countsOf = ({ inside, waiting, rooms }: CountsRow) => ({
  inside,
  waiting,
  ...(rooms === undefined ? {} : { rooms: new Map(Object.entries(rooms)) }),
})

/** The answer of the law to a row, in the form in which the row says it. */
function answerTo(book: RuleBook, row: Row): unknown {
  switch (row.ask) {
    case 'enter': {
      const { building: buildingId, booked = null, purpose = 'visit', service, room, screened } = row
      const decision = mayEnter(book, office, {
        buildingId,
        purpose,
        at: instant(row.at),
        visit:
          booked === null
            ? null
            : { state: 'booked', serviceId: serviceOf(booked.service).id, buildingId, startsAt: instant(booked.start) },
        ...(service === undefined ? {} : { serviceId: serviceOf(service).id }),
        ...(room === undefined
          ? {}
          : { room: { ...countsOf(room), coming: 1, ...(room.roomId === undefined ? {} : { roomId: room.roomId }) } }),
        ...(screened === undefined ? {} : { screened }),
      })
      return {
        code: decision.code,
        basis: refs(decision.basis),
        ...(row.next === undefined ? {} : { next: kinds(decision.next).slice(0, row.next.length) }),
      }
    }
    case 'book': {
      const facts = { serviceId: serviceOf(row.service).id, channel: row.channel, clerk: false }
      const decision = mayBook(book, office, { ...facts, start: instant(row.start), now: instant(row.now) })
      return { code: decision.code, basis: refs(decision.basis) }
    }
    case 'call': {
      const desk = office.desks.get(row.desk)
      assert.ok(desk, `the office has no desk ${row.desk}`)
      const visit = { state: 'arrived', serviceId: row.of ?? desk.serviceIds[0] ?? '', buildingId: desk.buildingId, day: dayOf(row.at) }
      const decision = mayCall(book, office, { deskSlug: desk.slug, deskBusy: row.busy ?? false, visit, now: instant(row.at) })
      return { code: decision.code, basis: refs(decision.basis) }
    }
    case 'room': {
      const subject = { buildingId: row.building, day: dayOf(row.day), ...(row.roomId === undefined ? {} : { roomId: row.roomId }) }
      const left = roomLeft(book, subject, countsOf(row.counts))
      return { limits: left.map((each) => `${each.of} ${each.per} ${each.limit}, ${each.left} left`) }
    }
    case 'desks':
      return { desks: [...desksInUse(book, office, row.room, dayOf(row.day)).slugs].toSorted() }
    case 'counted': {
      const { counted, basis } = personsCounted(book, office, serviceOf(row.service), instant(row.at))
      return { counted, basis: refs(basis) }
    }
    case 'hours': {
      const open =
        row.unit === undefined
          ? serviceHours(book, office, serviceOf(row.service ?? ''), dayOf(row.day))
          : hours(book, office, row.unit, dayOf(row.day))
      return { hours: openText(open), basis: refs(open.basis) }
    }
    case 'safety': {
      const found = safety(book, noonOf(row.day), placeIn(row))
      return { obligations: found.map(({ obligation, metres }) => (metres === undefined ? obligation : `${obligation} ${metres} m`)) }
    }
    case 'screening': {
      const found = screening(book, { ...placeIn(row), day: dayOf(row.day) })
      return { looks: found.map(({ what, above }) => (above === null ? what : `${what} > ${above}`)) }
    }
    case 'advice': {
      const given = advise(book, office, serviceOf(row.service).id, new Set(), instant(row.at))
      assert.ok(given)
      const said = given.ways.map((way) => waySentence(words('pl'), way)).join(' ')
      for (const sentence of row.says ?? []) assert.ok(said.includes(sentence), `"${sentence}" is not in: ${said}`)
      const lies = given.ways.map(({ quarantineHours }) => quarantineHours)
      if (row.quarantine !== undefined) assert.deepEqual(new Set(lies), new Set([row.quarantine]))
      return { code: given.code, ways: given.ways.map(({ channel, address }) => `${channel} ${address}`) }
    }
    case 'payment': {
      const payment = advise(book, office, serviceOf(row.service).id, new Set(), instant(row.at))?.payment
      return { only: payment?.only, attachProof: payment?.attachProof, basis: refs(payment?.basis ?? []) }
    }
  }
}

function openText({ intervals, code }: DayHours): string {
  if (intervals.length > 0) return intervals.map(({ from, to }) => `${minuteTime(from)}–${minuteTime(to)}`).join(', ')
  return code === 'unknown' ? 'brak informacji' : 'nieczynne'
}

function placeIn({ building, roomId, anyRoom }: { building?: string; roomId?: string; anyRoom?: boolean }) {
  return {
    ...(building === undefined ? {} : { buildingId: building }),
    ...(roomId === undefined ? {} : { roomId }),
    ...(anyRoom === undefined ? {} : { anyRoom }),
  }
}

/** What the row says, of the same parts. */
function expected(row: Row): Record<string, unknown> {
  switch (row.ask) {
    case 'enter':
      return { code: row.code, basis: row.basis, ...(row.next === undefined ? {} : { next: row.next }) }
    case 'book':
    case 'call':
      return { code: row.code, basis: row.basis }
    case 'room':
      return { limits: row.limits }
    case 'desks':
      return { desks: row.desks }
    case 'counted':
      return { counted: row.counted, basis: row.basis }
    case 'hours':
      return { hours: row.hours, basis: row.basis }
    case 'safety':
      return { obligations: row.obligations }
    case 'screening':
      return { looks: row.looks }
    case 'advice':
      return { code: row.code, ways: row.ways }
    case 'payment':
      return { only: row.only, attachProof: row.attachProof, basis: row.basis }
  }
}

test('the sixteen variants are there', () => {
  assert.deepEqual(
    variants.map(({ number }) => number).toSorted((a, b) => a - b),
    [1, 3, 5, 6, 8, 10, 11, 14, 15, 16, 18, 20, 21, 23, 26, 28],
  )
})

for (const { number, office: name, acts, answers } of variants) {
  test(`variant ${number}, ${name}: the acts are a right file of rules for this office`, () => {
    assert.deepEqual(checkActs(acts), [])
    assert.deepEqual(checkPlaces(acts, places), [])
    for (const act of acts.acts) assert.ok(act.source !== undefined && (act.assumed ?? []).length > 0, act.id)
  })

  const book = bookFrom(acts, actsEntered)
  for (const row of answers)
    test(`variant ${number}, ${name}: ${row.ask}: ${row.title}`, () => {
      assert.deepEqual(answerTo(book, row), expected(row))
    })

  test(`variant ${number}, ${name}: every rule is a plain sentence in each language`, () => {
    for (const { provision, sentence } of sentencesOf(acts)) {
      for (const language of ['pl', 'en', 'uk'] as const) assert.match(sentence(language), /^[^{}[\]]{8,}[.)]$/u, provision)
      for (const part of sentence('pl').split(/(?<=[.])\s/)) assert.ok(part.split(/\s+/).length <= 25, `${provision}: ${part}`)
    }
  })
}

function sentencesOf(acts: ActsDocument) {
  const book = bookFrom(acts, actsEntered)
  const days = acts.acts.flatMap((act) => [act.from ?? '', ...act.provisions.map(({ scope }) => scope?.dates?.from ?? '')]).filter(Boolean)
  const standing = new Map(days.flatMap((day) => inForce(book, office, dayOf(day)).provisions).map((each) => [each.provision.id, each]))
  const own = [...standing.values()].filter(({ act }) => act.rank !== 'setting')
  assert.equal(own.length, book.provisions.length, 'each provision is in force on some day')
  return own.map((each) => ({
    provision: each.provision.id,
    sentence: (language: 'pl' | 'en' | 'uk') => provisionSentence(words(language), office, each),
  }))
}
