import { deflateRawSync, inflateRawSync } from 'node:zlib'

/** A record's bytes as they are kept. Level 6 would save a twelfth of the room. */
export const keptBytes = (bytes: Uint8Array): string => deflateRawSync(bytes, { level: 1 }).toString('base64')

/** The bytes of a record that was kept. */
export const bytesOfKept = (content: string): Uint8Array => inflateRawSync(Buffer.from(content, 'base64'))
