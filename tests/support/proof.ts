/** Solves challenges as a browser does, with the machine's own SHA-256. */
import { hash } from 'node:crypto'

export interface Task {
  readonly algorithm: string
  readonly challenge: string
  readonly maxnumber: number
  readonly salt: string
  readonly signature: string
}

/** What the form or the API is sent. */
export function solution(task: Task): string {
  const { algorithm, challenge, salt, signature } = task
  for (let number = 0; number <= task.maxnumber; number += 1) {
    if (hash('sha256', `${salt}${number}`, 'hex') !== challenge) continue
    return Buffer.from(JSON.stringify({ algorithm, challenge, number, salt, signature })).toString('base64')
  }
  throw new Error('a task without a solution')
}
