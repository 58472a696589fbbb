/**
 * The OpenAPI document against the program: every route of the API stands in it, and what the
 * program answers is what it says.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { Ajv2020, type AnySchema } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { createApp } from '../src/app.js'
import { testLeszno } from './support/office.js'
import { signedIn } from './support/staff.js'

const office = await testLeszno()
const routes: string[] = []
const app = await createApp(office.context)
await app.ready()
const document = (await app.inject('/api/v1/openapi.json')).json()
const ajv = new Ajv2020({ strict: false })
addFormats.default(ajv)

/** `METHOD /path` of every operation the document describes. */
function described(): string[] {
  return Object.entries<object>(document.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
  )
}

/** The tree that fastify prints, read back: one line per route. */
function mounted(): string[] {
  const stack: string[] = []
  for (const line of app.printRoutes({ commonPrefix: false }).split('\n')) {
    const found = /^([│ ├└─]*)(\S.*?) \(([A-Z, ]+)\)(?:\s|$)/.exec(line) ?? /^([│ ├└─]*)(\S[^(]*)()$/.exec(line)
    if (found === null) continue
    const depth = (found[1] ?? '').length / 4
    stack[depth] = found[2] ?? ''
    stack.length = depth + 1
    const path = stack.join('').replaceAll(/:([a-z]+)/g, '{$1}')
    if (!path.startsWith('/api/v1/') || path.endsWith('openapi.json')) continue
    for (const method of (found[3] ?? '').split(', '))
      if (method !== '' && method !== 'HEAD' && method !== 'OPTIONS') routes.push(`${method} ${path}`)
  }
  return routes
}

test('every route of the API is described, and no page', () => {
  assert.ok(mounted().length >= 18, routes.join('\n'))
  assert.deepEqual(described().toSorted(), routes.toSorted())
  assert.equal(document.openapi, '3.1.0')
})

test('every operation says its parameters, its answers, its problems and who may ask', () => {
  const names = new Set<string>()
  for (const [path, operations] of Object.entries<Record<string, any>>(document.paths))
    for (const [method, operation] of Object.entries(operations)) {
      const where = `${method} ${path}`
      assert.ok(operation.summary, where)
      assert.ok(!names.has(operation.operationId), where)
      names.add(operation.operationId)
      for (const name of path.matchAll(/\{(\w+)\}/g))
        assert.ok(
          operation.parameters.some((each: any) => each.in === 'path' && each.name === name[1] && each.required),
          where,
        )
      for (const scheme of operation.security.flatMap((each: object) => Object.keys(each)))
        assert.ok(document.components.securitySchemes[scheme], where)
      const statuses = Object.keys(operation.responses)
      assert.ok(statuses.some((status) => status.startsWith('2')) && statuses.includes('500') && statuses.includes('503'), where)
      for (const [status, response] of Object.entries<any>(operation.responses)) {
        assert.ok(response.description && response.description !== 'Default Response', `${where} ${status}`)
        if (status.startsWith('2')) assert.ok(Object.keys(response.content).length > 0, where)
        else if (status !== '304') assert.deepEqual(Object.keys(response.content), ['application/problem+json'], where)
      }
      for (const media of [operation.requestBody, ...Object.values<any>(operation.responses)].flatMap((each) =>
        Object.values<any>(each?.content ?? {}),
      ))
        checks(media.schema)
    }
  const key = document.paths['/api/v1/visits'].post.parameters.find((each: any) => each.name === 'Idempotency-Key')
  assert.deepEqual([key.in, key.required, key.schema.format], ['header', true, 'uuid'])
})

/** A check of the schema, which must be one. */
function checks(schema: object): (data: unknown) => void {
  const whole = { ...schema, components: document.components } as AnySchema
  const valid = ajv.compile(whole)
  return (data) => assert.ok(valid(data), JSON.stringify(valid.errors))
}

interface Asked {
  readonly method?: 'GET' | 'POST' | 'DELETE'
  readonly url: string
  readonly as?: string
  readonly payload?: object
  readonly headers?: Record<string, string>
  readonly gives: number
}

/** Asks, and holds the answer against the document. */
async function ask({ method = 'GET', url, as = url, payload, headers = {}, gives }: Asked): Promise<any> {
  const answer = await app.inject({ method, url: `/api/v1${url}`, headers, ...(payload === undefined ? {} : { payload }) })
  assert.equal(answer.statusCode, gives, `${method} ${url}: ${answer.body.slice(0, 300)}`)
  const operation = document.paths[`/api/v1${as.split('?')[0]}`][method.toLowerCase()]
  const type = String(answer.headers['content-type']).split(';')[0] as string
  const media = operation.responses[String(gives)]?.content?.[type]
  assert.ok(media, `${method} ${as} does not say it may answer ${gives} ${type}`)
  const body = type.includes('json') ? answer.json() : answer.body
  checks(media.schema)(body)
  return body
}

const person = { name: 'Anna Próbna', phone: '601234567' }
const wish = (time: string, change: object = {}) => ({
  service: 'rejestracja-pojazdow',
  start: `2020-05-26T${time}:00+02:00`,
  channel: 'web',
  person,
  ...change,
})
const key = () => ({ 'idempotency-key': randomUUID() })

test('what anyone may ask is answered as described, refusals too', async () => {
  await ask({ url: '/now', gives: 200 })
  await ask({ url: '/services', gives: 200 })
  await ask({ url: '/services/rejestracja-pojazdow/free?from=2020-05-26&to=2020-05-27', as: '/services/{id}/free', gives: 200 })
  await ask({ url: '/services/nie-ma/free', as: '/services/{id}/free', gives: 404 })
  await ask({ url: '/services/nie-ma/free?from=jutro', as: '/services/{id}/free', gives: 422 })
  for (const accept of ['application/json', 'text/csv', 'text/vcard']) await ask({ url: '/contacts', headers: { accept }, gives: 200 })
  await ask({ url: '/contacts', headers: { accept: 'image/png' }, gives: 406 })
  for (const at of ['2020-05-18', '2020-05-24', '2020-05-25T10:00:00%2B02:00', '2025-03-03', '2026-02-02']) {
    await ask({ url: `/rules?at=${at}`, gives: 200 })
    for (const service of ['rejestracja-pojazdow', 'dowody-osobiste', 'podatki-i-oplaty'].filter((id) => office.directory.services.has(id)))
      await ask({ url: `/advice?service=${service}&means=epuap-account,e-delivery&at=${at}`, gives: 200 })
  }
  await ask({ url: '/rules?at=jutro', gives: 422 })
  await ask({ url: '/advice?service=nie-ma', gives: 404 })
  await ask({ url: '/advice', gives: 422 })
})

test('booking is answered as described', async () => {
  const booked = await ask({ method: 'POST', url: '/visits', payload: wish('09:00'), headers: key(), gives: 201 })
  assert.equal(booked.state, 'pending')
  await ask({ method: 'POST', url: '/visits', payload: wish('09:00'), gives: 400 })
  await ask({ method: 'POST', url: '/visits', payload: wish('09:00', { channel: 'phone' }), headers: key(), gives: 403 })
  await ask({ method: 'POST', url: '/visits', payload: wish('09:00', { service: 'nie-ma' }), headers: key(), gives: 404 })
  await ask({ method: 'POST', url: '/visits', payload: wish('03:00'), headers: key(), gives: 409 })
  await ask({ method: 'POST', url: '/visits', payload: {}, headers: key(), gives: 422 })
  const one = `/visits/${booked.reference}`
  const as = '/visits/{reference}'
  const headers = { authorization: `Bearer ${booked.secret}` }
  const confirm = (code: string) => ({ method: 'POST', url: `${one}/confirm`, as: `${as}/confirm`, payload: { code }, headers }) as const
  const sendCode = (payload: object) => ({ method: 'POST', url: `${one}/send-code`, as: `${as}/send-code`, payload, headers }) as const
  await ask({ ...confirm('12'), gives: 422 })
  await ask({ ...confirm(office.context.secrets.confirmCode(booked.reference, 2)), gives: 409 })
  await ask({ ...sendCode({ round: 9 }), gives: 422 })
  await ask({ ...sendCode({ round: 1 }), gives: 200 })
  await ask({ ...confirm(office.context.secrets.confirmCode(booked.reference, 2)), gives: 200 })
  await ask({ ...sendCode({ round: 2 }), gives: 409 })
  await ask({ url: one, as, gives: 401 })
  await ask({ url: '/visits/AAAAAAAA', as, headers, gives: 404 })
  await ask({ url: one, as, headers, gives: 200 })
  await ask({ method: 'POST', url: `${one}/move`, as: `${as}/move`, headers, payload: { start: '2020-05-26T11:00:00+02:00' }, gives: 200 })
  await ask({ method: 'POST', url: `${one}/move`, as: `${as}/move`, headers, payload: { start: 'jutro' }, gives: 422 })
  await ask({ method: 'DELETE', url: one, as, headers, gives: 200 })
  await ask({ method: 'POST', url: `${one}/move`, as: `${as}/move`, headers, payload: { start: '2020-05-26T12:00:00+02:00' }, gives: 409 })
  await ask({ method: 'POST', url: '/requests', payload: { service: 'dowody-osobiste', person }, headers: key(), gives: 201 })
  await ask({ method: 'POST', url: '/requests', payload: {}, headers: key(), gives: 422 })
})

test('the door and the desk are answered as described, at a desk whose name has slashes', async () => {
  const guard = (await signedIn(office.context, 'guard', { buildingId: 'walowa-5' })).headers
  const desk = (await signedIn(office.context, 'desk', { unitId: 'wydzial-komunikacji' })).headers
  const clerk = (await signedIn(office.context, 'service-office')).headers
  const { reference } = await ask({
    method: 'POST',
    url: '/visits',
    payload: wish('', { start: '2020-05-25T09:00:00+02:00', channel: 'phone' }),
    headers: { ...clerk, ...key() },
    gives: 201,
  })
  const entry = '/decisions/entry'
  await ask({ url: `${entry}?building=walowa-5`, gives: 401 })
  await ask({ url: `${entry}?building=nie-ma`, headers: guard, gives: 404 })
  for (const more of ['', '&purpose=drop-off', '&purpose=staff', `&reference=${reference}&at=2020-05-25T09:00:00%2B02:00`])
    await ask({ url: `${entry}?building=walowa-5${more}`, headers: guard, gives: 200 })
  await ask({ method: 'POST', url: '/entries', payload: {}, gives: 401 })
  await ask({ method: 'POST', url: '/entries', payload: { building: 'walowa-5' }, headers: desk, gives: 403 })
  await ask({ method: 'POST', url: '/entries', payload: { building: 'walowa-5', code: reference }, headers: guard, gives: 409 })
  await ask({ method: 'POST', url: '/entries', payload: {}, headers: guard, gives: 422 })
  office.clock.moveTo(Temporal.Instant.from('2020-05-25T07:00:00Z'))
  const entered = await ask({
    method: 'POST',
    url: '/entries',
    payload: { building: 'walowa-5', code: reference },
    headers: { ...guard, ...key() },
    gives: 201,
  })
  assert.match(entered.ticket, /^[A-Z]\d{3}$/)
  const next = '/desks/{id}/next'
  await ask({ method: 'POST', url: '/desks/walowa-5%2F4%2F1/next', as: next, gives: 401 })
  await ask({ method: 'POST', url: '/desks/nie-ma/next', as: next, headers: desk, gives: 404 })
  const room = [...office.directory.desks.values()].find((each) => each.serviceIds.includes('rejestracja-pojazdow'))?.slug ?? ''
  const called = await ask({ method: 'POST', url: `/desks/${encodeURIComponent(room)}/next`, as: next, headers: desk, gives: 200 })
  assert.equal(called.visit?.reference, reference)
  const act = (name: string, gives: number) =>
    ask({
      method: 'POST',
      url: `/visits/${reference}/${name}`,
      as: `/visits/{reference}/${name}`,
      payload: { desk: room },
      headers: desk,
      gives,
    })
  await act('finish', 409)
  await act('start', 200)
  await act('finish', 200)
  await act('recall', 409)
  await act('missed', 409)
})
