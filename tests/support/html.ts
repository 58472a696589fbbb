/**
 * Checks a rendered page: valid HTML, labels, headings, ids, one `main`; and reads facts from it
 * without a browser. Used by every slice's page tests.
 */
import assert from 'node:assert/strict'
import { HtmlValidate } from 'html-validate'

const validator = new HtmlValidate({
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
})

/** Fails with every place where the page is not valid. */
export async function assertValidPage(html: string): Promise<void> {
  const report = await validator.validateString(html)
  const messages = report.results.flatMap((result) =>
    result.messages.map((each) => `${each.line}:${each.column} ${each.ruleId}: ${each.message} ${each.selector ?? ''}`),
  )
  assert.deepEqual(messages, [])
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
