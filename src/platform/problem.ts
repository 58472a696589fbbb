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
    next: refusal.next,
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
    next: [],
    errors: errors.map((error) => ({ field: error.field, code: error.message, detail: translate(error.message, error.values) })),
  }
  return reply.code(status).type('application/problem+json').send(problem)
}
