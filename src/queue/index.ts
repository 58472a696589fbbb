/** The face of the slice: tickets, the calling order, and what a desk does. */
export { issueTicket, seriesOf, spacedTicket, type TicketSeries } from './tickets.js'
export { callNext, finish, missed, recall, start, undoMissed } from './actions.js'
export { closeDesk, closeDesksOf, closeForgottenDesks, openDesk, pauseDesk, resumeDesk } from './sessions.js'
export { chooseNext, dueOnArrival, inOrder, mayCallAnyone, mayDoAtDesk } from './rules.js'
export { lineOf, type PlaceInLine } from './line.js'
export type { Due } from './rules.js'
export type { Acted, DeskCommand, QueueAnswer, QueueRefusal, VisitCommand, Waiting } from './model.js'
export { queueRoutes } from './mount.js'
