import { expect, test } from 'vitest'
import { child, children, parseXmlElement, textOf } from '../../../src/import/stream/xml-element.ts'

test('content keeps its order, comments aside, and five entities and CDATA are text', () => {
  const element = parseXmlElement('<a x="1 &lt; 2">ten<sup>6</sup> <b>c</b>d<!-- e -->f&amp;<![CDATA[<g>&]]></a>')
  expect(element.attributes).toEqual({ x: '1 < 2' })
  expect(element.content.map((part) => (typeof part === 'string' ? part : [part.name, part.content]))).toEqual([
    'ten',
    ['sup', ['6']],
    ' ',
    ['b', ['c']],
    'df&<g>&',
  ])
  expect(textOf(element)).toBe('ten df&<g>&')
})

test('children are found by name and by path, and empty text is none', () => {
  const element = parseXmlElement('<a>\n <b><c>1</c></b>\n <b><c>2</c></b> <d/></a>')
  expect(textOf(child(element, 'b', 'c'))).toBe('1')
  expect(children(element, 'b').map((b) => textOf(child(b, 'c')))).toEqual(['1', '2'])
  expect(child(element, 'x', 'c')).toBeUndefined()
  expect(textOf(child(element, 'd'))).toBeUndefined()
})

test.each([
  {
    what: 'a tag closed by another',
    text: '<a>\n  <b></c></a>',
    says: /^line 2, column \d+: the XML is not well-formed/,
  },
  { what: 'an element that never ends', text: '<a><b></b>', says: /unclosed tag: a/ },
  { what: 'an entity of a document type', text: '<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>', says: /undefined entity/ },
  { what: 'an entity named as JavaScript has a word', text: '<a>&constructor;</a>', says: /undefined entity/ },
  { what: 'a NUL character', text: '<a>\0</a>', says: /line 1, column \d+: .*disallowed character/ },
  { what: 'nothing', text: '', says: /not well-formed/ },
  { what: 'a second element', text: '<a/><b/>', says: /not well-formed/ },
  { what: 'deep nesting', text: '<a>'.repeat(101), says: /^line 1, column 304: elements lie more than 100 deep$/ },
])('$what is refused with its place', ({ text, says }) => {
  expect(() => parseXmlElement(text)).toThrow(
    expect.objectContaining({ code: 'RECORD_INVALID', message: expect.stringMatching(says) }),
  )
})

test('a name that objects have by themselves is an attribute like any other', () => {
  expect(parseXmlElement('<a __proto__="x" constructor="y"/>').attributes.constructor).toBe('y')
  expect(parseXmlElement('<a/>').attributes.constructor).toBeUndefined()
})
