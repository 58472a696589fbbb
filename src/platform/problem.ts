/**
 * How an API says no: `application/problem+json` after RFC 9457, with the code of the decision,
 * what it rests on and what to do next.
 */
import type { FastifyReply } from 'fastify'
import type { Basis, FieldError, NextStep, Refused } from './decision.js'
import { words, type Language } from './words.js'

export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: string
  readonly detail?: string
  readonly basis: readonly Basis[]
  readonly next: readonly NextStep[]
  readonly errors?: readonly { field: string; code: string; detail: string }[]
  readonly values?: Readonly<Record<string, string | number>>
}

/**
 * What can be done after any refusal that names no step of its own: nobody is left with a bare no.
 * Kinds are keys of words/…/decision.json.
 */
export function stepsAfter(code: string, own: readonly NextStep[] = []): readonly NextStep[] {
  if (own.length > 0) return own
  switch (code) {
    case 'invalid-input':
    case 'bad-request':
    case 'key-missing':
    case 'key-invalid':
    case 'key-reused':
    case 'not-acceptable':
    case 'not-found':
    case 'method-not-allowed':
    case 'too-large':
    case 'unsupported-type':
      return [{ kind: 'read-description', href: '/api/v1/openapi.json' }]
    case 'busy':
    case 'outage':
    case 'too-many':
    case 'try-again':
      return [{ kind: 'try-again' }, { kind: 'contact', href: '/kontakt' }]
    case 'not-signed-in':
      return [{ kind: 'sign-in', href: '/praca/logowanie' }]
    case 'secret-missing':
    case 'unknown-visit':
      return [
        { kind: 'manage', href: '/wizyta' },
        { kind: 'contact', href: '/kontakt' },
      ]
    case 'unknown-service':
      return [
        { kind: 'services', href: '/sprawy' },
        { kind: 'contact', href: '/kontakt' },
      ]
    default:
      return [{ kind: 'contact', href: '/kontakt' }]
  }
}

/** Sends a refusal. The sentence is `SLICE.refused.CODE` of the words. */
export function sendRefusal(reply: FastifyReply, slice: string, refusal: Refused, status = 409, language: Language = 'pl'): FastifyReply {
  const translate = words(language)
  const key = `${slice}.refused.${refusal.code}`
  const problem: Problem = {
    type: `urn:okienko:${refusal.code}`,
    title: translate.has(key) ? translate(key, refusal.values) : refusal.code,
    status,
    code: refusal.code,
    basis: refusal.basis,
    next: stepsAfter(refusal.code, refusal.next),
    ...(refusal.values ? { values: refusal.values } : {}),
  }
  return reply.code(status).type('application/problem+json').send(problem)
}

/** Sends what was wrong with the input, field by field, as 422 (or another 4xx). */
export function sendInputErrors(reply: FastifyReply, errors: readonly FieldError[], status = 422, language: Language = 'pl'): FastifyReply {
  const translate = words(language)
  const problem: Problem = {
    type: 'urn:okienko:invalid-input',
    title: translate('platform.problem.invalid-input'),
    status,
    code: 'invalid-input',
    basis: [],
    next: stepsAfter('invalid-input'),
    errors: errors.map((error) => ({ field: error.field, code: error.message, detail: translate(error.message, error.values) })),
  }
  return reply.code(status).type('application/problem+json').send(problem)
}
