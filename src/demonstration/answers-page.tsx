/** The gallery of answers: each that is no, by slice, with what it rests on and what one can do next. Its headings are samples in Polish. */
import type { FastifyInstance } from 'fastify'
import type { JSX } from 'preact'
import type { Context } from '../platform/context.js'
import { refuse } from '../platform/decision.js'
import { readMessages } from '../platform/words.js'
import { directory } from '../directory/index.js'
import { ruleBook } from '../regulation/index.js'
import { CitizenPage, DecisionNotice, refusalKeys, sendPage, type Shell } from '../ui/index.js'
import { examples, keyOf, type Example } from './answers.js'

export function answerRoutes(app: FastifyInstance, context: Context): void {
  app.get('/galeria/odpowiedzi', { schema: { hide: true } }, async (request, reply) => {
    const [book, office] = await Promise.all([ruleBook(context), directory(context)])
    return sendPage(reply, <AnswersPage shell={request.shell} given={examples(book, office)} />)
  })
}

function AnswersPage({ shell, given }: { shell: Shell; given: readonly Example[] }): JSX.Element {
  const produced = new Map(given.map((each) => [keyOf(each), each]))
  const slices = Map.groupBy(refusalKeys(), (key) => key.split('.refused.')[0] ?? '')
  return (
    <CitizenPage shell={shell} title="Galeria: odpowiedzi" back="/galeria">
      <div lang="pl">
        <h1 class="govuk-heading-xl">Odpowiedzi, które brzmią „nie”</h1>
        <p class="govuk-body">
          Przykłady daje ten sam kod, który odpowiada ludziom. Bez przykładu są odpowiedzi, które zależą od zapisu w bazie.
        </p>
        {[...slices].map(([slice, keys]) => (
          <>
            <h2 class="govuk-heading-l">{slice}</h2>
            {keys.map((key) => (
              <section aria-label={key}>
                <h3 class="govuk-heading-m okienko-breakable">{key}</h3>
                <DecisionNotice slice={slice} decision={produced.get(key)?.decision ?? withoutExample(key)} level={4} />
              </section>
            ))}
          </>
        ))}
      </div>
    </CitizenPage>
  )
}

/** The sentence alone, with a number where one is filled in. */
function withoutExample(key: string) {
  const names = [...(readMessages('pl').get(key) ?? '').matchAll(/\{(\w+)/g)].map(([, name]) => [name, 12] as const)
  return refuse(key.split('.refused.')[1] ?? '', [], [], Object.fromEntries(names))
}
