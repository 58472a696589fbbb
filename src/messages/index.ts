/** The face of the slice: what a message is, how the outbox is read, and whether anybody can be reached. */
export type {
  CalendarEntry,
  Composer,
  ComposerFacts,
  Composers,
  Delivery,
  Letter,
  MailThread,
  Message,
  MessageLink,
  MessageReason,
  MessageState,
  MessageWay,
  Payload,
  Recipient,
  Said,
  Secret,
  SigningUnit,
} from './model.js'
export { calendarText, calendarUid, type CalendarText } from './content/calendar.js'
export { mailOf, replySubject, signedLines, type Mail, type Sender } from './content/mail.js'
export { smsOf, smsParts, smsRules, type SmsRules } from './content/sms.js'
export { isFeedbackLink, mailboxWays, reaches } from './deliveries.js'
export { letterInMailbox, letterToSend } from './letter.js'
export { LetterBlock } from './pages/letter.js'
export { readOutbox, startReader } from './reader.js'
export { messagesOfOutbox, messagesOfVisits, type ToldMessage, type VisitMessage } from './report-store.js'
export { countUnreached } from './unreached/store.js'
export { noteBounce, type Bounce } from './reports.js'
export { messageKinds, type MessageKind } from './templates/catalogue.js'
export { exampleLetter, type ExampleFacts } from './templates/examples.js'
export { templateRoutes } from './templates/routes.js'
export { inTheOfficesWords, officeWords, wordings } from './templates/wording.js'
export type { Wordings } from './templates/store.js'
export { messageRoutes } from './routes.js'
export { messageIdOf } from './names.js'
