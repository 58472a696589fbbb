/**
 * Which of the forms a route offers a caller wants, from its `Accept` header (RFC 9110 § 12.5.1).
 */

/** The offered type the header likes best, the earlier one when two are liked alike; null when it takes none. */
export function preferredType<Type extends string>(accept: string | undefined, offered: readonly Type[]): Type | null {
  if (accept === undefined || accept.trim() === '') return offered[0] ?? null
  const ranges = accept.split(',').map((part) => {
    const [type = '', ...parameters] = part.split(';').map((each) => each.trim().toLowerCase())
    const quality = parameters.find((each) => each.startsWith('q='))?.slice(2)
    return { type, quality: quality === undefined ? 1 : Math.min(1, Math.max(0, Number(quality) || 0)) }
  })
  const liking = (type: Type): number => {
    const fitting = ranges
      .filter((range) => range.type === type || range.type === '*/*' || range.type === `${type.split('/')[0]}/*`)
      // The most particular range speaks for the type.
      .toSorted((a, b) => Number(a.type.includes('*')) - Number(b.type.includes('*')) || b.type.length - a.type.length)
    return fitting[0]?.quality ?? 0
  }
  const best = offered.map((type) => ({ type, quality: liking(type) })).toSorted((a, b) => b.quality - a.quality)[0]
  return best !== undefined && best.quality > 0 ? best.type : null
}

/** True when an `Accept-Encoding` header names the content coding and does not rule it out. */
export function acceptsCoding(accepted: string | undefined, coding: string): boolean {
  return (accepted ?? '').split(',').some((part) => {
    const [name = '', quality] = part.split(';').map((each) => each.trim().toLowerCase())
    return name === coding && !/^q=0(?:\.0*)?$/.test(quality ?? '')
  })
}
