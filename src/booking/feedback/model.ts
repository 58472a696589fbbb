/** What somebody says of a visit: three answers, and nothing in own words. */
export const settledAnswers = ['yes', 'partly', 'no'] as const
export const waitAnswers = ['short', 'bearable', 'long'] as const
export const grades = [1, 2, 3, 4, 5] as const

export interface Feedback {
  readonly settled: (typeof settledAnswers)[number]
  readonly wait: (typeof waitAnswers)[number]
  readonly grade: (typeof grades)[number]
}

/** Sums of a unit are shown from so many answers on: fewer could be told apart. */
export const answersMin = 5
/** A link is good for so many days; then nobody knows any more who was asked. */
export const linkDays = 14
