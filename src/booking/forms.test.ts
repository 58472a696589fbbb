import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readEmail, readName, readPerson, readRight, readPhone } from './forms.js'

test('a phone is read as people write it', () => {
  for (const typed of [
    '655298100',
    '65 529 81 00',
    '65-529-81-00',
    '(65) 529 81 00',
    '065 529 81 00',
    '+48 65 529 81 00',
    '0048655298100',
    '48655298100',
  ])
    assert.equal(readPhone(typed), '+48655298100', typed)
  assert.equal(readPhone('+49 30 901820'), '+4930901820')
  for (const typed of ['', '12', '65 529 81', '+48 65 529 81 001', 'zadzwoń', '655298100; drop table visit', '1'.repeat(400)])
    assert.equal(readPhone(typed), null, typed)
})

test('an e-mail is read in small letters, and only when it can be one', () => {
  assert.equal(readEmail(' Jan.Kowalski+urzad@Example.PL '), 'jan.kowalski+urzad@example.pl')
  assert.equal(readEmail('jan-.nowak-@dwa-slowa.example.pl'), 'jan-.nowak-@dwa-slowa.example.pl')
  for (const typed of [
    'jan',
    'jan@',
    '@example.pl',
    'jan@example',
    'a b@example.pl',
    '<script>@example.pl',
    `${'a'.repeat(300)}@example.pl`,
    'a\u0000b@example.pl',
    'a\ud800@example.pl',
    'a\u200bb@example.pl',
    'jan..nowak@example.pl',
    '.jan@example.pl',
    'jan.@example.pl',
    'jan@-example.pl',
    'jan@example-.pl',
    'jan@example.-pl',
    'jan@example.pl-',
  ])
    assert.equal(readEmail(typed), null, typed)
})

test('a name keeps its letters and loses needless spaces; tags and control characters are no name', () => {
  assert.equal(readName('  Łucja   Żółć-O’Hara  '), 'Łucja Żółć-O’Hara')
  assert.equal(readName('Олена Шевченко'), 'Олена Шевченко')
  assert.equal(readName('Nguyễn Thị Ánh'.normalize('NFD')), 'Nguyễn Thị Ánh')
  for (const typed of ['\u3164', 'Jan\u115f', `Z${'\u0301'.repeat(90)}`, '', '   ', '<b>Jan</b>', 'Jan\u0000', '....', 'a'.repeat(101)])
    assert.equal(readName(typed), null, typed)
})

test('what is right of a person is kept though something else is wrong', () => {
  assert.deepEqual(readRight({ name: ' Jan  Próbny', email: 'x', phone: '601 234 567' }), {
    name: 'Jan Próbny',
    email: null,
    phone: '+48601234567',
  })
})

test('whoever books on the web leaves a phone or an e-mail, a caller need not', () => {
  assert.deepEqual(readPerson({ name: 'Jan' }, 'contact-needed'), {
    errors: [{ field: 'phone', message: 'booking.error.contact-missing' }],
  })
  assert.deepEqual(readPerson({ name: 'Jan' }, 'contact-optional'), { person: { name: 'Jan', email: null, phone: null } })
  assert.deepEqual(readPerson({ name: '', email: 'x', phone: 'y' }, 'contact-needed'), {
    errors: [
      { field: 'name', message: 'booking.error.name-missing' },
      { field: 'phone', message: 'booking.error.phone-wrong' },
      { field: 'email', message: 'booking.error.email-wrong' },
    ],
  })
})
