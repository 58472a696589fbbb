/**
 * The entry. It imports nothing by itself, so that a Node too old for the rest can still say so;
 * everything else is loaded once the version is known.
 */
/** The oldest Node that has what the program uses, Temporal above all. */
export const nodeVersionMin = 26

if (Number.parseInt(process.versions.node, 10) < nodeVersionMin) {
  // The words files are read by code that needs the newer Node: this one sentence stands here.
  console.error(
    `Okienko potrzebuje Node.js ${nodeVersionMin} lub nowszego, a to jest ${process.versions.node}: uruchom „npm ci” i „npm start”, które biorą właściwą wersję z paczek npm.`,
  )
  process.exit(1)
}
const { runCommand } = await import('./commands.js')
await runCommand(process.argv.slice(2))
