import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { sameContact } from './same-contact.js'

test('what is one mailbox is one contact, and two people stay two', () => {
  for (const [typed, same] of [
    ['ala+1@example.pl', 'ala@example.pl'],
    ['ala+a+b@example.pl', 'ala@example.pl'],
    ['+48600100200', '+48600100200'],
    ['+@example.pl', '+@example.pl'],
    ['a.l.a+x@gmail.com', 'ala@gmail.com'],
    ['a.la@googlemail.com', 'ala@gmail.com'],
    ['a.la@example.pl', 'a.la@example.pl'],
    ['ala@żółw.pl', 'ala@xn--w-uga1v8h.pl'],
    ['ala@ｅxample.pl', 'ala@example.pl'],
    ['ａla@example.pl', 'ala@example.pl'],
    ['a\u0301la@example.pl', '\u00e1la@example.pl'],
    ['...@gmail.com', '...@gmail.com'],
  ] as const)
    assert.equal(sameContact(typed), same, typed)
})

test('the form of a form is itself, and an address stays an address', () => {
  fc.assert(
    fc.property(fc.emailAddress(), (email) => {
      const same = sameContact(email)
      assert.equal(sameContact(same), same)
      assert.match(same, /^.+@.+$/)
    }),
  )
})
