/** The face of the slice: kiosks, where people check in and take tickets alone. */
export { kioskDuties } from './duties.js'
export { kioskRoutes } from './routes.js'
