/**
 * The kiosk on its addresses, for a paired kiosk alone. Every act leads to an address that shows
 * what came of it; no address names a person or a visit. `/kiosk/koniec` clears the turn.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../platform/context.js'
import { machineClock, type Clock } from '../platform/clock.js'
import { refuse } from '../platform/decision.js'
import { formText } from '../platform/http/form.js'
import { keepStreams, openStream } from '../platform/live.js'
import { deviceTopic, requireDevice, type Device } from '../device/index.js'
import { directory } from '../directory/index.js'
import { sendFragment, sendPage, WordsContext } from '../ui/index.js'
import { checkIn, checkInByPhone } from './actions.js'
import { viewKeys, type CheckedIn } from './model.js'
import { Paper } from './pages/answers.js'
import { CodeScreen, HelpScreen, HourScreen, PhoneScreen, StartScreen } from './pages/start.js'
import { askForPaper, printingDone } from './print/jobs.js'
import { kioskStaffRoutes } from './staff-routes.js'
import { hasTicketHere, kioskAddress, pressed, readHour, readLastDigits } from './rules.js'
import { paperOf, showAnswer, showTicket, unknownAddress } from './show.js'
import { speechWords } from './speech.js'
import { endTurn, forgetVisit, isUntouched, keepView, keepVisit, viewOf, visitOfTurn } from './turn.js'
import { walkInRoutes } from './walk-in-routes.js'

const hidden = { schema: { hide: true } } as const
/** As long as a scanned code can be. */
const codeLengthMax = 300
const referenceLength = 8

export function kioskRoutes(app: FastifyInstance, context: Context, machine: Clock = machineClock): void {
  keepStreams(app, context)
  app.addHook('preClose', () => printingDone(context))
  kioskStaffRoutes(app, context)
  walkInRoutes(app, context)
  const kioskOf = (request: FastifyRequest, reply: FastifyReply): Promise<Device | null> => requireDevice(context, request, reply, 'kiosk')

  app.get('/kiosk', hidden, async (request, reply) => {
    const kiosk = await kioskOf(request, reply)
    if (kiosk === null) return reply
    return sendPage(reply, <StartScreen shell={request.shell} view={viewOf(request)} untouched={isUntouched(request)} />)
  })

  app.get('/kiosk/koniec', hidden, async (request, reply) => {
    if ((await kioskOf(request, reply)) === null) return reply
    endTurn(reply)
    return reply.redirect('/kiosk', 303)
  })

  app.get('/kiosk/pomoc', hidden, async (request, reply) => {
    if ((await kioskOf(request, reply)) === null) return reply
    const { shell } = request
    return sendPage(reply, <HelpScreen shell={shell} view={viewOf(request)} phone={shell.officePhone} back="/kiosk" />)
  })

  app.post('/kiosk/widok', hidden, async (request, reply) => {
    if ((await kioskOf(request, reply)) === null) return reply
    const view = viewOf(request)
    const key = viewKeys.find((each) => each === formText(request.body, 'co', 20))
    if (key !== undefined) keepView(context, reply, { ...view, [key]: !view[key] })
    return reply.redirect(kioskAddress(formText(request.body, 'powrot', 300)), 303)
  })

  app.get('/kiosk/mowa', hidden, async (request, reply) => {
    if ((await kioskOf(request, reply)) === null) return reply
    return reply.send(speechWords(await directory(context), request.shell.language))
  })

  app.get('/kiosk/wizyta', hidden, async (request, reply) => {
    if ((await kioskOf(request, reply)) === null) return reply
    return sendPage(reply, <CodeScreen shell={request.shell} view={viewOf(request)} typed="" error={null} />)
  })

  app.post('/kiosk/wizyta', hidden, async (request, reply) => {
    const kiosk = await kioskOf(request, reply)
    if (kiosk === null) return reply
    const typed = formText(request.body, 'kod', codeLengthMax)
    const key = formText(request.body, 'znak', 10)
    const again = (text: string, error: string | null, status = 200): FastifyReply =>
      sendPage(reply, <CodeScreen shell={request.shell} view={viewOf(request)} typed={text} error={error} />, status)
    if (key !== '') return again(pressed(typed.toUpperCase(), key, referenceLength), null)
    if (typed === '') return again('', 'kiosk.error.code', 422)
    return afterCheckIn(request, reply, kiosk, await checkIn(context, kiosk, typed))
  })

  app.get('/kiosk/zapomniane', hidden, async (request, reply) => {
    if ((await kioskOf(request, reply)) === null) return reply
    return sendPage(reply, <HourScreen shell={request.shell} view={viewOf(request)} typed="" error={null} />)
  })

  app.post('/kiosk/zapomniane', hidden, async (request, reply) => {
    if ((await kioskOf(request, reply)) === null) return reply
    const typed = formText(request.body, 'godzina', 10)
    const key = formText(request.body, 'znak', 10)
    const wrong = readHour(typed) === null
    if (key === '' && !wrong) return reply.redirect(`/kiosk/zapomniane/telefon?godzina=${typed.replaceAll(/\D/g, '')}`, 303)
    const view = { typed: key === '' ? typed : pressed(typed, key, 4), error: key === '' ? 'kiosk.error.hour' : null }
    return sendPage(reply, <HourScreen shell={request.shell} view={viewOf(request)} {...view} />, key === '' ? 422 : 200)
  })

  app.get('/kiosk/zapomniane/telefon', hidden, async (request, reply) => {
    if ((await kioskOf(request, reply)) === null) return reply
    const { godzina } = request.query as Record<string, unknown>
    if (typeof godzina !== 'string' || readHour(godzina) === null) return reply.redirect('/kiosk/zapomniane', 303)
    return sendPage(reply, <PhoneScreen shell={request.shell} view={viewOf(request)} typed="" error={null} hour={godzina} refusal={null} />)
  })

  app.post('/kiosk/zapomniane/telefon', hidden, async (request, reply) => {
    const kiosk = await kioskOf(request, reply)
    if (kiosk === null) return reply
    const hour = formText(request.body, 'godzina', 10)
    const minute = readHour(hour)
    if (minute === null) return reply.redirect('/kiosk/zapomniane', 303)
    const typed = formText(request.body, 'telefon', 20)
    const key = formText(request.body, 'znak', 10)
    const digits = readLastDigits(typed)
    const show = (part: { typed?: string; error?: string | null }, status: number): FastifyReply =>
      sendPage(
        reply,
        <PhoneScreen shell={request.shell} view={viewOf(request)} hour={hour} typed="" error={null} refusal={null} {...part} />,
        status,
      )
    if (key !== '') return show({ typed: pressed(typed, key, 4) }, 200)
    if (digits === null) return show({ typed, error: 'kiosk.error.phone' }, 422)
    const outcome = await checkInByPhone(context, kiosk, { minute, digits }, machine.now())
    if ('decision' in outcome) return afterCheckIn(request, reply, kiosk, outcome)
    const refusal = refuse(outcome.code)
    const status = outcome.code === 'too-many-tries' ? 429 : 422
    return sendPage(
      reply,
      <PhoneScreen shell={request.shell} view={viewOf(request)} hour={hour} typed="" error={null} refusal={refusal} />,
      status,
    )
  })

  app.get('/kiosk/numerek', hidden, async (request, reply) => {
    const kiosk = await kioskOf(request, reply)
    return kiosk === null ? reply : showTicket(request, reply, context, kiosk)
  })

  app.get('/kiosk/numerek/wydruk', hidden, async (request, reply) => {
    const kiosk = await kioskOf(request, reply)
    if (kiosk === null) return reply
    const turn = await visitOfTurn(context, request)
    const state = turn === null ? 'none' : await paperOf(context, kiosk, turn.visit.id)
    return sendFragment(
      reply,
      <WordsContext.Provider value={request.shell.t}>
        <Paper state={state} />
      </WordsContext.Provider>,
    )
  })

  app.get('/kiosk/odpowiedz', hidden, async (request, reply) => {
    const kiosk = await kioskOf(request, reply)
    return kiosk === null ? reply : showAnswer(request, reply, context, kiosk)
  })

  // An answer without a body would never end.
  app.get('/kiosk/na-zywo', { ...hidden, exposeHeadRoute: false }, async (request, reply) => {
    const kiosk = await kioskOf(request, reply)
    return kiosk === null ? reply : openStream(request, reply, context, [deviceTopic(kiosk.id)])
  })

  /** To the ticket, with the paper asked for; or to why there is none. */
  async function afterCheckIn(request: FastifyRequest, reply: FastifyReply, kiosk: Device, { visit }: CheckedIn): Promise<FastifyReply> {
    if (visit === null) {
      forgetVisit(reply)
      return reply.redirect(unknownAddress, 303)
    }
    keepVisit(context, reply, visit.id)
    if (!hasTicketHere(visit, kiosk.buildingId, context.clock.now())) return reply.redirect('/kiosk/odpowiedz', 303)
    const { language } = request.shell
    const paper = await askForPaper(context, kiosk, { visitId: visit.id, language })
    return reply.redirect(paper === 'browser' ? '/kiosk/numerek?druk=1' : '/kiosk/numerek', 303)
  }
}
