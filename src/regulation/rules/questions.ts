/**
 * What to ask a person before advising: only what changes the advice, and as few questions as that.
 *
 * Means of which any one does as well as any other, or as several, are one question ("profil zaufany
 * lub certyfikat kwalifikowany"). There are few means, so every set of them is tried. Pure.
 */
import { allMeans, type Means, type RemoteChannel, type RemoteChannelName } from '../model.js'

type MeansSet = number

/** Questions about means, each a list of which having any is a yes; none whose answer opens or shuts no way. */
export function questionsOf(offered: readonly RemoteChannel[]): readonly (readonly Means[])[] {
  const ways = everySet.map((set) => waysWith(offered, set))
  const differs = (a: MeansSet, b: MeansSet): boolean => ways[a] !== ways[b]
  const asked = allMeans.filter((means) => everySet.some((set) => differs(set, set | bit(means))))
  const isSame = (a: Means, b: Means): boolean => {
    const either = bit(a) | bit(b)
    return everySet.every((set) => {
      const others = set & ~either
      return !differs(others | bit(a), others | bit(b)) && !differs(others | bit(a), others | either)
    })
  }
  return asked.reduce<Means[][]>((questions, means) => {
    const question = questions.find(([first]) => first !== undefined && isSame(first, means))
    if (question !== undefined) question.push(means)
    return question === undefined ? [...questions, [means]] : questions
  }, [])
}

function bit(means: Means): MeansSet {
  return 1 << allMeans.indexOf(means)
}

const everySet: readonly MeansSet[] = Array.from({ length: 1 << allMeans.length }, (_, set) => set)

/** The ways open to one who has this set, as text to compare. */
function waysWith(offered: readonly RemoteChannel[], set: MeansSet): string {
  const has = new Set(allMeans.filter((means) => (set & bit(means)) !== 0))
  const open = new Set<RemoteChannelName>()
  for (const channel of offered) if (suits(channel, has)) open.add(channel.channel)
  return [...open].toSorted().join(' ')
}

/** Every group of needs is met; a way for those who lack something is for them alone. */
export function suits(channel: RemoteChannel, means: ReadonlySet<Means>): boolean {
  return unmet(channel.needs, means).length === 0 && (channel.lacking === undefined || unmet(channel.lacking, means).length > 0)
}

/** The groups of which the person has nothing. */
export function unmet(groups: readonly (readonly Means[])[], means: ReadonlySet<Means>): readonly (readonly Means[])[] {
  return groups.filter((group) => !group.some((each) => means.has(each)))
}
