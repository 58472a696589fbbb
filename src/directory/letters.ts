/**
 * Which letters of tickets are heard as one another. Pure.
 *
 * A ticket is called by its Polish name through a loudspeaker, in a hall that echoes, to people some
 * of whom hear badly. What tells "be" from "de" lasts some hundredths of a second, and what tells
 * "ef" from "es" lies above 4 kHz, where small loudspeakers and old ears end:
 *
 *   B D P T   be, de, pe, te: a short burst before one vowel
 *   M N       em, en: two hums
 *   F S       ef, es: two hisses
 *   A H K     a, ha, ka: a breath or a burst before one vowel, and none
 *   Q W       ku, wu
 *
 * C (ce) begins with a long hiss, E is a vowel with nothing before it that could be lost, G is "gie",
 * V "fał", Z "zet": each is told from all others. I, O and U are in no file: they look like figures.
 * No letter's name is that of a number from 0 to 999.
 */
const heardAlike: readonly string[] = ['BDPT', 'MN', 'FS', 'AHK', 'QW']

/** The letters among `letters` with which this one could be confused by ear. */
export function confusedWith(letter: string, letters: Iterable<string>): string[] {
  const alike = heardAlike.find((group) => group.includes(letter)) ?? ''
  return [...new Set(letters)].filter((each) => each !== letter && alike.includes(each))
}
