/**
 * The sentences of §§ 1–4 of K/219/2020 in their order, against the titles of the tests that quote
 * them: none may go missing. "…" stands where a title leaves words out.
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { projectFile } from '../../platform/paths.js'

/** Public law; each line is a sentence or the part of one that says something of its own. */
const sentences = [
  'Z dniem 25 maja 2020 roku wznawia się bezpośrednią obsługę Klienta w Urzędzie Miasta Leszna, po wcześniejszym umówieniu wizyty.',
  'Klienci zobowiązani są do wcześniejszego umówienia wizyty telefonicznie oraz przy użyciu środków komunikacji elektronicznej.',
  'Wykaz numerów telefonów oraz adresów e-mail dostępny jest w Biuletynie Informacji Publicznej',
  'Rezerwacja wizyty w Wydziale Komunikacji będzie możliwa telefonicznie oraz przy użyciu środków komunikacji elektronicznej, w tym przez System Kolejkowy QMS.',
  'W tym samym czasie, w jednym pomieszczeniu dopuszczalna liczba Klientów nie może być większa niż 1 osoba na jedno stanowisko obsługi',
  'z wyłączeniem osób realizujących zadania w zakresie obsługi Klientów',
  'Wejście do budynków Urzędu Miasta Leszna jest możliwe tylko dla Klientów, którzy wcześniej umówili wizytę',
  'lub składających dokumenty za pośrednictwem biura obsługi w budynku Urzędu przy ul. Kazimierza Karasia 15',
  'Osobista wizyta w Urzędzie jest możliwa w najpilniejszych sprawach',
  'przy czym nadal zaleca się Klientom Urzędu składanie dokumentów',
  'za pośrednictwem Elektronicznej Skrzynki Podawczej (ESP) … jeśli osoba posiada konto na platformie ePUAP oraz profil zaufany lub certyfikat kwalifikowany',
  'za pośrednictwem operatora pocztowego - jeśli osoba nie posiada konta na platformie ePUAP oraz profilu zaufanego lub certyfikatu kwalifikowanego',
  'w przypadku, gdy nie jest wymagany podpis - za pośrednictwem poczty elektronicznej',
  'a także, w miarę możliwości, dokonywanie płatności przelewem',
  'należy przestrzegać ogólnie obowiązujących ograniczeń i stosować zabezpieczenia ustanowione dla obywateli w związku z wystąpieniem stanu epidemii',
  'W szczególności obowiązuje: 1) nakaz zasłaniania nosa i ust',
  '2) nakaz noszenia rękawiczek ochronnych',
  '3) dezynfekcja rąk płynem do dezynfekcji',
  '4) zachowanie bezpiecznej odległości pomiędzy Klientami',
  '5) posiadanie własnego długopisu',
  'Osoby z objawami choroby np. katar, kaszel, podwyższona temperatura, proszone są o powstrzymanie się od bezpośredniego załatwiania spraw … i stosowanie kontaktu w formie telefonicznej, bądź elektronicznej.',
  'Utrzymuje się do odwołania godziny pracy wydziałów i biur Urzędu Miasta Leszna w poniedziałki, w godzinach od 7:30 do 15:30',
  'zgodnie z Zarządzeniem Nr K/187/2020',
]

test('every sentence of §§ 1–4 is quoted by a test of the ordinance, in the order of the law', () => {
  const tests = readFileSync(projectFile('src/regulation/rules/ordinance.test.ts'), 'utf8')
  const quoted = [...tests.matchAll(/^(?:test\('§|\s*\[').*?„([^”]+)”/gm)].map(([, sentence]) => sentence)
  assert.deepEqual(quoted, sentences)
})
