import { SaxesParser } from 'saxes'
import { expect, test } from 'vitest'
import type { Picture } from '../../src/plots/mark.ts'
import { svgOf } from '../../src/plots/svg.ts'

const picture: Picture = {
  width: 100,
  height: 1 / 3,
  title: 'A < B & "C"',
  description: 'Two\nlines',
  marks: [
    {
      role: 'label',
      kind: 'text',
      text: '<script>alert(1)</script> ]]> & \u0007 \u202e試験 😀',
      x: 0.1 + 0.2,
      y: -0.001,
      size: 11,
    },
    { role: 'edge', kind: 'line', from: { x: 0, y: 0 }, to: { x: 1e-9, y: 2 / 3 }, stroke: '#000000', strokeWidth: 1 },
    { role: 'box', kind: 'box', x: 1, y: 2, width: 3, height: 4, fill: '#8c8c8c' },
    {
      role: 'diamond',
      kind: 'polygon',
      points: [
        { x: 1, y: 2 },
        { x: 3, y: 4.567 },
      ],
    },
    { role: 'dot', kind: 'circle', centre: { x: 5, y: 6 }, radius: 2 },
  ],
}

/** Each element by its name, attributes and text, as an XML parser reads them. */
function elementsOf(svg: string) {
  const elements: { name: string; attributes: Record<string, string>; text: string }[] = []
  const parser = new SaxesParser<{ xmlns: false }>({ xmlns: false })
  parser.on('opentag', ({ name, attributes }) => elements.push({ name, attributes: { ...attributes }, text: '' }))
  parser.on('text', (text) => {
    const last = elements.at(-1)
    if (last !== undefined && text.trim() !== '') last.text += text
  })
  parser.on('error', (error) => {
    throw error
  })
  parser.write(svg).close()
  return elements
}

test('a picture is XML that says what it is, whatever its texts hold', () => {
  const [svg, title, description, ...rest] = elementsOf(svgOf(picture, 'a'))
  expect(svg?.attributes).toMatchObject({ role: 'img', 'aria-labelledby': 'a-title a-description', width: '100' })
  expect(title).toEqual({ name: 'title', attributes: { id: 'a-title' }, text: 'A < B & "C"' })
  expect(description).toEqual({ name: 'desc', attributes: { id: 'a-description' }, text: 'Two lines' })
  expect(rest.map(({ name }) => name)).toEqual(['rect', 'text', 'line', 'rect', 'polygon', 'circle'])
  expect(rest[1]?.text).toBe('<script>alert(1)</script> ]]> & \ufffd 試験 😀')
})

test('places have two decimals at most, and no negative zero', () => {
  const [text, line, , polygon] = elementsOf(svgOf(picture)).slice(4)
  expect(text?.attributes).toMatchObject({ x: '0.3', y: '0' })
  expect(line?.attributes).toMatchObject({ x1: '0', x2: '0', y2: '0.67' })
  expect(polygon?.attributes.points).toBe('1,2 3,4.57')
})
