/** The face of the slice: tickets, the calling order, and what a desk does. */
export { issueTicket, spacedTicket, type TicketSeries } from './tickets.js'
