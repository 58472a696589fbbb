/**
 * Reads the history of a week and says what is wrong with it. Shares no code with the program: it
 * knows the tables, the acts as data and what must hold, not how the program decides.
 */
import { doorProblems, paperProblems, ticketProblems } from './door.js'
import { correctionProblems, figureProblems, messageProblems, toldProblems, type Told } from './figures.js'
import type { History } from './history.js'
import { momentsOf, orderProblems, outsideProblems } from './order.js'
import { apply, beginning } from './state.js'
import { deskProblems, endProblems, stepProblems } from './steps.js'

export { readHistory, type Happened, type History } from './history.js'
export type { Told } from './figures.js'

/** Every sentence is something that must not be. */
export function problemsIn(history: History, told: Told): string[] {
  const problems: string[] = []
  const world = beginning(history)
  const firstServices = new Map([...world.visits].map(([id, { service }]) => [id, service]))
  const moments = momentsOf(history, told.spokenOf)
  const figures = told.figures.toSorted((a, b) => a.at - b.at)
  let next = 0
  const figuresUntil = (at: number): void => {
    for (let said = figures[next]; said !== undefined && said.at < at; said = figures[(next += 1)])
      problems.push(...figureProblems(world, said))
  }
  for (const event of history.events) {
    figuresUntil(event.at)
    problems.push(
      ...stepProblems(world, event),
      ...deskProblems(world, event),
      ...orderProblems(world, event, moments),
      ...outsideProblems(world, event, moments),
      ...doorProblems(world, event),
      ...correctionProblems(world, event),
    )
    apply(world, event)
  }
  figuresUntil(Infinity)
  return [
    ...problems,
    ...endProblems(world),
    ...ticketProblems(world, firstServices),
    ...paperProblems(world),
    ...messageProblems(history),
    ...toldProblems(world, told),
  ]
}
