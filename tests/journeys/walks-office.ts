/** The office as its people change it: lists, forms with faults, effects, history, the file and tables. What it saves it takes back. */
import type { Tools } from './screenshots.js'

export async function keeping({ signIn, look }: Tools): Promise<void> {
  const page = await signIn('administrator')
  const opened = async (path: string, name: string): Promise<void> => {
    await page.goto(path)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await look(page, name)
  }
  const pressed = async (button: string, heading: string | RegExp): Promise<void> => {
    await page.getByRole('button', { name: button }).click()
    await page.getByRole('heading', { name: heading }).first().waitFor()
  }
  await opened('/praca/urzad', 'keeping')
  await opened('/praca/urzad/stanowiska', 'keeping-desks')
  await opened('/praca/urzad/stanowiska/nowe', 'keeping-desk-new')
  await pressed('Zapisz', 'Wystąpił problem')
  await look(page, 'keeping-desk-wrong')
  await opened('/praca/urzad/sprawy/dowody-osobiste', 'keeping-service')
  await page.getByLabel('Czas wizyty w minutach').fill('30')
  await pressed('Zapisz', 'Co zmieni ta zmiana')
  await look(page, 'keeping-effects')
  await opened('/praca/urzad/ustawienia', 'keeping-settings')
  await page.goto('/praca/urzad/jednostki/usc')
  await page.getByLabel(/^Telefony/).fill('65 529 81 99')
  await pressed('Zapisz', 'Wydziały, referaty i biura')
  await look(page, 'keeping-saved')
  await opened('/praca/urzad/historia', 'keeping-history')
  await page.locator('main table a').first().click()
  await page.getByRole('heading', { name: 'Szczegóły zmiany' }).waitFor()
  await look(page, 'keeping-change')
  await page.getByRole('button', { name: 'Cofnij tę zmianę' }).click()
  await page.getByText('Cofnięto zmianę.').waitFor()
  await look(page, 'keeping-undone')
  await opened('/praca/urzad/plik', 'keeping-file')
  await page.getByLabel('Plik urzędu (JSON)').fill('{"office": {}}')
  await pressed('Sprawdź', 'Wystąpił problem')
  await look(page, 'keeping-file-wrong')
  await opened('/praca/urzad/tabela', 'keeping-table')
  await page.getByLabel('Tabela').fill('id;e-mail;telefony\nusc;nie-adres;65\nnie-ma;;')
  await pressed('Sprawdź', 'Wystąpił problem')
  await look(page, 'keeping-table-wrong')
  await page.getByLabel('Tabela').fill('id;e-mail\nusc;usc@example.pl')
  await pressed('Sprawdź', 'Co zmieni plik')
  await look(page, 'keeping-table-preview')
  await page.context().close()
}
