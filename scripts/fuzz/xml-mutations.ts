import { type Mutation, ofText } from './mutation.ts'
import type { Random } from './random.ts'

const TAG = /<[^<>]*>/g
const TEXT = /(?<=>)[^<>]+(?=<)/g

function replaceOne(text: string, random: Random, what: RegExp, put: (found: string) => string): string {
  const places = [...text.matchAll(what)]
  const place = places[random.below(places.length)]
  if (place === undefined) return `${text}${put('')}`
  return `${text.slice(0, place.index)}${put(place[0])}${text.slice(place.index + place[0].length)}`
}

const HOSTILE: readonly [string, ...string[]] = [
  '<!--',
  '-->',
  '<!-- </PubmedArticle> -->',
  '<![CDATA[',
  ']]>',
  '<![CDATA[</PubmedArticle>]]>',
  '<?',
  '<?x </PubmedArticle>?>',
  '&lol;',
  '&constructor;',
  '&#0;',
  '&#xD800;',
  '&#x110000;',
  '&amp;lt;',
  '&',
  '<',
  '>',
  '<PubmedArticle>',
  '</PubmedArticle>',
  '<PubmedArticle/>',
  '</PubmedArticleSet>',
  '<DeleteCitation><PMID>0</PMID></DeleteCitation>',
  '<MedlineCitation>',
  '<!DOCTYPE a [<!ENTITY lol "lol">]>',
  '<sup>6</sup>',
  '<mml:math><mml:msup/></mml:math>',
  '<a __proto__="x" constructor="y"/>',
  '__proto__',
  '\ufeff',
  '\u2028',
  'x'.repeat(50_000),
  '<i>'.repeat(50).concat('</i>'.repeat(50)),
  '<i>'.repeat(200),
  ' '.repeat(50_000),
]

/** What a program that writes XML by hand may get wrong, and what is made to harm its readers. */
export const XML_MUTATIONS: readonly Mutation[] = [
  ofText('a hostile text', (text, random) => replaceOne(text, random, TEXT, () => random.pick(HOSTILE))),
  ofText('a hostile tag', (text, random) => replaceOne(text, random, TAG, () => random.pick(HOSTILE))),
  ofText('a tag deleted', (text, random) => replaceOne(text, random, TAG, () => '')),
  ofText('a tag doubled', (text, random) => replaceOne(text, random, TAG, (tag) => tag + tag)),
  ofText('a tag renamed', (text, random) =>
    replaceOne(text, random, TAG, (tag) => tag.replace(/\w+/, random.pick(['x', 'PMID', 'Author', 'sup', 'Article']))),
  ),
  ofText('a text deleted', (text, random) => replaceOne(text, random, TEXT, () => '')),
  ofText('the text of another place', (text, random) => {
    const texts = text.match(TEXT) ?? []
    return replaceOne(text, random, TEXT, () => texts[random.below(texts.length)] ?? '')
  }),
  ofText('an attribute changed', (text, random) =>
    replaceOne(text, random, /="[^"]*"/g, () => random.pick(['=""', '="N"', '="x', "='y'", '=z', '="&lt;"'])),
  ),
  ofText('everything within a comment', (text) => `<!-- ${text} -->`),
  ofText('a second root', (text) => text + text),
]
