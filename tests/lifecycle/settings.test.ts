/** A wrong setting or command is one sentence that names it, and exit code 1; nothing is started. */
import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { test } from 'node:test'
import { readConfig } from '../../src/platform/config.js'
import { projectFile } from '../../src/platform/paths.js'
import { SetupError } from '../../src/platform/setup-error.js'
import { run, temporaryFolder, type Settings } from './program.js'

const base = temporaryFolder()
const data = path.join(base, 'untouched')

function refusal(settings: Settings, words: readonly string[] = []): string {
  const { code, errors, output } = run(words, { OKIENKO_DATA: data, ...settings })
  assert.equal(code, 1, output + errors)
  assert.equal(output, '')
  assert.match(errors, /^[^\n]+[.:][^\n]*\n$/, 'one sentence on one line')
  return errors
}

/** The sentence without the cost of a process. */
function sentence(settings: Settings): string {
  try {
    readConfig(settings)
  } catch (error) {
    if (error instanceof SetupError) return error.message
    throw error
  }
  return ''
}

test('PORT, HOST, OKIENKO_CLOCK and OKIENKO_URL are checked', () => {
  for (const PORT of ['http', '65536', '-1', '80.5']) assert.match(sentence({ PORT }), /^PORT=/)
  for (const OKIENKO_CLOCK of ['jutro', '2020-05-25', '2020-05-25T07:20']) assert.match(sentence({ OKIENKO_CLOCK }), /^OKIENKO_CLOCK=/)
  for (const OKIENKO_URL of ['wizyty.miasto.pl', 'ftp://miasto.pl', 'https://miasto.pl/wizyty'])
    assert.match(sentence({ OKIENKO_URL }), /^OKIENKO_URL=/)
  assert.match(refusal({ PORT: 'http' }), /^PORT=http /)
  assert.match(refusal({ HOST: 'nie.ma.takiego.invalid' }), /^HOST=/)
  assert.equal(existsSync(data), false)
})

test('settings that are not set or empty have their usual values', () => {
  const usual = readConfig({ PORT: '', HOST: ' ' })
  assert.deepEqual(usual, {
    port: 8080,
    host: '127.0.0.1',
    dataFolder: path.resolve('data'),
    databaseUrl: null,
    clock: { kind: 'usual' },
    publicUrl: null,
    mediaFolder: projectFile('offices/media'),
    waysOut: { email: null, sms: null },
    mailboxesFile: null,
  })
  assert.equal(readConfig({ OKIENKO_URL: 'https://wizyty.miasto.pl/' }).publicUrl, 'https://wizyty.miasto.pl')
  assert.equal(readConfig({ OKIENKO_CLOCK: 'real' }).clock.kind, 'real')
})

const mail = { OKIENKO_SMTP: 'smtp://okienko@poczta.miasto.pl', OKIENKO_SMTP_PASSWORD: 'tajne', OKIENKO_MAIL_FROM: 'wizyty@miasto.pl' }
const sms = { OKIENKO_SMS: 'smseagle', OKIENKO_SMS_URL: 'https://192.168.0.101/', OKIENKO_SMS_TOKEN: 'tajny' }

test('settings of messages are checked one by one, and no password is repeated', () => {
  const file = path.join(base, 'secret')
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }))
  const wrong: readonly (readonly [Settings, RegExp])[] = [
    [{ OKIENKO_MAILBOXES: file }, /^OKIENKO_MAILBOXES wymaga OKIENKO_SMTP/],
    [{ ...mail, OKIENKO_SMTP: 'poczta.miasto.pl' }, /^OKIENKO_SMTP /],
    [{ ...mail, OKIENKO_SMTP: 'smtp://okienko:tajne@poczta.miasto.pl' }, /^OKIENKO_SMTP /],
    [{ ...mail, OKIENKO_SMTP: 'smtp://poczta.miasto.pl' }, /OKIENKO_SMTP_PASSWORD/],
    [{ ...mail, OKIENKO_SMTP_PASSWORD: '' }, /OKIENKO_SMTP_PASSWORD/],
    [{ ...mail, OKIENKO_SMTP_PASSWORD_FILE: file }, /OKIENKO_SMTP_PASSWORD_FILE/],
    [{ ...mail, OKIENKO_SMTP_PASSWORD: '', OKIENKO_SMTP_PASSWORD_FILE: path.join(base, 'none') }, /ENOENT/],
    [{ ...mail, OKIENKO_MAIL_FROM: 'wizyty' }, /^OKIENKO_MAIL_FROM=/],
    [{ ...mail, OKIENKO_MAIL_FROM: 'a@b.pl, c@d.pl' }, /^OKIENKO_MAIL_FROM=/],
    [{ ...mail, OKIENKO_SMTP_TLS: 'maybe' }, /^OKIENKO_SMTP_TLS=/],
    [{ ...mail, OKIENKO_SMTP: 'smtps://okienko@poczta.miasto.pl', OKIENKO_SMTP_TLS: 'none' }, /^OKIENKO_SMTP_TLS=/],
    [{ ...mail, OKIENKO_SMTP_CONNECTIONS: '0' }, /^OKIENKO_SMTP_CONNECTIONS=/],
    [{ ...mail, OKIENKO_DKIM_SELECTOR: 'okienko' }, /DKIM/],
    [{ ...mail, OKIENKO_DKIM_SELECTOR: 'okienko', OKIENKO_DKIM_KEY: projectFile('README.md') }, /DKIM/],
    [{ ...sms, OKIENKO_SMS: 'golab' }, /^OKIENKO_SMS=/],
    [{ ...sms, OKIENKO_SMS_URL: '' }, /^OKIENKO_SMS_URL=/],
    [{ ...sms, OKIENKO_SMS_TOKEN: '' }, /OKIENKO_SMS_TOKEN/],
    [{ ...sms, OKIENKO_SMS_FROM: 'Urząd Miasta Leszna' }, /^OKIENKO_SMS_FROM=/],
  ]
  for (const [settings, said] of wrong) {
    assert.match(sentence(settings), said)
    assert.doesNotMatch(sentence(settings), /tajn/)
  }
  const { email, sms: gateway } = readConfig({ ...mail, ...sms, OKIENKO_DKIM_SELECTOR: 'okienko', OKIENKO_DKIM_KEY: file }).waysOut
  assert.deepEqual(
    [email?.host, email?.port, email?.tls, email?.user, email?.password],
    ['poczta.miasto.pl', 587, 'required', 'okienko', 'tajne'],
  )
  assert.deepEqual([email?.dkim?.domain, gateway?.url, gateway?.token], ['miasto.pl', 'https://192.168.0.101', 'tajny'])
})

test('a port in use is said before anything is started', async () => {
  const other = net.createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  assert.match(refusal({ PORT: String((other.address() as net.AddressInfo).port) }), /jest zajęty/)
  other.close()
  assert.equal(existsSync(data), false)
})

test('DATABASE_URL must be one and be reached, and its password is never repeated', () => {
  assert.match(sentence({ DATABASE_URL: 'mysql://u:tajne@host/db' }), /^DATABASE_URL/)
  const away = refusal({ DATABASE_URL: 'postgresql://okienko:tajne@127.0.0.1:1/okienko' })
  assert.match(away, /DATABASE_URL.*ECONNREFUSED/)
  assert.doesNotMatch(away, /tajne/)
})

test('a data folder under a file is named', () => {
  const file = path.join(base, 'file')
  writeFileSync(file, '')
  assert.match(refusal({ OKIENKO_DATA: path.join(file, 'data') }), /OKIENKO_DATA/)
})

test('data of another PostgreSQL is left alone', () => {
  const old = path.join(base, 'old')
  mkdirSync(path.join(old, 'postgres'), { recursive: true })
  writeFileSync(path.join(old, 'postgres/PG_VERSION'), '12\n')
  assert.match(refusal({ OKIENKO_DATA: old }), /PostgreSQL 12/)
})

test('an unknown command and a missing file name are told', () => {
  assert.match(refusal({}, ['zacznij']), /„zacznij”/)
  assert.match(refusal({}, ['restore']), /Podaj plik/)
})
