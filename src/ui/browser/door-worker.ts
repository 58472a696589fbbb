/**
 * Serves the door's page while the server is away, also when the page is loaded anew. It keeps one page
 * of each door with its style and scripts, and nothing of anybody; it never answers for a server that
 * is there. With signing out everything of the day goes.
 */
interface WorkerEvent extends Event {
  waitUntil(work: Promise<unknown>): void
}
interface Fetching extends WorkerEvent {
  readonly request: Request
  respondWith(answer: Promise<Response>): void
}
interface Told extends WorkerEvent {
  readonly data: { readonly keep?: string }
}
const worker = self as unknown as {
  addEventListener(name: 'install' | 'activate', heard: (event: WorkerEvent) => void): void
  addEventListener(name: 'fetch', heard: (event: Fetching) => void): void
  addEventListener(name: 'message', heard: (event: Told) => void): void
  skipWaiting(): Promise<void>
  readonly clients: { claim(): Promise<void> }
}

const keptName = 'okienko-door'
/** As long as a guard waits for a page before the one kept is shown. */
const awayMs = 10_000

worker.addEventListener('install', (event) => event.waitUntil(worker.skipWaiting()))
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()))
worker.addEventListener('message', (event) => {
  if (event.data.keep !== undefined) event.waitUntil(keep(event.data.keep))
})

worker.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (origin !== location.origin) return
  if (request.method === 'POST' && pathname === '/praca/wyloguj') return event.respondWith(signOut(request))
  const base = /^\/praca\/wejscie\/[^/]+/.exec(pathname)?.[0]
  if (request.mode === 'navigate' && base !== undefined)
    return event.respondWith(pathname === `${base}/bez-sieci` ? keptFirst(request) : pageOf(request, base))
  if (request.method === 'GET' && pathname.startsWith('/assets/')) event.respondWith(keptFirst(request))
})

/** The page of a door with all it is made of, in place of the one of before. */
async function keep(base: string): Promise<void> {
  const address = `${base}/bez-sieci`
  const page = await fetch(address, { cache: 'no-store' })
  if (!page.ok || page.redirected) return
  const html = await page.clone().text()
  const parts = [...html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, part]) => part as string)
  const imports = [
    'door-count.js',
    'door-kept.js',
    'door-lookup.js',
    'door-network.js',
    'door-papers.js',
    'door-parts.js',
    'door-pass.js',
    'door-receipt.js',
    'qr/decode.js',
    'qr/index.js',
  ]
  const folder = /^\/assets\/[^/]+\//.exec(parts[0] ?? '')?.[0] ?? ''
  const all = [...parts, ...imports.map((each) => folder + each)]
  const fonts = await Promise.all(parts.filter((part) => part.endsWith('.css')).map(fontsOf))
  const cache = await caches.open(keptName)
  await cache.addAll([...new Set([...all, ...fonts.flat()])])
  // Last: a page that is kept has everything it needs.
  await cache.put(address, page)
  for (const request of await cache.keys()) {
    const { pathname } = new URL(request.url)
    if (pathname.startsWith('/assets/') && !pathname.startsWith(folder)) await cache.delete(request)
  }
}

async function fontsOf(sheet: string): Promise<string[]> {
  const css = await (await fetch(sheet)).text()
  return [...css.matchAll(/url\(["']?([^"')]+\.woff2)["']?\)/g)].map(
    ([, font]) => new URL(font as string, new URL(sheet, location.origin)).pathname,
  )
}

async function keptFirst(request: Request): Promise<Response> {
  return (await kept(new URL(request.url).pathname)) ?? fetch(request)
}

/** The server's page; the kept one where nobody answers, or only somebody before it who says that it is away. */
async function pageOf(request: Request, base: string): Promise<Response> {
  let answer: Response | null = null
  try {
    // What is sent is never given up: it may have arrived.
    answer = await (request.method === 'GET' ? inTime(fetch(request)) : fetch(request))
    if (answer.status < 502 || answer.status > 504) return answer
  } catch {
    // Answered below.
  }
  return (await kept(`${base}/bez-sieci`)) ?? answer ?? Response.error()
}

function inTime<Answer>(work: Promise<Answer>): Promise<Answer> {
  return Promise.race([work, new Promise<never>((_done, failed) => setTimeout(() => failed(new Error('away')), awayMs))])
}

async function kept(address: string): Promise<Response | undefined> {
  return (await caches.open(keptName)).match(address, { ignoreVary: true })
}

async function signOut(request: Request): Promise<Response> {
  const answer = await fetch(request)
  await caches.delete(keptName)
  await forgetLists()
  return answer
}

/** Lists only: acts that wait to be sent are the record of who is inside. */
function forgetLists(): Promise<void> {
  return new Promise((done) => {
    const opening = indexedDB.open('okienko-door')
    opening.addEventListener('error', () => done())
    opening.addEventListener('success', () => {
      const database = opening.result
      if (!database.objectStoreNames.contains('lists')) {
        database.close()
        indexedDB.deleteDatabase('okienko-door')
        return done()
      }
      const change = database.transaction('lists', 'readwrite')
      change.objectStore('lists').clear()
      const end = (): void => {
        database.close()
        done()
      }
      change.addEventListener('complete', end)
      change.addEventListener('abort', end)
    })
  })
}
