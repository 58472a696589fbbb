/**
 * `npm run check`: everything a machine can say of the code without running it.
 *
 * Types are checked by the build that runs before; then lint, format, the order of imports, the
 * words, and that database/schema.sql is the sum of the migrations. Each finding is a line; any
 * finding is exit 1. `npm run check -- schema --write` writes the schema anew.
 */
import { importProblems } from './checks/imports.js'
import { messageProblems } from './checks/messages.js'
import { schemaProblems, writeSchema } from './checks/schema.js'
import { toolProblems } from './checks/tools.js'

const checks: Record<string, () => string[] | Promise<string[]>> = {
  lint: () => toolProblems('oxlint', ['--type-aware', '--deny-warnings', 'src', 'tests', 'bench', 'scripts']),
  format: () => toolProblems('oxfmt', ['--check', 'src', 'tests', 'bench', 'scripts']),
  imports: importProblems,
  messages: messageProblems,
  schema: schemaProblems,
}

const named = process.argv.slice(2).filter((word) => word !== '--write')
if (named.includes('schema') && process.argv.includes('--write')) {
  await writeSchema()
  process.exit(0)
}
let found = 0
for (const [name, check] of Object.entries(checks)) {
  if (named.length > 0 && !named.includes(name)) continue
  const problems = await check()
  found += problems.length
  console.log(problems.length === 0 ? `${name}: in order` : `${name}:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
}
process.exit(found === 0 ? 0 : 1)
