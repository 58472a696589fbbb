/** The face of the slice: erasure of personal data on its day. */
export { erasePersonalData, privacyDuties } from './actions.js'
