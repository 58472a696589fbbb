/**
 * The face of the design system: frames, components, how a page is sent. TSX in, HTML out; markup
 * of govuk-frontend under our own font, colour and mark. It knows no visit and no rule.
 */
export { AnswerPage, type AnswerPageOptions } from './answer-page.js'
export { assetBytes, assetUrl, sendAsset } from './assets.js'
export { classes } from './components/classes.js'
export { QrCode } from './components/qr-code.js'
export {
  Checkboxes,
  Fieldset,
  Radios,
  type CheckboxesOptions,
  type Choice,
  type Divider,
  type FieldsetOptions,
  type LegendOptions,
  type RadiosOptions,
} from './components/choices.js'
export { ErrorSummary, errorAt } from './components/errors.js'
export {
  ErrorMessage,
  FileInto,
  Hint,
  Label,
  Select,
  Textarea,
  TextInput,
  type FieldOptions,
  type LabelOptions,
  type SelectItem,
  type TextInputOptions,
} from './components/field.js'
export {
  BackLink,
  Button,
  Details,
  EmailLink,
  Filled,
  gap,
  IdempotencyField,
  idempotencyField,
  InsetText,
  LinkButton,
  NotificationBanner,
  Panel,
  PhoneLink,
  SummaryList,
  Table,
  Tag,
  Unbroken,
  WarningText,
  type BannerOptions,
  type ButtonOptions,
  type Cell,
  type SummaryAction,
  type SummaryRow,
  type TableOptions,
  type TagColour,
} from './components/text.js'
export { BasisLine, basisText, DecisionNotice, decisionSentence, NextSteps, StaffSteps } from './decision-notice.js'
export { inLanguage, markPolish, unmarked } from './languages.js'
export { theme } from './theme.js'
export { LiveRegion } from './live-region.js'
export { Mark } from './mark.js'
export {
  CitizenPage,
  DisplayPage,
  DoorPage,
  KioskPage,
  languageField,
  pageTitle,
  SmallPage,
  StaffPage,
  type PageOptions,
  type StaffLink,
  groupedLinks,
} from './pages.js'
export { uiRoutes } from './routes.js'
export { keepPage, KeptPages, sendKept, sendKeptAgain, sharedShell, type KeptPage } from './kept-pages.js'
export { clockHeaders, renderFragment, renderPage, sendFragment, sendPage, sendPublicPage } from './send.js'
export { makeShell, registerShell, requestLanguage, type Shell, type ShellOffice, type ShellOptions, type ShellStaff } from './shell.js'
export { useWords, WordsContext } from './words-context.js'
export { refusalKeys } from './gallery.js'
