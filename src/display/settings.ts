/**
 * What a screen is set to, to and from its address: `/ekran/walowa-5?uklad=korytarz&pokoje=…`. Pure.
 *
 * The address says everything, so that a screen needs nothing but one line in its start-up file.
 */
import type { FieldError } from '../platform/decision.js'
import { formText } from '../platform/http/form.js'
import type { Directory } from '../directory/index.js'
import type { DisplaySettings, Layout, Volume } from './model.js'
import { panelMmFor, sizesOf } from './sizes.js'
import { voiceLanguages, type VoiceLanguage } from '../platform/spoken.js'

/** As they stand in addresses. */
export const layoutNames = { hall: 'hol', corridor: 'korytarz', desk: 'stanowisko' } as const satisfies Record<Layout, string>

/** Fields of a form that sets a screen; its building is not one of them. */
export const screenFields = ['uklad', 'stanowisko', 'metry', 'wysokosc', 'litery', 'pokoje', 'glos', 'glosnosc', 'powtorz'] as const

export const usualSettings: DisplaySettings = {
  layout: 'hall',
  metres: 10,
  panelMm: 685,
  rooms: [],
  letters: [],
  desk: null,
  voices: ['pl', 'en'],
  volumes: [{ from: 0, percent: 80 }],
  again: false,
}

const bounds = { metres: [1, 40], panelMm: [100, 3_000] } as const

/** The settings in a query or form, or what is wrong with them, field by field. */
export function readSettings(
  query: unknown,
  office: Pick<Directory, 'rooms' | 'desks' | 'queueGroups'>,
  buildingId: string,
): DisplaySettings | { readonly errors: readonly FieldError[] } {
  const errors: FieldError[] = []
  const wrong = (field: string, what: string, values?: Record<string, string | number>): void =>
    void errors.push({ field, message: `display-staff.error.${what}`, ...(values === undefined ? {} : { values }) })
  const said = (field: string): string => formText(query, field, 400)
  const list = (field: string): string[] => [
    ...new Set(
      said(field)
        .split(',')
        .map((each) => each.trim())
        .filter((each) => each !== ''),
    ),
  ]
  const amount = (field: string, key: keyof typeof bounds): number => {
    const text = said(field).replace(',', '.')
    const value = text === '' ? usualSettings[key] : Number(text)
    const [least, most] = bounds[key]
    if (value >= least && value <= most) return value
    wrong(field, 'not-an-amount', { least, most })
    return usualSettings[key]
  }

  const asked = said('uklad')
  const layout = asked === '' ? 'hall' : (Object.keys(layoutNames) as Layout[]).find((each) => layoutNames[each] === asked)
  if (layout === undefined) wrong('uklad', 'unknown-layout')
  const metres = amount('metry', 'metres')
  const panelMm = amount('wysokosc', 'panelMm')
  if (errors.length === 0 && sizesOf({ layout: layout ?? 'hall', metres, panelMm }) === null)
    wrong('metry', 'too-far', { metres, least: panelMmFor(metres) })

  const rooms = list('pokoje')
  if (rooms.some((id) => office.rooms.get(id)?.buildingId !== buildingId)) wrong('pokoje', 'unknown-room')
  const letters = list('litery').map((letter) => letter.toUpperCase())
  if (letters.some((letter) => !office.queueGroups.has(letter))) wrong('litery', 'unknown-letter')
  const desk = said('stanowisko') || null
  const known = desk === null ? undefined : office.desks.get(desk)
  if (layout === 'desk' ? known?.buildingId !== buildingId : desk !== null)
    wrong('stanowisko', desk === null ? 'desk-missing' : 'unknown-desk')

  const voices = readVoices(said('glos'))
  if (voices === null) wrong('glos', 'unknown-voice')
  const volumes = readVolumes(said('glosnosc'))
  if (volumes === null) wrong('glosnosc', 'not-volumes')
  if (errors.length > 0) return { errors }
  return {
    layout: layout ?? 'hall',
    metres,
    panelMm,
    rooms: rooms.toSorted(),
    letters: letters.toSorted(),
    desk,
    voices: voices ?? [],
    volumes: volumes ?? [],
    again: said('powtorz') === 'tak',
  }
}

/** `pl,en,uk`, or `brak` for none. */
function readVoices(text: string): readonly VoiceLanguage[] | null {
  if (text === '') return usualSettings.voices
  if (text === 'brak') return []
  const voices = [...new Set(text.split(',').map((each) => each.trim()))]
  return voices.every((each): each is VoiceLanguage => (voiceLanguages as readonly string[]).includes(each)) ? voices : null
}

/** `80`, or `7:80, 12:50, 18:0`: from seven so loud, from noon so loud; before the first hour silence. */
function readVolumes(text: string): readonly Volume[] | null {
  if (text === '') return usualSettings.volumes
  if (/^\d{1,3}$/.test(text)) return Number(text) <= 100 ? [{ from: 0, percent: Number(text) }] : null
  const found = text.split(',').map((part) => /^ *(\d{1,2}):(\d{1,3}) *$/.exec(part))
  const volumes = found.map((each) => ({ from: Number(each?.[1] ?? 99), percent: Number(each?.[2] ?? 999) }))
  const inOrder = volumes.every(({ from }, index) => index === 0 || from > (volumes[index - 1]?.from ?? 24))
  if (!inOrder || volumes.some(({ from, percent }) => from > 23 || percent > 100)) return null
  return volumes[0]?.from === 0 ? volumes : [{ from: 0, percent: 0 }, ...volumes]
}

/** The same as a query, without what is usual; equal settings make equal text. Empty when all is usual. */
export function settingsQuery(settings: DisplaySettings): string {
  const query = new URLSearchParams()
  const put = (field: string, value: string, usual: string): void => {
    if (value !== usual) query.set(field, value)
  }
  put('uklad', layoutNames[settings.layout], layoutNames.hall)
  put('metry', String(settings.metres), String(usualSettings.metres))
  put('wysokosc', String(settings.panelMm), String(usualSettings.panelMm))
  put('pokoje', settings.rooms.join(','), '')
  put('litery', settings.letters.join(','), '')
  put('stanowisko', settings.desk ?? '', '')
  put('glos', settings.voices.join(',') || 'brak', usualSettings.voices.join(','))
  put('glosnosc', volumesText(settings.volumes), volumesText(usualSettings.volumes))
  put('powtorz', settings.again ? 'tak' : '', '')
  const text = query.toString()
  return text === '' ? '' : `?${text}`
}

export function volumesText(volumes: readonly Volume[]): string {
  const [first] = volumes
  if (volumes.length === 1 && first !== undefined) return String(first.percent)
  return volumes.map(({ from, percent }) => `${from}:${percent}`).join(',')
}
