import { expect, test } from 'vitest'
import { inlineText } from '../../../src/import/pubmed/inline-text.ts'
import { parseXmlElement } from '../../../src/import/stream/xml-element.ts'

const MATH = 'xmlns:mml="http://www.w3.org/1998/Math/MathML"'

test.each([
  { xml: '10<sup>6</sup> cells', text: '10⁶ cells' },
  { xml: '10<sup>-6</sup> and 10<sup>−6</sup>', text: '10⁻⁶ and 10⁻⁶' },
  { xml: '10<sup>6.5</sup>', text: '10^(6.5)' },
  { xml: 'CO<sub>2</sub>, V<sub>max</sub>, k<sub>Cat</sub>', text: 'CO₂, Vₘₐₓ, k_(Cat)' },
  { xml: '<sup>131</sup>I-Zyx<sup>®</sup>', text: '¹³¹I-Zyx®' },
  { xml: 'm<sup><i>2</i></sup>', text: 'm²' },
  { xml: 'a<sup> 2 </sup>b<sup/>', text: 'a ² b' },
  { xml: '<b>Aim:</b> to see <i>E.\n  coli</i>\t<u>&lt;</u> 5', text: 'Aim: to see E. coli < 5' },
  { xml: '10\u00A0000\u2009mg', text: '10\u00A0000\u2009mg' },
  { xml: `<mml:math ${MATH}>\n <mml:msup><mml:mn>10</mml:mn><mml:mn>6</mml:mn></mml:msup></mml:math>`, text: '10⁶' },
  {
    xml: `<mml:math><mml:msub><mml:mrow>\n<mml:mi>SpO</mml:mi></mml:mrow>\n<mml:mrow><mml:mn>2</mml:mn></mml:mrow></mml:msub></mml:math>`,
    text: 'SpO₂',
  },
  {
    xml: '<math><mfrac><mrow><mi>a</mi><mo>+</mo><mn>1</mn></mrow><mn>2</mn></mfrac><msqrt><mn>5</mn></msqrt></math>',
    text: '(a+1)/2√5',
  },
  {
    xml: '<mml:math><mml:mmultiscripts><mml:mi>Tc</mml:mi><mml:mn>1</mml:mn><mml:mn>2</mml:mn><mml:mprescripts/><mml:mn>43</mml:mn><mml:mn>99</mml:mn></mml:mmultiscripts></mml:math>',
    text: '₄₃⁹⁹Tc₁²',
  },
  {
    xml: '<mml:math><mml:munderover><mml:mo>∑</mml:mo><mml:mi>i</mml:mi><mml:mi>n</mml:mi></mml:munderover></mml:math>',
    text: '∑ᵢⁿ',
  },
])('$xml', ({ xml, text }) => {
  expect(inlineText(parseXmlElement(`<AbstractText>${xml}</AbstractText>`))).toBe(text)
})
