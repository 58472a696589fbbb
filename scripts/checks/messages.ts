/**
 * Words: every message parses, every language says what a citizen may see with the same values,
 * and every key the code names exists. Files ending in -staff are Polish only.
 */
import { globSync, readFileSync } from 'node:fs'
import { IntlMessageFormat } from 'intl-messageformat'
import { projectFile, projectRoot } from '../../src/platform/paths.js'
import { languages, readMessages } from '../../src/platform/words.js'

export function messageProblems(): string[] {
  const polish = readMessages('pl')
  const problems = [...parseProblems('pl', polish)]
  for (const language of languages.filter((each) => each !== 'pl')) {
    const own = readMessages(language)
    problems.push(...parseProblems(language, own))
    for (const [key, text] of polish) {
      if (isForStaff(key)) continue
      const other = own.get(key)
      if (other === undefined) problems.push(`${language}: no words for ${key}`)
      else if (namesIn(text) !== namesIn(other)) problems.push(`${language}: ${key} takes {${namesIn(other)}}, Polish {${namesIn(text)}}`)
    }
    for (const key of own.keys()) if (!polish.has(key)) problems.push(`${language}: ${key} is not in Polish`)
  }
  return [...problems, ...usedKeyProblems(polish)]
}

function isForStaff(key: string): boolean {
  return (key.split('.')[0] as string).endsWith('-staff')
}

function parseProblems(language: string, messages: ReadonlyMap<string, string>): string[] {
  return [...messages].flatMap(([key, text]) => {
    try {
      new IntlMessageFormat(text, language)
      return text.trim() === '' ? [`${language}: ${key} is empty`] : []
    } catch (error) {
      return [`${language}: ${key}: ${(error as Error).message}`]
    }
  })
}

/** Names of the values a message takes, sorted. */
function namesIn(text: string): string {
  const names = new Set<string>()
  const walk = (elements: readonly unknown[]): void => {
    for (const element of elements as readonly {
      type: number
      value?: string
      options?: Record<string, { value: unknown[] }>
      children?: unknown[]
    }[]) {
      // 0 is literal text and 7 the # of a plural; all other elements name a value.
      if (element.type !== 0 && element.type !== 7 && element.type !== 8) names.add(element.value as string)
      for (const option of Object.values(element.options ?? {})) walk(option.value)
      if (element.children) walk(element.children)
    }
  }
  walk(new IntlMessageFormat(text, 'pl').getAst())
  return [...names].toSorted().join(', ')
}

/** Keys written whole in the code: `t('slice.key'` and the like. */
function usedKeyProblems(polish: ReadonlyMap<string, string>): string[] {
  const slices = new Set([...polish.keys()].map((key) => key.split('.')[0] as string))
  return globSync('src/**/*.{ts,tsx}', { cwd: projectRoot })
    .filter((file) => !file.includes('.test.'))
    .flatMap((file) =>
      [...readFileSync(projectFile(file), 'utf8').matchAll(/\b(?:t|translate|words\([^)]*\))\(\s*'([a-z-]+\.[A-Za-z0-9._-]+)'/g)]
        .map((match) => match[1] as string)
        .filter((key) => slices.has(key.split('.')[0] as string) && !polish.has(key))
        .map((key) => `${file}: no words for ${key}`),
    )
}
