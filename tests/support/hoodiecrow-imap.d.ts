/** What is used of hoodiecrow-imap, which comes without types. */
declare module 'hoodiecrow-imap' {
  import type { Server } from 'node:net'
  interface Hoodiecrow {
    listen(port: number, host: string, listening: () => void): void
    readonly server: Server
  }
  export default function hoodiecrow(options: Readonly<Record<string, unknown>>): Hoodiecrow
}
