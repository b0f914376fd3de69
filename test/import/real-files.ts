import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'

interface RealFile {
  readonly name: string
  readonly bytes: Buffer
}

/** The real files of a format, unpacked, that EVIBASE_FIXTURES leads to; none without it. */
export function realFiles(format: string): readonly RealFile[] {
  const folder = path.join(process.env.EVIBASE_FIXTURES ?? '', format)
  if (!process.env.EVIBASE_FIXTURES || !existsSync(folder)) return []
  return readdirSync(folder)
    .sort()
    .map((name) => {
      const bytes = readFileSync(path.join(folder, name))
      return { name, bytes: name.endsWith('.gz') ? gunzipSync(bytes) : bytes }
    })
}
