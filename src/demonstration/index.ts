/** The face of the slice: what exists in the demonstration of the example office, and nowhere else. */
export { answerRoutes } from './answers-page.js'
export { clockRoutes } from './clock-routes.js'
export { writeRoutes, writingPage } from './mail/routes.js'
export { prepareDemonstration } from './prepare.js'
export { seedDay } from './seed.js'
