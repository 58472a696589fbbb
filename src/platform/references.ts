/**
 * Names the world may see: references people read out, secrets in links, tokens in QR codes.
 *
 * Secrets and tokens are derived with server keys, never stored, so that a repeated command can
 * give the same answer and a stolen table opens no visit.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  hkdfSync,
  randomBytes,
  randomInt,
  sign,
  timingSafeEqual,
} from 'node:crypto'
import type { Queryable } from './database.js'

const alphabet = 'ABCDEFGHJKLMNPQRSTVWXYZ23456789'

/** A fresh reference: eight characters without I, O, U, 0 and 1 (31^8, about 8.5e11). */
export function newReference(): string {
  return Array.from({ length: 8 }, () => alphabet[randomInt(alphabet.length)]).join('')
}

/** What a person typed, as a reference; null when it cannot be one. Spaces, dashes and small letters are forgiven. */
export function parseReference(typed: string): string | null {
  const plain = typed.toUpperCase().replaceAll(/[\s\-–.]/g, '')
  return plain.length === 8 && [...plain].every((character) => alphabet.includes(character)) ? plain : null
}

/** "K7MP QX2D": for reading out and for screens. */
export function spacedReference(reference: string): string {
  return `${reference.slice(0, 4)} ${reference.slice(4)}`
}

export type KeyPurpose = 'visit' | 'pass' | 'contact' | 'cookie' | 'confirm'

/** A key that checks signatures of passes. */
export interface PassKey {
  /** Four hexadecimal digits: the beginning of the key's SHA-256. */
  readonly id: string
  /** The 32 bytes of the Ed25519 key in base64url, as `x` of a JWK (RFC 8037). */
  readonly x: string
}

export interface Secrets {
  /** The secret with which its owner manages a visit or request: 22 characters of base64url. */
  secretOf(reference: string): string
  isSecretOf(reference: string, secret: string): boolean
  /** The opaque token of a QR pass: says nothing without the key. */
  passToken(visitId: number): string
  /** The visit of a pass token, or null when the token was not made here. */
  visitOfPass(token: string): number | null
  /** Ed25519 signature, 64 bytes, of what a QR pass says; made with the key that stands first in `passKeys`. */
  signPass(said: Uint8Array): Uint8Array
  /** Keys with which anybody can check such a signature; the world may know them. */
  readonly passKeys: readonly PassKey[]
  /** Keyed hash of a phone or e-mail, for limits per person. */
  contactHash(contact: string): Buffer
  /** Six digits that confirm a visit; each round, which is each message sent, has its own. */
  confirmCode(reference: string, round: number): string
  isConfirmCode(reference: string, round: number, code: string): boolean
  /** The token of the link that confirms a visit: 22 characters of base64url, another in each round. */
  confirmToken(reference: string, round: number): string
  isConfirmToken(reference: string, round: number, token: string): boolean
  /** Keyed hash of what the program gives a browser to bring back; `purpose` keeps uses apart. */
  signatureOf(purpose: string, text: string): Buffer
}

/** Reads the server keys, making those that are missing; all processes of an office share them. */
export async function loadSecrets(database: Queryable): Promise<Secrets> {
  const purposes: KeyPurpose[] = ['visit', 'pass', 'contact', 'cookie', 'confirm']
  for (const purpose of purposes) {
    await database.query('insert into server_key (purpose, key) values ($1, $2) on conflict do nothing', [purpose, randomBytes(32)])
  }
  const { rows } = await database.query<{ purpose: KeyPurpose; key: Buffer }>('select purpose, key from server_key')
  const keys = new Map(rows.map((row) => [row.purpose, row.key]))
  const key = (purpose: KeyPurpose): Buffer => keys.get(purpose) as Buffer

  const signing = signingKey(key('pass'))
  // Whole blocks that do not hang on each other: one cipher does them all, and to make one takes longer than to use it.
  const blocks = createCipheriv('aes-256-ecb', key('pass'), null).setAutoPadding(false)
  const secretOf = (reference: string): string =>
    createHmac('sha256', key('visit')).update(reference).digest().subarray(0, 16).toString('base64url')
  const confirming = (what: string, reference: string, round: number): Buffer =>
    createHmac('sha256', key('confirm')).update(`${what} ${reference} ${round}`).digest()
  const confirmCode = (reference: string, round: number): string =>
    // 48 bits over a million: no digit is likelier than another by more than one in 2^28.
    String(confirming('code', reference, round).readUIntBE(0, 6) % 1_000_000).padStart(6, '0')
  const confirmToken = (reference: string, round: number): string =>
    confirming('link', reference, round).subarray(0, 16).toString('base64url')
  return {
    secretOf,
    isSecretOf: (reference, secret) => isSame(secretOf(reference), secret),
    confirmCode,
    isConfirmCode: (reference, round, code) => isSame(confirmCode(reference, round), code),
    confirmToken,
    isConfirmToken: (reference, round, token) => isSame(confirmToken(reference, round), token),
    passToken(visitId) {
      const block = Buffer.alloc(16)
      block.writeBigUInt64BE(BigInt(visitId), 8)
      return blocks.update(block).toString('base64url')
    },
    visitOfPass(token) {
      if (!/^[A-Za-z0-9_-]{22}$/.test(token)) return null
      const decipher = createDecipheriv('aes-256-ecb', key('pass'), null).setAutoPadding(false)
      const block = Buffer.concat([decipher.update(Buffer.from(token, 'base64url')), decipher.final()])
      const id = block.readBigUInt64BE(8)
      // One block with eight zero bytes: a guess passes once in 2^64.
      return block.readBigUInt64BE(0) === 0n && id <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(id) : null
    },
    signPass: (said) => sign(null, said, signing.privateKey),
    passKeys: [signing.known],
    contactHash: (contact) => createHmac('sha256', key('contact')).update(contact).digest().subarray(0, 16),
    signatureOf: (purpose, text) => createHmac('sha256', key('cookie')).update(`${purpose}\n${text}`).digest(),
  }
}

/** Compared in the same time whatever is wrong. */
function isSame(expected: string, given: string): boolean {
  const [one, other] = [Buffer.from(expected), Buffer.from(given)]
  return one.length === other.length && timingSafeEqual(one, other)
}

/** RFC 8410: what stands before the 32 bytes of an Ed25519 private key. */
const privateKeyHead = Buffer.from('302e020100300506032b657004220420', 'hex')

/**
 * The key pair that signs passes, derived from the key of their tokens: the same in every process
 * and after every start, and in every backup that opens the passes it holds.
 */
function signingKey(passKey: Buffer): { privateKey: ReturnType<typeof createPrivateKey>; known: PassKey } {
  const seed = Buffer.from(hkdfSync('sha256', passKey, '', 'okienko pass signature', 32))
  const privateKey = createPrivateKey({ key: Buffer.concat([privateKeyHead, seed]), format: 'der', type: 'pkcs8' })
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' }) as { x: string }
  return { privateKey, known: { id: createHash('sha256').update(Buffer.from(x, 'base64url')).digest('hex').slice(0, 4), x } }
}
