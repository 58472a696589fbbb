/**
 * Words as a search compares them: small letters without marks, and stems.
 *
 * A stem is what the forms of a word share: "dowód", "dowodu" and "dowody" are "dowod"; "rejestracja",
 * "rejestruję" and "rejestracyjny" are "rejestr". It need not be a word, and now and then it joins
 * words that are none of one family. Light on purpose: a list of endings, no dictionary; Polish first,
 * then Ukrainian and English. Pure.
 */

/** Small letters without marks: "Żółć" as "zolc". */
export function folded(text: string): string {
  return text.toLowerCase().replaceAll('ł', 'l').normalize('NFD').replaceAll(/\p{M}/gu, '')
}

/** The words of a text, folded, in order. An apostrophe within a word is no border of it: "зв’язок". */
export function wordsOf(text: string): string[] {
  return (
    folded(text)
      .replaceAll(/(?<=\p{L})['’ʼ`](?=\p{L})/gu, '')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  )
}

/** The shortest stem an ending may leave. */
const stemLettersMin = 3

/** A folded word without its ending. */
export function stemOf(word: string): string {
  if (word.length <= stemLettersMin || /\p{N}/u.test(word)) return word
  return /^[a-z]+$/.test(word) ? polishStem(word) : /\p{Script=Cyrillic}/u.test(word) ? stripped(word, ukrainianEndings) : word
}

function polishStem(word: string): string {
  const stem = stripped(word, polishEndings)
  // "dowodzie" beside "dowod", "podatku" beside "podatek", "licences" beside "licence".
  if (stem.length > 3 && stem.endsWith('dz')) return stem.slice(0, -1)
  if (stem.length > 5 && stem.endsWith('ek')) return stem.slice(0, -2)
  if (stem.length > 4 && /[^aeiouyk]k$/.test(stem)) return stem.slice(0, -1)
  if (stem.length > 4 && /[^s]s$/.test(stem)) return stem.slice(0, -1)
  return stem
}

/** Without the longest ending that leaves a stem. */
function stripped(word: string, endings: ReadonlySet<string>): string {
  for (let at = Math.max(stemLettersMin, word.length - endingLettersMax); at < word.length; at++)
    if (endings.has(word.slice(at))) return word.slice(0, at)
  return word
}

function endingsIn(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/).filter((ending) => ending !== ''))
}

/** Letters of the longest ending. */
const endingLettersMax = 9

/** Of nouns, adjectives and verbs, folded, with the syllables that make one of another (-acja, -owanie, -owy). */
const polishEndings = endingsIn(`
  a e i o u y ie ia io iu ii ow owi owie em om ami iami ach iach iom iem um
  ego emu ej ych ich ym im ymi imi iego iemu iej
  owy owa owe owego owej owym owych owymi ny na ne nego nej nym nych nymi
  acja acji acje acjo acjami acjach acyjny acyjna acyjne acyjnego acyjnej acyjnym acyjnych acyjnymi
  anie ania aniu aniem aniami aniach an enie enia eniu eniem eniami eniach en ienie ienia ieniu ieniem
  owanie owania owaniu owaniem owac ywac iwac ywanie ywania iwanie iwania
  uje ujesz uja ujemy ujecie uj owal owala owalem owalam owali owany owana owane owanego owanej owanych owanym
  ac ec ic yc iac am asz amy aja al ala alo alem alam ali aly any ana ane anego anej anych anym
  il ila ilo ilem ilam ili ily isz imy ia yl yla ylo ylem ylam yli yly ysz ymy
  ony ona one onego onej onych onym iony iona ione ionego ionej ionych ionym
  el ela elo elem elam eli ely
  osc osci oscia oscio osciach
  unek unku unki unkiem unkow unkami
  ation ations ing ings ed er ers es
`)

/** Of Ukrainian words, folded: "й" is "и" and "ї" is "і". */
const ukrainianEndings = endingsIn(`
  а е и і о у ю я є ою ею єю ам ям ами ями ах ях ів ев ові еві ом ем єм
  ии іи ого ому их им ими ої оі іи ю
  ення енню енням анню ання анням ння нню ованим
  ація аціі ацію ацією аціями аціях аціина аціиний аціине
  ати ити ути яти увати ювати ую ює уємо ував увала ав ала али ив ила или
  ок ку ка ки
`)
