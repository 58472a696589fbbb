/**
 * The frames of all pages: citizen, staff, waiting-room display and door. Each has one `main`, a
 * skip link, the language switch, help in the same place, and in a demonstration the sentence that
 * this is not an office's page. What a page adds is its title and its content with one `h1`.
 */
import type { ComponentChildren, JSX } from 'preact'
import type { FieldError } from '../platform/decision.js'
import { assetUrl } from './assets.js'
import { classes } from './components/classes.js'
import { ErrorSummary } from './components/errors.js'
import { BackLink, PhoneLink } from './components/text.js'
import { DemonstrationBar } from './demonstration-bar.js'
import { alternates } from './languages.js'
import { Mark } from './mark.js'
import type { Shell } from './shell.js'
import { theme } from './theme.js'
import { useWords, WordsContext } from './words-context.js'

export interface PageOptions {
  readonly shell: Shell
  /** What the page is about; the frame adds the product and, on errors, "Błąd:" in front. Never personal data. */
  readonly title: string
  /** Where the back link leads. */
  readonly back?: string | undefined
  readonly errors?: readonly FieldError[] | undefined
  /** What was typed into the form that is sent back with errors: changing the language then takes it along, by `languageField`. */
  readonly typed?: Readonly<Record<string, string | readonly string[]>> | undefined
  /** Ids of fields whose id is not their name, for the links of the error summary. */
  readonly errorIds?: Readonly<Record<string, string>> | undefined
  /** Browser scripts besides okienko.js, by name, such as `live.js`. */
  readonly scripts?: readonly string[] | undefined
  /** Without script the page sends itself again after so many seconds. */
  readonly refreshSeconds?: number | undefined
  /** Where that leads, if not to the page itself. */
  readonly refreshTo?: string | undefined
  /** Programs that read the page are told of the feed of acts. */
  readonly feed?: boolean | undefined
  readonly children?: ComponentChildren | undefined
}

/** Sent by a form whose language is to be changed: it is shown again in that language, and nothing else happens. */
export const languageField = 'jezyk'

const languageNames = { pl: 'Polski', en: 'English', uk: 'Українська' } as const

/** A page for citizens: a column of 66 characters, big type, help below. */
export function CitizenPage(options: PageOptions & { wide?: boolean | undefined }): JSX.Element {
  const { shell, back, errors, errorIds, wide, children } = options
  const { t } = shell
  const typed = errors !== undefined && errors.length > 0 ? options.typed : undefined
  return (
    <Document options={options} name="citizen">
      <header class="govuk-template__header okienko-header">
        <div class="govuk-width-container okienko-header__row">
          <a href="/" class="okienko-header__home">
            <Mark />
            <span class="okienko-header__name">Okienko</span>
            <OfficeName shell={shell} />
          </a>
          <BackToWork shell={shell} />
          <LanguageSwitch shell={shell} typed={typed} />
        </div>
        <div class="govuk-service-navigation" data-module="govuk-service-navigation">
          <div class="govuk-width-container">
            <div class="govuk-service-navigation__container">
              <nav aria-label={t('ui.menu')} class="govuk-service-navigation__wrapper">
                <ul class="govuk-service-navigation__list">
                  <NavigationItem shell={shell} href="/sprawy" text={t('ui.menu.services')} />
                  <NavigationItem shell={shell} href="/wizyta" text={t('ui.menu.visit')} />
                  <NavigationItem shell={shell} href="/kontakt" text={t('ui.menu.contact')} />
                </ul>
              </nav>
            </div>
          </div>
        </div>
      </header>
      <DemonstrationBar shell={shell} />
      <div class="govuk-width-container">
        {back !== undefined && <Back href={back} />}
        <main class="govuk-main-wrapper" id="main-content">
          <div class={wide ? undefined : 'okienko-column'}>
            {errors !== undefined && errors.length > 0 && <ErrorSummary errors={errors} {...(errorIds ? { ids: errorIds } : {})} />}
            {children}
          </div>
        </main>
        <aside class="okienko-help" aria-label={t('ui.help')}>
          <p class="govuk-body">
            <strong>{t('ui.help')}</strong> {t('ui.help.phone')} <PhoneLink phone={shell.officePhone} />
          </p>
        </aside>
      </div>
      <Footer shell={shell} />
    </Document>
  )
}

export interface StaffLink {
  readonly href: string
  readonly text: string
  /** The heading it stands under in a long menu. */
  readonly group?: string | undefined
}

/** Links under their headings, in the order they come in. */
export function groupedLinks<Link extends StaffLink>(links: readonly Link[]): readonly (readonly [string, readonly Link[]])[] {
  return [...Map.groupBy(links, ({ group = '' }) => group)]
}

/** More links than these are folded, with the first in sight. */
const linksInSight = 5

/** A page for staff: full width, dense; who is signed in and the way out in the same place. */
export function StaffPage(options: PageOptions & { links?: readonly StaffLink[] | undefined }): JSX.Element {
  const { shell, back, errors, errorIds, links, children } = options
  return (
    <Document options={options} name="staff">
      <header class="govuk-template__header okienko-header okienko-header--staff">
        <div class="okienko-wide okienko-header__row">
          <a href="/praca" class="okienko-header__home">
            <Mark size={24} />
            <span class="okienko-header__name">Okienko</span>
            <OfficeName shell={shell} />
          </a>
          <StaffNavigation shell={shell} links={links} />
        </div>
      </header>
      <DemonstrationBar shell={shell} />
      <div class="okienko-wide">
        {back !== undefined && <Back href={back} />}
        <main class="okienko-main" id="main-content">
          {errors !== undefined && errors.length > 0 && <ErrorSummary errors={errors} {...(errorIds ? { ids: errorIds } : {})} />}
          {children}
        </main>
      </div>
      <Unsent />
    </Document>
  )
}

/** A page for a small window beside other work: nothing but what it is for. */
export function SmallPage(options: PageOptions & { links?: readonly StaffLink[] | undefined }): JSX.Element {
  return (
    <Document options={options} name="staff">
      <main class="okienko-main okienko-small" id="main-content">
        {options.children}
      </main>
      <Unsent />
    </Document>
  )
}

/** Where a person of the staff may go, who is signed in, and the way out. */
function StaffNavigation({ shell, links }: { shell: Shell; links: readonly StaffLink[] | undefined }): JSX.Element {
  const { t } = shell
  return (
    <>
      {links !== undefined && links.length > 0 && (
        <nav class="okienko-menu" aria-label={t('ui.menu')}>
          {links.length > linksInSight && <WholeMenu shell={shell} links={links} />}
          <Links
            shell={shell}
            links={links.slice(0, linksInSight)}
            classes={links.length > linksInSight ? 'okienko-links--first' : undefined}
          />
        </nav>
      )}
      {shell.staff !== null && (
        <form method="post" action="/praca/wyloguj" class="okienko-signed-in">
          <span>{shell.staff.name}</span> <button class="okienko-plain-button">{t('ui.sign-out')}</button>
        </form>
      )}
    </>
  )
}

/** Every page under its heading, folded: it opens without a script, and each list has its name. */
function WholeMenu({ shell, links }: { shell: Shell; links: readonly StaffLink[] }): JSX.Element {
  return (
    <details class="okienko-menu__fold">
      <summary class="okienko-menu__summary">{shell.t('ui-staff.menu.whole')}</summary>
      <div class="okienko-menu__groups">
        {groupedLinks(links).map(([name, group], index) => (
          <div class="okienko-menu__group">
            <p class="okienko-menu__name" id={`menu-${index}`}>
              {name}
            </p>
            <Links shell={shell} links={group} labelledBy={`menu-${index}`} />
          </div>
        ))}
      </div>
    </details>
  )
}

function Links({
  shell,
  links,
  labelledBy,
  classes: more,
}: {
  shell: Shell
  links: readonly StaffLink[]
  labelledBy?: string
  classes?: string | undefined
}): JSX.Element {
  return (
    <ul class={classes('okienko-links', more)} aria-labelledby={labelledBy}>
      {links.map((link) => (
        <li>
          <a class="govuk-link govuk-link--inverse" href={link.href} aria-current={isCurrent(shell, link.href) ? 'page' : undefined}>
            {link.text}
          </a>
        </li>
      ))}
    </ul>
  )
}

/** What the page says by itself when a form could not be sent; see browser/okienko.ts. */
function Unsent(): JSX.Element {
  const t = useWords()
  return (
    <>
      <template data-words="notSent">
        <p class="govuk-error-message">{t('ui-staff.not-sent')}</p>
      </template>
      <template data-words="signedOut">
        <p class="govuk-error-message">{t('ui-staff.signed-out')}</p>
        <p class="govuk-body">
          <a class="govuk-link" href="/praca/logowanie" target="_blank" rel="noopener">
            {t('ui-staff.signed-out.link')}
          </a>
        </p>
      </template>
    </>
  )
}

/** The waiting room's screen: dark, whole, nothing to press. Sizes are in parts of the screen. */
export function DisplayPage(options: PageOptions): JSX.Element {
  return (
    <Document options={options} name="display">
      <main class="okienko-display" id="main-content">
        {options.children}
      </main>
      <DemonstrationBar shell={options.shell} />
    </Document>
  )
}

/** The guard's screen: large type, one answer at a time, whichever way round the phone is held. */
export function DoorPage(options: PageOptions & { links?: readonly StaffLink[] | undefined }): JSX.Element {
  const { shell, back, errors, errorIds, links, children } = options
  return (
    <Document options={options} name="door">
      <header class="okienko-door__header">
        <span class="okienko-header__name">
          <Mark size={24} /> Okienko
        </span>
        <StaffNavigation shell={shell} links={links} />
      </header>
      <DemonstrationBar shell={shell} />
      {back !== undefined && (
        <div class="okienko-door__back">
          <Back href={back} />
        </div>
      )}
      <main class="okienko-door" id="main-content">
        {errors !== undefined && errors.length > 0 && <ErrorSummary errors={errors} {...(errorIds ? { ids: errorIds } : {})} />}
        {children}
      </main>
    </Document>
  )
}

/** The kiosk's screen: one question, large choices, help and the look of the screen below on every page. */
export function KioskPage(options: PageOptions & { classes?: string | undefined; foot: ComponentChildren }): JSX.Element {
  const { shell, errors, errorIds, children, foot } = options
  return (
    <Document options={options} name="kiosk">
      <div class={classes('okienko-kiosk', options.classes)}>
        <header class="okienko-kiosk__header">
          <span class="okienko-header__name">
            <Mark size={32} /> Okienko
          </span>
          <LanguageSwitch shell={shell} typed={undefined} />
        </header>
        {/* The sentence alone: whoever stands at a kiosk moves no clock. */}
        {shell.clockText !== null && (
          <section class="okienko-demo" aria-label={shell.t('ui.demo')}>
            <p class="okienko-demo__sentence">{shell.t('ui.demo.sentence', { time: shell.clockText })}</p>
          </section>
        )}
        <main class="okienko-kiosk__main" id="main-content">
          {errors !== undefined && errors.length > 0 && <ErrorSummary errors={errors} {...(errorIds ? { ids: errorIds } : {})} />}
          {children}
        </main>
        <footer class="okienko-kiosk__foot">{foot}</footer>
      </div>
    </Document>
  )
}

/** The title of a page in the frame of the product; a sentence loses its full stop. */
export function pageTitle(shell: Shell, title: string): string {
  return `${title.replace(/\.$/, '')} – Okienko, ${shell.officeName}`
}

function Document({ options, name, children }: { options: PageOptions; name: string; children: ComponentChildren }): JSX.Element {
  const { shell, title, errors, scripts, refreshSeconds, refreshTo, feed } = options
  const { t } = shell
  const failed = errors !== undefined && errors.length > 0
  return (
    <WordsContext.Provider value={t}>
      <html lang={shell.language} class="govuk-template">
        <head>
          <meta charset="utf-8" />
          <title>{pageTitle(shell, failed ? `${t('ui.error')}: ${title}` : title)}</title>
          <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
          <meta name="deklaracja-dostępności" content="/deklaracja-dostepnosci" />
          <meta name="theme-color" content={theme.colours['accent']} />
          {name === 'citizen' &&
            alternates(shell.path).map(({ language, href }) => <link rel="alternate" hreflang={language} href={href} />)}
          {feed === true && <link rel="alternate" type="application/atom+xml" href="/akty.atom" title={t('ui.feed')} />}
          <link rel="icon" href={assetUrl('mark.svg')} type="image/svg+xml" />
          <link rel="stylesheet" href={assetUrl('okienko.css')} />
          {name !== 'citizen' && <link rel="stylesheet" href={assetUrl('staff.css')} />}
          <link rel="stylesheet" href={assetUrl('print.css')} media="print" />
          {['okienko.js', ...(scripts ?? [])].map((script) => (
            <script type="module" src={assetUrl(script)} />
          ))}
          {refreshSeconds !== undefined && (
            <noscript>
              <meta
                http-equiv="refresh"
                content={refreshTo === undefined ? String(refreshSeconds) : `${refreshSeconds}; url=${refreshTo}`}
              />
            </noscript>
          )}
        </head>
        <body class={classes('govuk-template__body', `okienko-${name}-page`)}>
          <a href="#main-content" class="govuk-skip-link" data-module="govuk-skip-link">
            {t('ui.skip')}
          </a>
          {children}
        </body>
      </html>
    </WordsContext.Provider>
  )
}

/** Polish whatever the language of the page (WCAG 3.1.2). */
function OfficeName({ shell }: { shell: Shell }): JSX.Element {
  return (
    <span class="okienko-header__office" lang={shell.language === 'pl' ? undefined : 'pl'}>
      {shell.officeName}
    </span>
  )
}

/** A landmark of its own, so that whoever moves by landmarks finds it. */
function Back({ href }: { href: string }): JSX.Element {
  const t = useWords()
  return (
    <nav aria-label={t('ui.back')}>
      <BackLink href={href} />
    </nav>
  )
}

/** Staff who look at a citizen's page find their way back; not on a page that is kept for all readers. */
function BackToWork({ shell }: { shell: Shell }): JSX.Element | null {
  if (shell.staff === null) return null
  return (
    <a class="govuk-link govuk-link--inverse" href="/praca" lang="pl">
      {shell.t('staff-staff.menu')}
    </a>
  )
}

function LanguageSwitch({ shell, typed }: { shell: Shell; typed: PageOptions['typed'] }): JSX.Element {
  const list = (
    <ul class="govuk-language-navigation__list">
      {alternates(shell.path).map(({ language, href }) => (
        <li class="govuk-language-navigation__list-item">
          {language === shell.language ? (
            <span class="govuk-language-navigation__text" aria-current="true" lang={language}>
              {languageNames[language]}
            </span>
          ) : typed !== undefined ? (
            <button class="okienko-plain-button" formaction={href} name={languageField} value={language} lang={language}>
              {languageNames[language]}
            </button>
          ) : (
            <a class="govuk-language-navigation__link" href={href} rel="alternate" lang={language} hreflang={language}>
              {languageNames[language]}
            </a>
          )}
        </li>
      ))}
    </ul>
  )
  return (
    <nav class="govuk-language-navigation govuk-language-navigation--inverse okienko-languages" aria-label={shell.t('ui.language')}>
      {typed === undefined ? (
        list
      ) : (
        // A form of its own: as buttons of the page's form they would be what Enter presses.
        <form method="post" class="okienko-languages__form" action={shell.path}>
          {Object.entries(typed).flatMap(([name, values]) =>
            [values].flat().map((value) => <input type="hidden" name={name} value={value} />),
          )}
          {list}
        </form>
      )}
    </nav>
  )
}

function NavigationItem({ shell, href, text }: { shell: Shell; href: string; text: string }): JSX.Element {
  const here = isCurrent(shell, href)
  const within = here || shell.path.startsWith(`${href}/`)
  return (
    <li class={classes('govuk-service-navigation__item', within && 'govuk-service-navigation__item--active')}>
      <a class="govuk-service-navigation__link" href={href} aria-current={here ? 'page' : within ? 'true' : undefined}>
        {within ? <strong class="govuk-service-navigation__active-fallback">{text}</strong> : text}
      </a>
    </li>
  )
}

function isCurrent(shell: Shell, href: string): boolean {
  return shell.path.split('?')[0] === href
}

function Footer({ shell }: { shell: Shell }): JSX.Element {
  const { t } = shell
  return (
    <footer class="govuk-template__footer">
      <div class="govuk-footer">
        <div class="govuk-width-container">
          <h2 class="govuk-visually-hidden">{t('ui.footer')}</h2>
          <ul class="govuk-footer__inline-list">
            <FooterLink href="/zasady" text={t('ui.footer.rules')} />
            <FooterLink href="/kontakt" text={t('ui.footer.contact')} />
            <FooterLink href="/prywatnosc" text={t('ui.footer.privacy')} />
            <FooterLink href="/deklaracja-dostepnosci" text={t('ui.footer.accessibility')} />
            {shell.easyRead && <FooterLink href="/latwy-tekst" text={t('ui.footer.easy-read')} />}
            {shell.signFilm !== null && <FooterLink href={shell.signFilm} text={t('ui.footer.sign-film')} />}
            {shell.officeBip !== null && <FooterLink href={shell.officeBip} text={t('ui.footer.bip')} />}
          </ul>
          <p class="govuk-body-s" lang={shell.language === 'pl' ? undefined : 'pl'}>
            {shell.officeName}
          </p>
        </div>
      </div>
    </footer>
  )
}

function FooterLink({ href, text }: { href: string; text: string }): JSX.Element {
  return (
    <li class="govuk-footer__inline-list-item">
      <a class="govuk-footer__link" href={href}>
        {text}
      </a>
    </li>
  )
}
