/**
 * An answer as a device keeps it: drawn by the components of the door with a network, without links,
 * with a place for the facts of the visit and one for the buttons.
 */
import type { JSX } from 'preact'
import type { Basis, Decision } from '../../platform/decision.js'
import { BasisLine, classes, PhoneLink, renderFragment, WordsContext, type Shell } from '../../ui/index.js'
import type { DoorAnswer } from '../model.js'
import { Icon, Sentence, shapeOf, wordOf } from '../pages/answer.js'
import type { ToldAnswer } from './model.js'

/** Steps that need the network; who can be helped only with it is told so in one sentence. */
const needsNetwork: ReadonlySet<string> = new Set(['web', 'request', 'advice', 'search-by-name', 'contact'])

/** The answer of a decision. */
export function toldOf(shell: Shell, answer: DoorAnswer): ToldAnswer {
  const { t } = shell
  const { decision } = answer
  const shape = decision.code === 'same-pass-again' ? 'wait' : shapeOf(answer)
  const steps = decision.next
    .filter(({ kind }) => !needsNetwork.has(kind) && (kind !== 'come-back-at' || decision.code !== 'too-early'))
    .map(({ kind, values, phone }) => ({ sentence: t(`decision.next.${kind}`, values), phone }))
  const face = (
    <Face shell={shell} shape={shape} word={wordOf(shell, answer)} basis={decision.basis} steps={steps}>
      <Sentence shell={shell} answer={answer} />
    </Face>
  )
  return { code: decision.code, allowed: decision.allowed, shape, html: renderFragment(face, 'pl') }
}

/** An envelope is taken: the device puts its receipt where the facts of a visit stand. */
export function toldEnvelope(shell: Shell, { code, basis }: Decision): ToldAnswer {
  const face = (
    <Face shell={shell} shape="yes" word={shell.t('entrance-staff.word.envelope')} basis={basis} steps={[]}>
      <></>
    </Face>
  )
  return { code, allowed: true, shape: 'yes', html: renderFragment(face, 'pl') }
}

/** An answer only a device without the network gives: its word, its sentence and its step have the same name. */
export function toldOnDevice(shell: Shell, code: string, shape: ToldAnswer['shape']): ToldAnswer {
  const { t } = shell
  const words = `entrance-offline-staff.answer.${code}`
  const face = (
    <Face shell={shell} shape={shape} word={t(words)} basis={[]} steps={[{ sentence: t(`${words}.step`), phone: undefined }]}>
      <p class="govuk-body-l">{t(`${words}.why`)}</p>
    </Face>
  )
  return { code, allowed: shape === 'yes', shape, html: renderFragment(face, 'pl') }
}

function Face({
  shell,
  shape,
  word,
  basis,
  steps,
  children,
}: {
  shell: Shell
  shape: ToldAnswer['shape']
  word: string
  basis: readonly Basis[]
  steps: readonly { readonly sentence: string; readonly phone: string | undefined }[]
  children: JSX.Element
}): JSX.Element {
  return (
    <WordsContext.Provider value={shell.t}>
      <div class={classes('okienko-answer', `okienko-answer--${shape}`)} data-tone={shape}>
        <h1 tabindex={-1}>
          <Icon shape={shape} />
          {word}
        </h1>
        {children}
        <div data-facts="" />
        <BasisLine basis={basis} />
        {steps.length > 0 && (
          <>
            <h2 class="govuk-heading-m">{shell.t('decision.next')}</h2>
            <ul class="govuk-list govuk-list--bullet okienko-next">
              {steps.map(({ sentence, phone }) => (
                <li>
                  {sentence}
                  {phone !== undefined && (
                    <>
                      {' '}
                      <PhoneLink phone={phone} />
                    </>
                  )}
                </li>
              ))}
            </ul>
          </>
        )}
        <div data-acts="" />
      </div>
    </WordsContext.Provider>
  )
}
