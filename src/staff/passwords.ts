/**
 * Passwords are kept as argon2id hashes in PHC form, which carry their own parameters: when ours
 * grow, an old hash is still understood and is made anew at the next sign-in.
 *
 * 32 MiB and three passes take about 80 ms on a slow core; never more than two at a time, so that
 * a storm of guesses costs guesses, not the booking pages.
 */
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'

const memoryKib = 32_768
const passes = 3
const randomMemoryKib = 8_192
const randomPasses = 1
const parallelism = 1
const hashBytes = 32
const runningMax = 2

interface Parsed {
  readonly memory: number
  readonly passes: number
  readonly parallelism: number
  readonly salt: Buffer
  readonly hash: Buffer
}

/** A PHC string such as `$argon2id$v=19$m=32768,t=3,p=1$SALT$HASH`. */
export async function hashPassword(password: string): Promise<string> {
  return hashWith(password, memoryKib, passes)
}

/** For passwords the program made from 58 random bits: thirty of them must not hold up a start. Made anew at the first sign-in. */
export async function hashRandomPassword(password: string): Promise<string> {
  return hashWith(password, randomMemoryKib, randomPasses)
}

async function hashWith(password: string, memory: number, times: number): Promise<string> {
  const salt = randomBytes(16)
  const hash = await derive(password, { memory, passes: times, parallelism, salt }, hashBytes)
  return `$argon2id$v=19$m=${memory},t=${times},p=${parallelism}$${base64(salt)}$${base64(hash)}`
}

/** Takes as long for a stranger (`stored` null) as for a wrong password, so that time tells nobody which logins exist. */
export async function isPassword(password: string, stored: string | null): Promise<boolean> {
  const parsed = stored === null ? null : parse(stored)
  const against = parsed ?? { memory: memoryKib, passes, parallelism, salt: Buffer.alloc(16), hash: Buffer.alloc(hashBytes) }
  const hash = await derive(password, against, against.hash.length)
  return parsed !== null && timingSafeEqual(hash, parsed.hash)
}

/** True when the hash was made with other parameters than today's. */
export function needsRehash(stored: string): boolean {
  const parsed = parse(stored)
  return parsed === null || parsed.memory !== memoryKib || parsed.passes !== passes || parsed.parallelism !== parallelism
}

function parse(stored: string): Parsed | null {
  const match = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(stored)
  if (match === null) return null
  const [, memory, time, lanes, salt, hash] = match as unknown as [string, string, string, string, string, string]
  return {
    memory: Number(memory),
    passes: Number(time),
    parallelism: Number(lanes),
    salt: Buffer.from(salt, 'base64'),
    hash: Buffer.from(hash, 'base64'),
  }
}

let running = 0
const waiting: (() => void)[] = []

async function derive(password: string, how: Omit<Parsed, 'hash'>, tagLength: number): Promise<Buffer> {
  // A free place is handed on by name: whoever is woken never finds it taken.
  if (running >= runningMax) await new Promise<void>((go) => waiting.push(go))
  else running += 1
  try {
    return await new Promise<Buffer>((done, fail) => {
      argon2(
        'argon2id',
        {
          // The same letter can be written two ways; one keyboard must not lock out what another typed.
          message: Buffer.from(password.normalize('NFC')),
          nonce: how.salt,
          parallelism: how.parallelism,
          tagLength,
          memory: how.memory,
          passes: how.passes,
        },
        (error, hash) => (error ? fail(error) : done(Buffer.from(hash))),
      )
    })
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running -= 1
  }
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '')
}
