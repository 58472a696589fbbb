/**
 * The mail servers a city has: Postfix takes and hands on what is sent, Dovecot keeps mailboxes. Both
 * run on free ports of this machine, with a folder, a certificate and logs of their own, and are
 * gone afterwards. They come from Debian's packages and need root, as they do everywhere.
 *
 * Mails for the domains here are kept by Dovecot, to which Postfix hands them (LMTP). One address
 * stands in Postfix's list alone: what is sent to it is taken and comes back, as happens to a mailbox
 * that was closed.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'

export const officeAddress = 'kontakt@urzad.example'
export const citizenAddress = 'jan@mieszkancy.example'
/** Taken by the one server, refused by the other: comes back with a report. */
export const closedAddress = 'zamkniety@mieszkancy.example'
export const password = 'haslo-do-prob'

export interface MailServers {
  /** Submission: STARTTLS and a password. */
  readonly smtpPort: number
  /** From other servers: no password, for the domains here alone. */
  readonly relayPort: number
  /** IMAP with STARTTLS, and over TLS from the first byte. */
  readonly imapPort: number
  readonly imapsPort: number
  /** The certificate that vouches for both, as a file. */
  readonly authority: string
  /** What both servers wrote, for a test that fails. */
  logs(): string
  /** Dovecot is away, and back with the same mailboxes. */
  stopImap(): Promise<void>
  startImap(): Promise<void>
  stop(): Promise<void>
}

const here = '127.0.0.1'

export async function startMailServers(): Promise<MailServers> {
  for (const [name, program] of Object.entries(programs))
    if (!existsSync(program)) throw new Error(`${name} is not installed: apt-get install dovecot-imapd dovecot-lmtpd postfix`)
  if (process.getuid?.() !== 0) throw new Error('mail servers are started by root')
  const folder = mkdtempSync(path.join(tmpdir(), 'okienko-mail-'))
  chmodSync(folder, 0o755)
  const [smtpPort, relayPort, imapPort, imapsPort, lmtpPort, authPort] = (await freePorts(6)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  const authority = certify(folder)
  const dovecot = writeDovecot(folder, { imapPort, imapsPort, lmtpPort, authPort })
  const postfix = writePostfix(folder, { smtpPort, relayPort, lmtpPort, authPort })
  let imap = spawnDovecot(dovecot)
  const startImap = async (): Promise<void> => {
    imap = spawnDovecot(dovecot)
    await answers(imapPort, lmtpPort, authPort)
  }
  const stopImap = async (): Promise<void> => {
    if (imap.exitCode !== null) return
    const gone = new Promise((resolve) => imap.once('exit', resolve))
    imap.kill('SIGTERM')
    await gone
  }
  const logs = (): string =>
    ['dovecot.log', 'postfix.log']
      .map((name) => path.join(folder, name))
      .map((file) => (existsSync(file) ? readFileSync(file, 'utf8') : ''))
      .join('\n')
  const stop = async (): Promise<void> => {
    spawnSync(programs.postfix, ['-c', postfix, 'stop'])
    await stopImap()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await answers(imapPort, imapsPort, lmtpPort, authPort)
    execFileSync(programs.postfix, ['-c', postfix, 'start'], { stdio: 'pipe' })
    await answers(smtpPort, relayPort)
  } catch (error) {
    console.error(logs())
    await stop()
    throw error
  }
  return { smtpPort, relayPort, imapPort, imapsPort, authority, logs, stopImap, startImap, stop }
}

const programs = { dovecot: '/usr/sbin/dovecot', postfix: '/usr/sbin/postfix', openssl: '/usr/bin/openssl' }

function spawnDovecot(config: string): ReturnType<typeof spawn> {
  return spawn(programs.dovecot, ['-F', '-c', config], { stdio: 'ignore' })
}

/** A certificate of its own for this machine; what it is trusted by is the certificate itself. */
function certify(folder: string): string {
  const file = path.join(folder, 'certificate.pem')
  const subject = ['-subj', '/CN=localhost', '-addext', `subjectAltName=DNS:localhost,IP:${here}`]
  const key = ['-newkey', 'rsa:2048', '-nodes', '-keyout', path.join(folder, 'key.pem')]
  execFileSync(programs.openssl, ['req', '-x509', '-days', '2', ...key, '-out', file, ...subject], { stdio: 'pipe' })
  return file
}

interface DovecotPorts {
  readonly imapPort: number
  readonly imapsPort: number
  readonly lmtpPort: number
  readonly authPort: number
}

function writeDovecot(folder: string, { imapPort, imapsPort, lmtpPort, authPort }: DovecotPorts): string {
  const [uid, gid] = [idOf('-u', 'nobody'), idOf('-g', 'nobody')]
  const users = path.join(folder, 'users')
  const entry = (address: string): string => `${address}:{PLAIN}${password}:${uid}:${gid}::${folder}/mail/${address}::`
  writeFileSync(users, [officeAddress, citizenAddress].map(entry).join('\n'))
  mkdirSync(path.join(folder, 'mail'))
  chownSync(path.join(folder, 'mail'), uid, gid)
  const file = path.join(folder, 'dovecot.conf')
  const listener = (name: string, port: number, more = ''): string => `inet_listener ${name} {
    address = ${here}
    port = ${port}
    ${more}
  }`
  writeFileSync(
    file,
    `base_dir = ${folder}/dovecot
state_dir = ${folder}/dovecot
log_path = ${folder}/dovecot.log
protocols = imap lmtp
listen = ${here}
ssl = yes
ssl_cert = <${folder}/certificate.pem
ssl_key = <${folder}/key.pem
disable_plaintext_auth = yes
auth_mechanisms = plain login
mail_location = maildir:~/Maildir
first_valid_uid = 1
passdb {
  driver = passwd-file
  args = username_format=%u ${users}
}
userdb {
  driver = passwd-file
  args = username_format=%u ${users}
}
service imap-login {
  ${listener('imap', imapPort)}
  ${listener('imaps', imapsPort, 'ssl = yes')}
}
service lmtp {
  ${listener('lmtp', lmtpPort)}
}
service auth {
  ${listener('sasl', authPort)}
}
`,
  )
  return file
}

/** A service of Postfix; its columns: private, unprivileged, chroot, wakeup, processes. */
const unix = (name: string, program: string, { open = false, wakes = '-', one = false } = {}): string =>
  `${name} unix ${open ? 'n' : '-'} - n ${wakes} ${one ? '1' : '0'} ${program}`

interface PostfixPorts {
  readonly smtpPort: number
  readonly relayPort: number
  readonly lmtpPort: number
  readonly authPort: number
}

function writePostfix(folder: string, { smtpPort, relayPort, lmtpPort, authPort }: PostfixPorts): string {
  const config = path.join(folder, 'postfix')
  for (const name of ['postfix', 'queue', 'data']) mkdirSync(path.join(folder, name))
  chownSync(path.join(folder, 'data'), idOf('-u', 'postfix'), idOf('-g', 'postfix'))
  const known = [officeAddress, citizenAddress, closedAddress].map((address) => `${address} ok`)
  writeFileSync(path.join(config, 'mailboxes'), `${known.join('\n')}\n`)
  writeFileSync(
    path.join(config, 'main.cf'),
    `compatibility_level = 3.6
queue_directory = ${folder}/queue
data_directory = ${folder}/data
maillog_file = ${folder}/postfix.log
maillog_file_prefixes = ${folder}
mail_owner = postfix
setgid_group = postdrop
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
myhostname = poczta.urzad.example
mydestination =
inet_interfaces = ${here}
inet_protocols = ipv4
virtual_mailbox_domains = urzad.example, mieszkancy.example
virtual_mailbox_maps = texthash:${config}/mailboxes
virtual_transport = lmtp:inet:${here}:${lmtpPort}
smtpd_tls_cert_file = ${folder}/certificate.pem
smtpd_tls_key_file = ${folder}/key.pem
smtpd_tls_security_level = may
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:${here}:${authPort}
smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
minimal_backoff_time = 2s
queue_run_delay = 2s
`,
  )
  writeFileSync(
    path.join(config, 'master.cf'),
    `${[
      `${here}:${smtpPort} inet n - n - - smtpd
  -o smtpd_tls_security_level=encrypt
  -o smtpd_sasl_auth_enable=yes
  -o smtpd_client_restrictions=permit_sasl_authenticated,reject`,
      `${here}:${relayPort} inet n - n - - smtpd`,
      'postlog unix-dgram n - n - 1 postlogd',
      unix('pickup', 'pickup', { open: true, wakes: '60', one: true }),
      unix('cleanup', 'cleanup', { open: true }),
      unix('qmgr', 'qmgr', { open: true, wakes: '2', one: true }),
      unix('tlsmgr', 'tlsmgr', { wakes: '1000?', one: true }),
      unix('rewrite', 'trivial-rewrite'),
      unix('bounce', 'bounce'),
      unix('defer', 'bounce'),
      unix('trace', 'bounce'),
      unix('verify', 'verify', { one: true }),
      unix('flush', 'flush', { open: true, wakes: '1000?' }),
      unix('proxymap', 'proxymap'),
      unix('smtp', 'smtp'),
      unix('relay', 'smtp'),
      unix('showq', 'showq', { open: true }),
      unix('error', 'error'),
      unix('retry', 'error'),
      unix('discard', 'discard'),
      unix('lmtp', 'lmtp'),
      unix('anvil', 'anvil', { one: true }),
      unix('scache', 'scache', { one: true }),
    ].join('\n')}\n`,
  )
  return config
}

function idOf(which: '-u' | '-g', user: string): number {
  return Number(execFileSync('id', [which, user], { encoding: 'utf8' }))
}

async function freePorts(count: number): Promise<readonly number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, here))
  await Promise.all(servers.map((server) => new Promise((resolve) => server.once('listening', resolve))))
  const ports = servers.map((server) => (server.address() as AddressInfo).port)
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}

/** Waits until something listens on each port; says which does not. */
async function answers(...ports: readonly number[]): Promise<void> {
  const until = Date.now() + 20_000
  for (const port of ports)
    while (!(await listens(port))) {
      if (Date.now() > until) throw new Error(`nothing listens on port ${port}`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, here, () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
