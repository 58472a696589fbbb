/** Works apart from the page, which stays as quick as ever. */
import { solve } from './sha256.js'

addEventListener('message', ({ data }: MessageEvent<{ salt: string; challenge: string; maxnumber: number }>) => {
  postMessage(solve(data.salt, data.challenge, data.maxnumber))
})
