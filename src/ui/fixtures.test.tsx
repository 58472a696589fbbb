/**
 * Our components say the same HTML as govuk-frontend for its own fixtures: the accessibility oracle.
 * Fixtures that pass raw HTML, states for pictures, or options we leave out on purpose are not asked.
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { projectFile } from '../platform/paths.js'
import { words } from '../platform/words.js'
import {
  BackLink,
  Button,
  Checkboxes,
  Details,
  Fieldset,
  Hint,
  InsetText,
  Label,
  LinkButton,
  NotificationBanner,
  Panel,
  Radios,
  Select,
  SummaryList,
  Table,
  Tag,
  Textarea,
  TextInput,
  WarningText,
  WordsContext,
} from './index.js'

/* eslint-disable-next-line @typescript-eslint/no-explicit-any -- options of foreign macros have no type */
type Options = any

interface Fixture {
  readonly name: string
  readonly options: Options
  readonly html: string
}

interface Covered {
  readonly component: string
  readonly render: (options: Options) => VNode
  /** How many fixtures at least: a filter that lets nothing through would prove nothing. */
  readonly atLeast: number
  readonly without?: readonly string[]
}

const legend = ({ legend: given, ...rest }: Options): Options => ({
  ...rest,
  legend: { text: given.text, classes: given.classes, isPageHeading: given.isPageHeading },
})
const field = ({ label, hint, errorMessage, formGroup, ...rest }: Options): Options => ({
  ...rest,
  label: { text: label.text, classes: label.classes, isPageHeading: label.isPageHeading },
  ...(hint ? { hint: hint.text } : {}),
  ...(errorMessage ? { error: errorMessage.text } : {}),
  ...(formGroup?.classes ? { groupClasses: formGroup.classes } : {}),
  ...('value' in rest ? { value: String(rest.value) } : {}),
})
const choices = ({ fieldset, hint, errorMessage, formGroup, items, ...rest }: Options): Options => ({
  ...rest,
  ...(fieldset ? { fieldset: legend(fieldset) } : {}),
  ...(hint ? { hint: hint.text } : {}),
  ...(errorMessage ? { error: errorMessage.text } : {}),
  ...(formGroup?.classes ? { groupClasses: formGroup.classes } : {}),
  items: items.map((item: Options) => ({ ...item, hint: item.hint?.text })),
})
const kind = (classes: string | undefined): Options =>
  classes?.startsWith('govuk-button--') ? { kind: classes.slice('govuk-button--'.length) } : { classes }

const covered: readonly Covered[] = [
  {
    component: 'back-link',
    without: ['inverse', 'classes'],
    render: ({ href, text }) => <BackLink href={href ?? '#'}>{text ?? 'Back'}</BackLink>,
    atLeast: 2,
  },
  {
    component: 'button',
    render: ({ text, href, classes, isStartButton, type, name, value, id }) =>
      href ? (
        <LinkButton href={href} start={isStartButton} id={id} {...kind(classes)}>
          {text}
        </LinkButton>
      ) : (
        <Button type={type} name={name} value={value} id={id} {...kind(classes)}>
          {text}
        </Button>
      ),
    atLeast: 9,
    // Ours guard every form against a double click, and avoid disabled buttons.
    without: [
      'disabled',
      'secondary disabled',
      'warning disabled',
      'inverse disabled',
      'start',
      'no data-prevent-double-click',
      "don't prevent double click",
    ],
  },
  {
    component: 'input',
    without: ['with prefix with classes'],
    render: (options) => (
      <TextInput
        {...field(options)}
        {...(options.prefix ? { prefix: options.prefix.text } : {})}
        {...(options.suffix ? { suffix: options.suffix.text } : {})}
      />
    ),
    atLeast: 22,
  },
  { component: 'textarea', render: (options) => <Textarea {...field(options)} />, atLeast: 10 },
  {
    component: 'select',
    without: ['with selected value'],
    render: (options) => <Select {...field(options)} items={options.items ?? []} />,
    atLeast: 6,
  },
  { component: 'radios', without: ['label with classes'], render: (options) => <Radios {...choices(options)} />, atLeast: 14 },
  { component: 'checkboxes', without: ['with label classes'], render: (options) => <Checkboxes {...choices(options)} />, atLeast: 14 },
  { component: 'fieldset', render: (options) => <Fieldset {...legend(options)}>{null}</Fieldset>, atLeast: 10 },
  {
    component: 'label',
    without: ['empty'],
    render: ({ text, classes, isPageHeading, for: htmlFor }) => <Label htmlFor={htmlFor} label={{ text, classes, isPageHeading }} />,
    atLeast: 8,
  },
  {
    component: 'hint',
    render: ({ text, id, classes }) => (
      <Hint id={id} classes={classes}>
        {text}
      </Hint>
    ),
    atLeast: 3,
  },
  {
    component: 'inset-text',
    render: ({ text, id, classes }) => (
      <InsetText id={id} classes={classes}>
        {text}
      </InsetText>
    ),
    atLeast: 3,
  },
  { component: 'warning-text', render: ({ text, classes }) => <WarningText classes={classes}>{text}</WarningText>, atLeast: 3 },
  {
    component: 'details',
    render: ({ summaryText, text, open, id, classes }) => (
      <Details summary={summaryText} open={open} id={id} classes={classes}>
        {text}
      </Details>
    ),
    atLeast: 4,
  },
  { component: 'tag', render: ({ text, classes }) => <Tag colour={classes?.replace('govuk-tag--', '')}>{text}</Tag>, atLeast: 8 },
  {
    component: 'panel',
    without: ['classes'],
    render: ({ titleText, text, headingLevel }) => (
      <Panel title={titleText} headingLevel={headingLevel}>
        {text}
      </Panel>
    ),
    atLeast: 3,
  },
  {
    component: 'notification-banner',
    without: ['classes', 'with invalid type'],
    render: ({ text, titleText, titleId, type }) => <NotificationBanner text={text} title={titleText} titleId={titleId} type={type} />,
    atLeast: 4,
  },
  {
    component: 'summary-list',
    without: ['key with classes', 'actions with classes', 'classes on items', 'rows with classes'],
    render: ({ rows, classes }) => (
      <SummaryList
        classes={classes}
        rows={rows.map((row: Options) => ({
          key: row.key.text,
          value: row.value.text,
          ...(row.actions
            ? { actions: row.actions.items.map((item: Options) => ({ href: item.href, text: item.text, hidden: item.visuallyHiddenText })) }
            : {}),
        }))}
      />
    ),
    atLeast: 3,
  },
  { component: 'table', render: (options) => <Table {...options} />, atLeast: 5 },
]

for (const { component, render, atLeast, without = [] } of covered) {
  test(`${component}: the markup of govuk-frontend`, () => {
    const { fixtures } = JSON.parse(
      readFileSync(projectFile(`node_modules/govuk-frontend/dist/govuk/components/${component}/fixtures.json`), 'utf8'),
    ) as { fixtures: Fixture[] }
    const asked = fixtures.filter(({ name, options }) => !without.includes(name) && isPlain(options))
    for (const { name, options, html } of asked) {
      const own = renderToString(<WordsContext.Provider value={words('en')}>{render(options)}</WordsContext.Provider>)
      assert.deepEqual(tokens(own), tokens(html), `${component}: ${name}`)
    }
    assert.ok(asked.length >= atLeast, `${asked.length} fixtures of ${component} are asked`)
  })
}

const leftOut =
  /html|attributes|falsy|params|conditional|behaviour|state|role|invalid|translated|visuallyHiddenText|wrapper|inverse|interruption|caller|autofocus|auto-focus|disableAutoFocus|card|icon|header|spellcheck|Width|rowspan|tabindex|titleHeadingLevel|format|minimal|empty/i

/** True when the fixture asks only for what our options offer. */
function isPlain(options: Options): boolean {
  const seen: string[] = []
  const walk = (value: Options): void => {
    if (Array.isArray(value)) value.forEach(walk)
    else if (value !== null && typeof value === 'object') {
      for (const [key, each] of Object.entries(value)) {
        if (
          key !== 'isPageHeading' &&
          key !== 'headingLevel' &&
          key !== 'firstCellIsHeader' &&
          key !== 'format' &&
          !(key === 'visuallyHiddenText' && each !== undefined)
        )
          seen.push(key)
        walk(each)
      }
    } else if (value === null || value === undefined || value === false || value === '') seen.push('falsy')
  }
  walk(options)
  return !seen.some((key) => leftOut.test(key))
}

/** Tags with sorted attributes, and texts with spaces made single: what a browser makes of the HTML. */
function tokens(html: string): string[] {
  const found: string[] = []
  for (const [, tag, text] of html.matchAll(/(<[^>]+>)|([^<]+)/g)) {
    if (tag !== undefined) {
      const name = /^<\/?[\w-]+/.exec(tag)?.[0] ?? ''
      const attributes = [...tag.slice(name.length).matchAll(/([\w:-]+)(?:="([^"]*)")?/g)]
        .map(
          ([, key, value]) =>
            `${key}="${decode(value ?? '')
              .replaceAll(/\s+/g, ' ')
              .trim()}"`,
        )
        // Ours says it of every button; upstream leaves it to the option.
        .filter((each) => !each.startsWith('data-prevent-double-click'))
        .toSorted()
      found.push([name, ...attributes].join(' '))
    } else {
      const plain = decode(text ?? '')
        .replaceAll(/\s+/g, ' ')
        .trim()
      if (plain !== '') found.push(plain)
    }
  }
  // A path may be closed by itself or by a tag.
  return found.filter((each) => each !== '</path')
}

function decode(text: string): string {
  return text.replaceAll('&#39;', "'").replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}
