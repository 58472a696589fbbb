/** The face of the slice: who works here, how they sign in, and which role may do what. */
export { isRole, linkHours, roles, type AccountSeed, type Account, type Placed, type Role, type Staff } from './model.js'
export { hasRole } from './rules.js'
export { mayTakeOver, seesService, unitsHeaded, unitsOf, worksAt } from './places.js'
export { requireRole, staffCookie, staffHook } from './hook.js'
export { accountsOf, closeAccount, makeAccount, makeProgramToken, openSession, signIn, signOut } from './actions.js'
export { ensureAdministrator, importAccounts, makeDemonstrationAccounts, type PrintedAccount } from './seeds.js'
export { doorsOf, menuOf, staffLinks, type Notice } from './links.js'
export { staffRoutes } from './routes.js'
