/** `/plakat/BUILDING`: the poster at a door, for everybody; kept as long as the day and the law it is made of. */
import type { FastifyInstance } from 'fastify'
import { directory } from '../../../directory/index.js'
import { officeDay } from '../../../platform/clock.js'
import type { Context } from '../../../platform/context.js'
import type { FieldError } from '../../../platform/decision.js'
import { formText } from '../../../platform/http/form.js'
import { readWrittenDay } from '../../../platform/typed-time.js'
import { ruleBook } from '../../../regulation/index.js'
import { KeptPages, sendPublicPage, type Shell } from '../../../ui/index.js'
import { hidden, notFound } from '../../acts/desk.js'
import { editions, PosterPage } from './page.js'
import { posterOf } from './rules.js'

export function posterRoutes(app: FastifyInstance, context: Context): void {
  const pages = new KeptPages()
  app.get('/plakat/:building', hidden, async (request, reply) => {
    const [office, book] = await Promise.all([directory(context), ruleBook(context)])
    const building = office.buildings.get((request.params as { building: string }).building)
    if (building === undefined) return notFound(reply)
    const wanted = formText(request.query, 'wydanie', 10)
    const edition = editions.find((each) => each === wanted) ?? 'a4'
    const typed = formText(request.query, 'dzien', 20)
    const today = officeDay(context.clock.now())
    const day = typed === '' ? today : readWrittenDay(typed)
    const errors: FieldError[] = day === null ? [{ field: 'dzien', message: 'administration-publication.poster.bad-day' }] : []
    const poster = posterOf(book, office, building.id, day ?? today)
    const page = (shell: Shell) => (
      <PosterPage shell={shell} view={{ office, building, edition, poster, day: typed, errors, publicUrl: context.publicUrl }} />
    )
    if (typed !== '') return sendPublicPage(reply, page(request.shell), day === null ? 422 : 200)
    const path = `/plakat/${building.id}${edition === 'a4' ? '' : `?wydanie=${edition}`}`
    return pages.send(request, reply, { path, madeOf: [office, book, today.toString()], page })
  })
}
