/**
 * Checks a rendered page: valid HTML, labels, headings, ids, one `main`; and reads facts from it
 * without a browser. Used by every slice's page tests.
 */
import assert from 'node:assert/strict'
import { HtmlValidate, StaticConfigLoader, type ConfigData, type DOMTree, type HtmlElement, type Plugin } from 'html-validate'

/**
 * Rules ask of each reference to an id who has it, and of each field whose label it is; the library walks
 * the whole page for each answer, which on a page of many times is most of its work. It is walked once.
 */
const index: Plugin = {
  name: 'index',
  setup(_source, events) {
    events.on('dom:ready', (_event, { document }: { document: DOMTree }) => {
      const known = new Map<string, HtmlElement[]>()
      const note = (selector: string, element: HtmlElement): void => {
        const found = known.get(selector)
        if (found) found.push(element)
        else known.set(selector, [element])
      }
      for (const element of document.querySelectorAll('[id]')) note(`#${element.id}`, element)
      for (const label of document.querySelectorAll('label[for]')) note(`label[for="${label.getAttributeValue('for')}"]`, label)
      const search = document.querySelectorAll.bind(document)
      document.querySelectorAll = (selector) =>
        /^(?:#[a-z][\w-]*|label\[for="[\w-]+"\])$/i.test(selector) ? [...(known.get(selector) ?? [])] : search(selector)
      const first = document.querySelector.bind(document)
      document.querySelector = (selector) => (/^#[a-z][\w-]*$/i.test(selector) ? (known.get(selector)?.[0] ?? null) : first(selector))
    })
  },
}

const rules: ConfigData = {
  plugins: [index],
  extends: ['html-validate:recommended', 'html-validate:document'],
  rules: {
    // Preact writes void elements and boolean attributes its own way; both are valid HTML.
    'void-style': 'off',
    'attribute-boolean-style': 'off',
    'attribute-empty-style': 'off',
    'no-trailing-whitespace': 'off',
    'long-title': 'off',
    'no-inline-style': 'error',
    'doctype-style': 'off',
    // A button of a form sends it: the default type is meant.
    'no-implicit-button-type': 'off',
    // The roles and labels are those of govuk-frontend, tested with people.
    'prefer-native-element': 'off',
    'no-redundant-role': 'off',
    'tel-non-breaking': 'off',
    'require-sri': 'off',
    // Screens nobody touches send themselves again where scripts are off (the display, the desk).
    'meta-refresh': 'off',
    // Checkboxes of one question share a name.
    'form-dup-name': 'off',
    // The error summary stands before the h1, as the design system has it.
    'heading-level': ['error', { minInitialRank: 'any' }],
    'wcag/h30': 'error',
    'wcag/h32': 'off',
  },
}

/** The rules are one for all pages: worked out once, where the library does it for each text anew. */
class OnceRead extends StaticConfigLoader {
  readonly #read = new StaticConfigLoader(rules).getConfigFor('page.html')
  override getConfigFor(): ReturnType<StaticConfigLoader['getConfigFor']> {
    return this.#read
  }
}
const validator = new HtmlValidate(new OnceRead())

/** What was found on a page. A page met again, but for what its hidden fields carry, is the same page. */
const known = new Map<string, readonly string[]>()

async function problemsOf(html: string): Promise<readonly string[]> {
  const page = html.replaceAll(/(<input type="hidden" name="[^"]*" value=")[^"]*/g, '$1')
  const found = known.get(page)
  if (found !== undefined) return found
  const report = await validator.validateString(html)
  const messages = report.results.flatMap((result) =>
    result.messages.map((each) => `${each.line}:${each.column} ${each.ruleId}: ${each.message} ${each.selector ?? ''}`),
  )
  known.set(page, messages)
  return messages
}

/** Fails with every place where the page is not valid. */
export async function assertValidPage(html: string): Promise<void> {
  assert.deepEqual(await problemsOf(html), [])
  assert.equal(html.match(/<h1[\s>]/g)?.length, 1, 'a page has one h1')
  assert.equal(html.match(/<main[\s>]/g)?.length, 1, 'a page has one main')
}

/** The text a person reads in an HTML text, with spaces made single. */
export function textOf(html: string): string {
  return html
    .replaceAll(/<(script|style)[\s\S]*?<\/\1>/g, ' ')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ')
    .trim()
}
