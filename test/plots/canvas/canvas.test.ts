import { crc32, inflateSync } from 'node:zlib'
import { createCanvas, loadImage } from '@napi-rs/canvas'
import { describe, expect, test } from 'vitest'
import { missingLetters, pdfOf, pngOf } from '../../../src/plots/canvas/canvas.ts'
import { fontOf, useTypeface } from '../../../src/plots/canvas/typeface.ts'
import { BOLD, REGULAR } from '../../../src/plots/glyph-widths.ts'
import type { Mark, Picture } from '../../../src/plots/mark.ts'
import { textWidth } from '../../../src/plots/text-width.ts'

const picture = (marks: readonly Mark[], more: Partial<Picture> = {}): Picture => ({
  width: 96,
  height: 48,
  title: 'Title & <b>',
  description: 'Description',
  marks,
  ...more,
})
const text = (words: string, y = 20): Mark => ({ role: 'label', kind: 'text', text: words, x: 4, y, size: 10 })

/** The chunks of a PNG file by their names; fails where one's check sum is wrong. */
function chunksOf(png: Uint8Array): ReadonlyMap<string, Buffer> {
  const bytes = Buffer.from(png)
  const chunks = new Map<string, Buffer>()
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at)
    const end = at + 8 + length
    expect(bytes.readUInt32BE(end)).toBe(crc32(bytes.subarray(at + 4, end)))
    chunks.set(bytes.toString('latin1', at + 4, at + 8), bytes.subarray(at + 8, end))
    at = end + 4
  }
  return chunks
}

/** The colour at a place of a PNG file, in its pixels. */
async function pixelsOf(png: Uint8Array) {
  const image = await loadImage(Buffer.from(png))
  const context = createCanvas(image.width, image.height).getContext('2d')
  context.drawImage(image, 0, 0)
  return (x: number, y: number) => [...context.getImageData(x, y, 1, 1).data]
}

describe('PNG', () => {
  test('has as many pixels to an inch as were asked for, and says so', () => {
    const chunks = chunksOf(pngOf(picture([]), 192))
    expect(chunks.get('IHDR')?.readUInt32BE(0)).toBe(192)
    expect(chunks.get('IHDR')?.readUInt32BE(4)).toBe(96)
    // 192 pixels to 25.4 mm, in pixels to a metre, rounded: 7559
    expect(chunks.get('pHYs')).toEqual(Buffer.from([0, 0, 0x1d, 0x87, 0, 0, 0x1d, 0x87, 1]))
  })

  test('shows each kind of mark where it is, over white', async () => {
    const at = await pixelsOf(
      pngOf(
        picture([
          { role: 'a', kind: 'box', x: 0, y: 0, width: 10, height: 10, fill: '#ff0000' },
          { role: 'b', kind: 'circle', centre: { x: 30, y: 10 }, radius: 5, fill: '#00ff00', fillOpacity: 0.5 },
          {
            role: 'c',
            kind: 'polygon',
            points: [
              { x: 50, y: 0 },
              { x: 70, y: 0 },
              { x: 50, y: 20 },
            ],
          },
          {
            role: 'd',
            kind: 'line',
            from: { x: 0, y: 40 },
            to: { x: 90, y: 40 },
            stroke: '#0000ff',
            strokeWidth: 4,
            dashes: '10 20',
          },
          {
            role: 'e',
            kind: 'polyline',
            points: [
              { x: 80, y: 0 },
              { x: 80, y: 20 },
              { x: 95, y: 20 },
            ],
            stroke: '#000000',
            strokeWidth: 2,
            fill: '#ff0000',
          },
        ]),
        96,
      ),
    )
    expect(at(5, 5)).toEqual([255, 0, 0, 255])
    expect(
      at(30, 10)
        .slice(0, 3)
        .map((part) => Math.round(part / 16)),
    ).toEqual([8, 16, 8])
    expect(at(53, 5)).toEqual([0, 0, 0, 255])
    expect(at(66, 15)).toEqual([255, 255, 255, 255])
    expect([at(5, 40), at(20, 40), at(35, 40)].map(([red]) => red)).toEqual([0, 255, 0])
    expect(at(80, 10)).toEqual([0, 0, 0, 255])
    expect(at(85, 12)).toEqual([255, 255, 255, 255])
  })

  test('has letters, whatever typefaces the computer has', async () => {
    const at = await pixelsOf(pngOf(picture([text('■MMM')]), 96))
    const dark = Array.from({ length: 30 }, (_, x) => at(x + 14, 16)[0] ?? 255).filter((red) => red < 128)
    expect(dark.length).toBeGreaterThan(3)
    expect(pngOf(picture([text('same')]), 300)).toEqual(pngOf(picture([text('same')]), 300))
  })

  test('that no program would open is refused, with what would do', () => {
    expect(() => pngOf(picture([], { height: 20_000 }), 300)).toThrow(
      expect.objectContaining({ code: 'USAGE', message: expect.stringContaining('expected --dpi 157 or less') }),
    )
  })
})

/** What the streams of a PDF file hold, and all else of it. */
function wordsOf(pdf: Uint8Array): string {
  const bytes = Buffer.from(pdf)
  const whole = bytes.toString('latin1')
  const streams = [...whole.matchAll(/stream\r?\n/g)].map(({ index, 0: { length } }) => {
    try {
      return inflateSync(bytes.subarray(index + length)).toString('latin1')
    } catch {
      return ''
    }
  })
  return [whole, ...streams].join('\n')
}

describe('PDF', () => {
  test('has its text as text, in letters that it brings along, and its title', () => {
    const words = wordsOf(pdfOf(picture([text('τ² &试')])))
    expect(words).toMatch(/^%PDF-1/)
    expect(words).toContain('/Title (Title & <b>)')
    expect(words).toMatch(/\/BaseFont \/[A-Z]+\+Arimo-Regular/)
    expect(words).toContain('/ToUnicode')
    // 96 units are an inch, 72 points.
    expect(words).toContain('/MediaBox [0 0 72 36]')
  })

  test('of a tall picture has pages, and each text once', () => {
    const rows = Array.from({ length: 150 }, (_, i) => text(`Row${i}`, 20 * (i + 2)))
    const pdf = wordsOf(pdfOf(picture([text('Heading', 10), ...rows], { width: 400, height: 3100, head: 15 })))
    expect(pdf.match(/\/Type \/Page\b(?!s)/g)).toHaveLength(3)
    expect(pdf.match(/\bBT\b/g)).toHaveLength(rows.length + 3)
  })

  test('is the same file for the same picture', () => {
    expect(pdfOf(picture([text('same')]))).toEqual(pdfOf(picture([text('same')])))
  })
})

describe('the typeface', () => {
  test.each([
    { face: 'regular', isBold: false, table: REGULAR },
    { face: 'bold', isBold: true, table: BOLD },
  ])('$face has each letter, no wider than texts are placed by', ({ isBold, table }) => {
    useTypeface()
    const context = createCanvas(10, 10).getContext('2d')
    const letters = [...Object.values(table).join(''), 'τ', 'χ', '←', '→']
    expect(missingLetters(letters)).toEqual([])
    context.font = fontOf({ size: 1000, isBold })
    const wide = letters.filter(
      (letter) => context.measureText(letter).width > textWidth(letter, { size: 1000, isBold }) + 1,
    )
    expect(wide).toEqual([])
  })

  test('and those of this computer lack some letters, which are told', () => {
    expect(missingLetters(['Ångström \u{10fffc} τ²', 'a\u{10fffb}\u0301 \n'])).toEqual(['\u{10fffc}', '\u{10fffb}'])
  })
})
