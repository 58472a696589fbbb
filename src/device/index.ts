/** The face of the slice: devices of the buildings, how they are paired, and the guard of their work. */
export {
  deviceKinds,
  deviceTroubles,
  type Device,
  type DeviceKind,
  type DeviceRefusal,
  type DeviceSeed,
  type DeviceSettings,
  type DeviceTrouble,
  type NoDevice,
  type Printer,
} from './model.js'
export { changeScreen, deviceTopic, makeDevice, pair, reportTrouble, revokeDevice, troubledDevices } from './actions.js'
export { deviceCookie, deviceOf, requireDevice } from './guard.js'
export { findDevice } from './store.js'
export { DeviceTroubles } from './pages/troubles.js'
export { deviceDuties } from './duties.js'
export { deviceRoutes } from './routes.js'
