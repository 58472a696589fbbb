/**
 * What a caller's visit is for when it is more than one matter of one person. It stands closed before
 * the name, which has the focus: whoever books the usual visit never passes it.
 */
import type { JSX } from 'preact'
import type { Directory } from '../../directory/index.js'
import { Button, Details, errorAt, Select, type Shell } from '../../ui/index.js'
import { isMoreSaid, shownWishField, type SaidWish } from '../clerk-wish.js'
import { wishFields } from '../wish-form.js'
import { NeedsFields } from './needs.js'
import { WishFields } from './wish.js'

/** The fields of the wish, closed as long as nothing is said. */
export function ClerkWish({ shell, office, said }: { shell: Shell; office: Directory; said: SaidWish }): JSX.Element {
  const { t } = shell
  return (
    <Details summary={t('booking-staff.wish')} open={isMoreSaid(said)}>
      <input type="hidden" name={shownWishField} value={said.wish.key} />
      <div class="okienko-two okienko-two--even">
        <div>
          <WishAndBuilding shell={shell} office={office} said={said} />
        </div>
        <div>
          <NeedsFields needs={said.needs} onBehalf={said.onBehalf} asks="clerk" />
        </div>
      </div>
      <Button kind="secondary" name="pokaz" value="wizyta" shortcut="F6">
        {t('booking-staff.wish.show')}
      </Button>
    </Details>
  )
}

/** What changes the times: persons, matters, more time, and the building where desks of several handle it all. */
export function WishAndBuilding({ shell, office, said }: { shell: Shell; office: Directory; said: SaidWish }): JSX.Element {
  const { t } = shell
  const { wish, beside, buildings, typed, errors } = said
  return (
    <>
      <WishFields office={office.office} service={wish.service} beside={beside} typed={typed} errors={errors} asks="clerk" />
      {buildings.length > 0 && (
        <Select
          name={wishFields.building}
          label={t('booking-staff.wish.building')}
          error={errorAt(t, errors, wishFields.building)}
          value={wish.buildingId}
          items={buildings.map((id) => ({ value: id, text: buildingText(shell, office, id) }))}
        />
      )}
    </>
  )
}

/** "ul. Poniatowskiego 11, Leszno – bez schodów", where a source says so. */
function buildingText({ t }: Shell, office: Directory, id: string): string {
  const building = office.buildings.get(id)
  const address = building?.address ?? id
  return building?.stepFree?.everywhere === true ? t('booking-staff.wish.building.step-free', { address }) : address
}
