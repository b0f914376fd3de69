import { crc32 } from 'node:zlib'

/** Bytes of a PNG file before the first chunk after its header. */
const AFTER_HEADER = 33
const INCHES_PER_METRE = 1 / 0.0254

/**
 * Writes into a PNG file how many pixels there are to an inch, which journals look for.
 *
 * @source  PNG specification, third edition, 11.3.4.3: pHYs, pixels per metre
 */
export function withResolution(png: Uint8Array, dpi: number): Uint8Array {
  const perMetre = Math.round(dpi * INCHES_PER_METRE)
  const chunk = Buffer.alloc(4 + 4 + 9 + 4)
  chunk.writeUInt32BE(9, 0)
  chunk.write('pHYs', 4, 'latin1')
  chunk.writeUInt32BE(perMetre, 8)
  chunk.writeUInt32BE(perMetre, 12)
  chunk.writeUInt8(1, 16)
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 17)), 17)
  return Buffer.concat([png.subarray(0, AFTER_HEADER), chunk, png.subarray(AFTER_HEADER)])
}
