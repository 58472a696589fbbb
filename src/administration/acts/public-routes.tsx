/** `/akty`: acts for everybody, as pages, as data, as a feed, and for the Public Information Bulletin. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { directory } from '../../directory/index.js'
import { officeDay } from '../../platform/clock.js'
import type { Context } from '../../platform/context.js'
import { formText } from '../../platform/http/form.js'
import { endOf, read, ruleBook } from '../../regulation/index.js'
import { KeptPages, renderFragment } from '../../ui/index.js'
import { addressOf, atomFeed, BipFragment, bipXml, type BipOptions } from './bip.js'
import { hidden, notFound } from './desk.js'
import { documentOfAct } from './document.js'
import { ActPage, ActsListPage } from './pages/public.js'
import { stageOfAct } from './rules.js'
import { actOfSlug, publicActs, publishedWith, textOf, versionsOf } from './versions.js'

export function publicActRoutes(app: FastifyInstance, context: Context): void {
  const pages = new KeptPages()

  app.get('/akty', hidden, async (request, reply) => {
    const [book, office] = await Promise.all([ruleBook(context), directory(context)])
    const today = officeDay(context.clock.now())
    const view = { book, acts: publicActs(book), today }
    return pages.send(request, reply, {
      path: '/akty',
      madeOf: [book, office, today.toString()],
      page: (shell) => <ActsListPage shell={shell} view={view} />,
    })
  })

  app.get('/akty.atom', hidden, async (_request, reply) => {
    const [book, office] = await Promise.all([ruleBook(context), directory(context)])
    const drafts = await publishedWith(context, book)
    const all = publicActs(book).flatMap((act) => {
      const versions = versionsOf(book, drafts, act.id)
      return versions.map((version) => ({ version, versions }))
    })
    const feed = atomFeed({ all, office, publicUrl: context.publicUrl, now: context.clock.now() })
    return fresh(reply).type('application/atom+xml; charset=utf-8').send(feed)
  })

  app.get('/akty.json', hidden, async (_request, reply) => {
    const book = await ruleBook(context)
    const drafts = await publishedWith(context, book)
    const today = officeDay(context.clock.now())
    const reading = read(book)
    const acts = publicActs(book).map((act) => {
      const href = addressOf(context.publicUrl, act.id)
      const { id, number, title, issuer, rank } = act
      const versions = versionsOf(book, drafts, act.id).map((version) => ({
        number: version.number,
        entered: version.enteredAt.toString(),
        published: version.draft?.published?.at.toString() ?? null,
        register: version.draft?.signed?.number ?? null,
        href: `${href}?wersja=${version.number}`,
      }))
      const { term } = endOf(act, reading)
      return { id, number, title, issuer, rank, ...term, stage: stageOfAct(act, book, today), href, json: `${href}.json`, versions }
    })
    return fresh(reply).send({ acts })
  })

  app.get('/akty/:name', hidden, async (request, reply) => sendAct(context, pages, request, reply))
}

async function sendAct(context: Context, pages: KeptPages, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { name } = request.params as { name: string }
  const [, slug = '', ending] = /^([^.]*)(?:\.(json|xml|html))?$/.exec(name) ?? []
  const [book, office] = await Promise.all([ruleBook(context), directory(context)])
  const act = actOfSlug(book, slug)
  if (act === undefined) return notFound(reply)
  const versions = versionsOf(book, await publishedWith(context, book), act.id)
  const asked = formText(request.query, 'wersja', 6)
  const version = asked === '' ? versions.at(-1) : versions.find((each) => String(each.number) === asked)
  if (version === undefined) return notFound(reply)
  const today = officeDay(context.clock.now())
  const options: BipOptions = { versions, version, book, office, publicUrl: context.publicUrl }
  switch (ending) {
    case 'json':
      return fresh(reply)
        .type('application/json; charset=utf-8')
        .send(
          `${JSON.stringify(documentOfAct({ ...book, provisions: version.provisions }, version.act, textOf(versions, version.number)), null, 2)}\n`,
        )
    case 'xml':
      return fresh(reply).type('application/xml; charset=utf-8').send(bipXml(options))
    case 'html':
      return fresh(reply)
        .type('text/html; charset=utf-8')
        .send(renderFragment(<BipFragment {...options} />, 'pl'))
    case undefined:
    default:
      return pages.send(request, reply, {
        path: asked === '' ? `/akty/${slug}` : `/akty/${slug}?wersja=${version.number}`,
        madeOf: [book, office, today.toString()],
        page: (shell) => <ActPage shell={shell} view={{ book, office, versions, version, today }} />,
      })
  }
}

/** Anybody may keep it for a few minutes; engines of bulletins fetch often. */
function fresh(reply: FastifyReply): FastifyReply {
  return reply.header('cache-control', 'public, max-age=300')
}
