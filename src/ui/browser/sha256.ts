/**
 * SHA-256 of short ASCII texts, synchronous: the browser's own digest answers through a promise, and
 * for thousands of short texts the promises cost more than the hashing (FIPS 180-4).
 */
const k = new Uint32Array(64)
const start = new Uint32Array(8)

/** The first 32 bits after the point. */
function fraction(root: number): number {
  return Math.floor((root - Math.floor(root)) * 2 ** 32)
}

// Fractional parts of the cube and square roots of the first primes, as the standard has them.
for (let found = 0, candidate = 2; found < 64; candidate += 1) {
  let prime = true
  for (let factor = 2; factor * factor <= candidate; factor += 1) if (candidate % factor === 0) prime = false
  if (!prime) continue
  k[found] = fraction(Math.cbrt(candidate))
  if (found < 8) start[found] = fraction(Math.sqrt(candidate))
  found += 1
}

const w = new Uint32Array(64)
const state = new Uint32Array(8)

/** The eight words of the digest; the array is used again by the next call. */
export function sha256(text: string): Uint32Array {
  const length = text.length
  const blocks = ((length + 8) >> 6) + 1
  state.set(start)
  for (let block = 0; block < blocks; block += 1) {
    for (let index = 0; index < 16; index += 1) {
      const at = block * 64 + index * 4
      w[index] = (byteAt(text, at) << 24) | (byteAt(text, at + 1) << 16) | (byteAt(text, at + 2) << 8) | byteAt(text, at + 3)
    }
    if (block === blocks - 1) w[15] = length * 8
    compress()
  }
  return state
}

/** A byte of the padded message. */
function byteAt(text: string, at: number): number {
  return at < text.length ? text.charCodeAt(at) : at === text.length ? 0x80 : 0
}

function compress(): void {
  for (let t = 16; t < 64; t += 1) {
    const [a, b] = [w[t - 15]!, w[t - 2]!]
    const s0 = ((a >>> 7) | (a << 25)) ^ ((a >>> 18) | (a << 14)) ^ (a >>> 3)
    const s1 = ((b >>> 17) | (b << 15)) ^ ((b >>> 19) | (b << 13)) ^ (b >>> 10)
    w[t] = (w[t - 16]! + s0 + w[t - 7]! + s1) | 0
  }
  let a = state[0]!
  let b = state[1]!
  let c = state[2]!
  let d = state[3]!
  let e = state[4]!
  let f = state[5]!
  let g = state[6]!
  let h = state[7]!
  for (let t = 0; t < 64; t += 1) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + k[t]! + w[t]!) | 0
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + t1) | 0
    d = c
    c = b
    b = a
    a = (t1 + t2) | 0
  }
  state[0]! += a
  state[1]! += b
  state[2]! += c
  state[3]! += d
  state[4]! += e
  state[5]! += f
  state[6]! += g
  state[7]! += h
}

/** The number from 0 to `most` whose digits after the salt have this hash, in hexadecimal; null when there is none. */
export function solve(salt: string, challenge: string, most: number): number | null {
  const wanted = Array.from({ length: 8 }, (_, index) => Number.parseInt(challenge.slice(index * 8, index * 8 + 8), 16))
  for (let number = 0; number <= most; number += 1) {
    const found = sha256(`${salt}${number}`)
    if (found[0] === wanted[0] && wanted.every((word, index) => word === found[index])) return number
  }
  return null
}
