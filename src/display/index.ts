/** The face of the slice: the screens of the waiting rooms. */
export { displayRoutes } from './routes.js'
export { boardOf } from './rules.js'
export { displayDuties } from './queue-samples.js'
