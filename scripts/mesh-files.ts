import { createWriteStream, mkdirSync } from 'node:fs'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { descriptorAscii, descriptorXml, tabledDescriptors } from './mesh/mesh-files.ts'

// Writes MeSH 2024 in NLM's formats, from the tables among the fixtures: `npx tsx scripts/mesh-files.ts FOLDER`.

const [folder] = process.argv.slice(2)
const fixtures = process.env.EVIBASE_FIXTURES
if (folder === undefined || fixtures === undefined) {
  process.stderr.write('EVIBASE_FIXTURES=FOLDER npx tsx scripts/mesh-files.ts FOLDER\n')
  process.exitCode = 2
} else {
  mkdirSync(folder, { recursive: true })
  const descriptors = await tabledDescriptors(fixtures)
  await pipeline(Readable.from(descriptorXml(descriptors)), createWriteStream(path.join(folder, 'desc2024.xml')))
  await pipeline(Readable.from(descriptorAscii(descriptors)), createWriteStream(path.join(folder, 'd2024.bin')))
}
