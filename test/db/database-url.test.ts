import { describe, expect, test } from 'vitest'
import { databaseLocation } from '../../src/db/database-url.ts'
import { EvidenceError } from '../../src/errors.ts'

const ROOT = '/home/me/my reviews'

describe('files', () => {
  test.each([
    { given: undefined, file: '/home/me/my reviews/data/evidence.db' },
    { given: '', file: '/home/me/my reviews/data/evidence.db' },
    { given: ' \n', file: '/home/me/my reviews/data/evidence.db' },
    { given: 'file:./x.db', file: '/home/me/my reviews/x.db' },
    { given: 'file:x.db', file: '/home/me/my reviews/x.db' },
    { given: ' file:x.db\n', file: '/home/me/my reviews/x.db' },
    { given: 'FILE:x.db', file: '/home/me/my reviews/x.db' },
    { given: 'file:../x.db', file: '/home/me/x.db' },
    { given: 'file:/srv/x.db', file: '/srv/x.db' },
    { given: 'file:///srv/x.db', file: '/srv/x.db' },
    { given: 'file://localhost/srv/x.db', file: '/srv/x.db' },
    { given: 'file:///srv/../x.db', file: '/x.db' },
    { given: 'file:no ending', file: '/home/me/my reviews/no ending' },
    { given: 'file:studies@home.db', file: '/home/me/my reviews/studies@home.db' },
    { given: 'file:./x.db?connection_limit=1&socket_timeout=5', file: '/home/me/my reviews/x.db' },
    { given: 'file:./x.db?', file: '/home/me/my reviews/x.db' },
  ])('$given is $file', ({ given, file }) => {
    expect(databaseLocation(given, ROOT)).toEqual({ engine: 'sqlite', file, url: `file://${file}` })
  })

  test.each([
    { form: 'a URL is percent-decoded', given: 'file:///srv/my%20data%C3%A9.db', file: '/srv/my dataé.db' },
    { form: 'a URL may hold what needs no encoding', given: 'file:///srv/my data#1.db', file: '/srv/my data#1.db' },
    { form: 'a percent sign in a URL is %25', given: 'file:///srv/100%25.db', file: '/srv/100%.db' },
    { form: 'a path is taken literally', given: 'file:./my%20data.db', file: '/home/me/my reviews/my%20data.db' },
    { form: 'an absolute path as well', given: 'file:/srv/100%.db', file: '/srv/100%.db' },
  ])('$form: $given', ({ given, file }) => {
    expect(databaseLocation(given, ROOT).file).toBe(file)
  })

  test('file: and the path found names the same file again, whatever the path holds', () => {
    for (const given of ['file:a%20b.db', 'file:///a%2520b.db', 'file:ü #1.db']) {
      const { file } = databaseLocation(given, ROOT)
      expect(databaseLocation(`file:${file}`, '/elsewhere').file).toBe(file)
    }
  })
})

describe('refused', () => {
  test.each([
    { given: ':memory:', words: 'a database in memory is gone when the command ends' },
    { given: 'file::memory:', words: 'a database in memory' },
    { given: 'file::memory:?cache=shared', words: 'a database in memory' },
    { given: 'file:x?mode=memory', words: 'a database in memory' },
    { given: 'file:x?cache=shared&mode=memory', words: 'a database in memory' },
    { given: 'file:x.db?mode=ro', words: "SQLite's parameter mode has no effect here" },
    { given: 'file:x.db?immutable=1&nolock=1', words: "SQLite's parameter immutable, nolock has no effect" },
    { given: 'file:', words: 'it names no file' },
    { given: 'file://', words: 'it names no file' },
    { given: 'file:?connection_limit=1', words: 'it names no file' },
    { given: 'file:./data/', words: 'it names a folder' },
    { given: 'file:..', words: 'it names a folder' },
    { given: 'file:///', words: 'it names a folder' },
    { given: 'file://data/x.db', words: '"data" after file:// would be the name of a computer' },
    { given: 'file:///srv/100%.db', words: 'Write %25 for a percent sign' },
    { given: 'file:///srv/what%3F.db', words: "can't be handed to Prisma" },
    { given: 'file:///srv/%00.db', words: "can't be handed to Prisma" },
    { given: './x.db', words: 'a path needs file: before it. Write file:./x.db.' },
    { given: 'data/x.db', words: 'Write file:./data/x.db.' },
    { given: '/srv/x.db', words: 'Write file:/srv/x.db.' },
    { given: 'C:\\data\\x.db', words: 'Write file:C:\\data\\x.db.' },
    { given: 'sqlite:./x.db', words: "sqlite: isn't how Prisma names a SQLite file" },
    { given: 'mysql://localhost/x', words: "Evibase doesn't speak mysql" },
    { given: 'postgresql://localhost/x', words: "PostgreSQL isn't supported yet by this version" },
    { given: 'postgres://localhost/x', words: "PostgreSQL isn't supported yet by this version" },
  ])('$given: $words', ({ given, words }) => {
    const { code, message } = refusal(given)
    expect(code).toBe('DATABASE_URL_UNSUPPORTED')
    expect(message).toContain(words)
    expect(message).toMatch(/^The database URL is `/)
  })

  test('the message says what was given, what is expected and what to do', () => {
    expect(refusal('mysql://localhost/x').message).toBe(
      "The database URL is `mysql://localhost/x`: Evibase doesn't speak mysql. " +
        'Expected a SQLite file, for example file:./data/evidence.db.',
    )
  })

  test.each([
    { given: 'postgresql://me:secret@db.example/x', shown: 'postgresql://***@db.example/x' },
    {
      given: 'postgresql://me:se@cr/et?@db.example:5432/x?sslmode=require',
      shown: 'postgresql://***@db.example:5432/x',
    },
    { given: 'postgresql://secret@db.example/x', shown: 'postgresql://***@db.example/x' },
    { given: 'postgresql://db.example/x?user=me&password=secret', shown: 'postgresql://db.example/x' },
    { given: 'sqlserver://db.example:1433;user=me;password=secret', shown: 'sqlserver://db.example:1433' },
    { given: 'prisma+postgres://db.example/?api_key=secret', shown: 'prisma+postgres://db.example/' },
    { given: 'me:secret@db.example/x', shown: 'me:***@db.example/x' },
    { given: 'host=db.example password=secret', shown: 'host=db.example password=***' },
  ])('no secret is shown of $given', ({ given, shown }) => {
    const { message, details } = refusal(given)
    expect(message).toContain(`\`${shown}\``)
    expect(details).toEqual({ given: shown })
    expect(message).not.toMatch(/secret|se@cr|et\?@/)
  })
})

function refusal(given: string): EvidenceError {
  try {
    databaseLocation(given, ROOT)
  } catch (error) {
    if (error instanceof EvidenceError) return error
    throw error
  }
  throw new Error(`${given} was not refused`)
}
