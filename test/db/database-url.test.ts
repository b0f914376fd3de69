import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { databaseLocation, isLocal } from '../../src/db/database-url.ts'
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
    expect(databaseLocation(given, ROOT)).toEqual({ engine: 'sqlite', file, url: `file://${file}`, shown: file })
  })

  test.each([
    { form: 'a URL is percent-decoded', given: 'file:///srv/my%20data%C3%A9.db', file: '/srv/my dataé.db' },
    { form: 'a URL may hold what needs no encoding', given: 'file:///srv/my data#1.db', file: '/srv/my data#1.db' },
    { form: 'a percent sign in a URL is %25', given: 'file:///srv/100%25.db', file: '/srv/100%.db' },
    { form: 'a path is taken literally', given: 'file:./my%20data.db', file: '/home/me/my reviews/my%20data.db' },
    { form: 'an absolute path as well', given: 'file:/srv/100%.db', file: '/srv/100%.db' },
  ])('$form: $given', ({ given, file }) => {
    expect(databaseLocation(given, ROOT)).toMatchObject({ engine: 'sqlite', file })
  })

  test('file: and the path found names the same file again, whatever the path holds', () => {
    for (const given of ['file:a%20b.db', 'file:///a%2520b.db', 'file:ü #1.db']) {
      const { shown: file } = databaseLocation(given, ROOT)
      expect(databaseLocation(`file:${file}`, '/elsewhere')).toMatchObject({ file })
    }
  })
})

describe('servers', () => {
  const plain = { shown: 'postgresql://db.example:5432/evidence', url: 'postgresql://db.example:5432/evidence' }
  const me = 'postgresql://me@db.example:5432/evidence'
  const login = 'postgresql://me:pw@db.example:5432/evidence'
  const socket = {
    shown: 'postgresql://me@/evidence?host=/run/postgresql',
    url: 'postgresql://me@localhost:5432/evidence?host=%2Frun%2Fpostgresql',
  }
  const odd = 'me%40home:p%40s%2Fs%25%3A%23%3F%2B'

  test.each([
    { given: 'postgresql://db.example/evidence', ...plain },
    { given: 'postgres://db.example:5432/evidence', ...plain },
    { given: 'POSTGRESQL://db.example/evidence\n', ...plain },
    { given: 'postgresql:///evidence?host=db.example&port=5432', ...plain },
    { given: 'postgresql://db.example/?dbname=evidence', ...plain },
    { given: 'postgresql://me:pw@db.example/evidence', shown: me, url: login },
    { given: 'postgresql://db.example/evidence?user=me&password=pw', shown: me, url: login },
    {
      given: `postgresql://${odd}@db.example:6000/evidence`,
      shown: 'postgresql://me%40home@db.example:6000/evidence',
      url: `postgresql://${odd}@db.example:6000/evidence`,
    },
    { given: 'postgresql://me:p+@db.example/evidence', shown: me, url: login.replace(':pw', ':p%2B') },
    { given: 'postgresql://db.example/evidence?user=me&password=p+', shown: me, url: login.replace(':pw', ':p%2B') },
    { given: 'postgresql://me@/evidence?host=/run/postgresql', ...socket },
    { given: 'postgresql://me@%2Frun%2Fpostgresql/evidence', ...socket },
    {
      given: 'postgresql:///evidence',
      shown: 'postgresql://localhost:5432/evidence',
      url: 'postgresql://localhost:5432/evidence',
    },
    { given: 'postgresql://[::1]/x', shown: 'postgresql://[::1]:5432/x', url: 'postgresql://[::1]:5432/x' },
    { given: 'postgresql:///x?host=::1', shown: 'postgresql://[::1]:5432/x', url: 'postgresql://[::1]:5432/x' },
    {
      given: 'postgresql://h/my%20reviews',
      shown: 'postgresql://h:5432/my%20reviews',
      url: 'postgresql://h:5432/my%20reviews',
    },
    { given: 'postgresql://db.example/evidence?schema=public', ...plain },
    {
      given: 'postgresql://h/x?connection_limit=5&sslpassword=secret',
      shown: 'postgresql://h:5432/x',
      url: 'postgresql://h:5432/x?connection_limit=5&sslpassword=secret',
    },
    ...['disable', 'require', 'verify-full'].map((mode) => ({
      given: `postgresql://h/x?sslmode=${mode}`,
      shown: 'postgresql://h:5432/x',
      url: `postgresql://h:5432/x?sslmode=${mode}&uselibpqcompat=true`,
    })),
  ])('$given is $shown', ({ given, shown, url }) => {
    expect(databaseLocation(given, ROOT)).toEqual({ engine: 'postgresql', url, schema: 'public', shown })
  })

  test('another schema is looked into first, after the options that are given', () => {
    expect(databaseLocation('postgresql://me:pw@h/x?schema=mine&options=-c%20work_mem%3D8MB', ROOT)).toEqual({
      engine: 'postgresql',
      url: 'postgresql://me:pw@h:5432/x?schema=mine&options=-c%20work_mem%3D8MB%20-c%20search_path%3Dmine',
      schema: 'mine',
      shown: 'postgresql://me@h:5432/x?schema=mine',
    })
  })

  test.each([
    `postgresql://${odd}@h/x?schema=mine&sslmode=require&options=-c%20work_mem%3D8MB`,
    'postgresql://h/x?schema=mine',
    'postgresql:///x?host=/run/postgresql&port=6000',
    'postgresql:///my%20reviews?host=::1',
  ])('the URL found names the same place again: %s', (given) => {
    const location = databaseLocation(given, ROOT)
    expect(databaseLocation(location.url, '/elsewhere')).toEqual(location)
  })

  test.each([
    {
      given: `postgresql://${odd}@db.example:6000/my%20reviews?sslmode=require`,
      meant: { host: 'db.example', port: 6000, user: 'me@home', password: 'p@s/s%:#?+', database: 'my reviews' },
    },
    {
      given: 'postgresql:///x?host=/run/postgresql&user=me&password=p+',
      meant: { host: '/run/postgresql', port: 5432, user: 'me', password: 'p+', database: 'x' },
    },
    {
      given: 'postgresql://me:p@[::1]/x',
      meant: { host: '::1', port: 5432, user: 'me', password: 'p', database: 'x' },
    },
  ])('the driver understands it as it was meant: $given', ({ given, meant }) => {
    const { host, port, user, password, database } = new pg.Client(databaseLocation(given, ROOT).url)
    expect({ host, port, user, password, database }).toEqual(meant)
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
    { given: 'postgresql:evidence', words: "it can't be read" },
    { given: 'postgresql://localhost', words: 'it names no database' },
    { given: 'postgresql://localhost/', words: 'it names no database' },
    { given: 'postgresql://localhost/?schema=public', words: 'it names no database' },
    { given: 'postgresql://a,b/x', words: 'it names several hosts' },
    { given: 'postgresql://a:1,b:2/x', words: "it can't be read" },
    { given: 'postgresql://a:70000/x', words: "it can't be read" },
    { given: 'postgresql://a:0/x', words: 'the port 0 is none' },
    { given: 'postgresql:///x?port=here', words: 'the port here is none' },
    { given: 'postgresql:///x?host=a/b', words: "its host can't be read" },
    { given: 'postgresql://a/b/c', words: 'a database whose name holds "/"' },
    { given: 'postgresql://a/b%40c', words: 'a database whose name holds "@"' },
    { given: 'postgresql://me:12/x@a', words: 'it has an "@" after the host' },
    { given: 'postgresql://a/x?sslmode=prefer', words: 'Write one of disable, require, verify-ca, verify-full' },
    { given: 'postgresql://a/x?sslmode=verify-ca', words: 'needs sslrootcert=FILE' },
    { given: 'postgresql://a/x?schema=Mine', words: 'the schema Mine is not named with small letters' },
    { given: 'postgresql://a/x?options=-csearch_path%3Dy', words: 'name the schema by schema=' },
    { given: 'postgresql://:pw@a/x', words: 'it has a password, but no user' },
  ])('$given: $words', ({ given, words }) => {
    const { code, message } = refusal(given)
    expect(code).toBe('DATABASE_URL_UNSUPPORTED')
    expect(message).toContain(words)
    expect(message).toMatch(/^The database URL is `/)
  })

  test('the message says what was given, what is expected and what to do', () => {
    expect(refusal('mysql://localhost/x').message).toBe(
      "The database URL is `mysql://localhost/x`: Evibase doesn't speak mysql. " +
        'Expected a SQLite file, for example file:./data/evidence.db, or postgresql://….',
    )
  })

  test.each([
    { given: 'postgresql://me:secret@db.example/', shown: 'postgresql://***@db.example/' },
    { given: 'postgresql://me:secret%zz@db.example/x', shown: 'postgresql://***@db.example/x' },
    { given: 'postgresql://me:secret#1@db.example/x', shown: 'postgresql://***@db.example/x' },
    { given: 'postgresql://me:1/secret@db.example/x', shown: 'postgresql://***@db.example/x' },
    {
      given: 'postgresql://me:se@cr/et?@db.example:5432/x?sslmode=require',
      shown: 'postgresql://***@db.example:5432/x',
    },
    { given: 'mysql://secret@db.example/x', shown: 'mysql://***@db.example/x' },
    { given: 'postgresql://db.example/?user=me&password=secret', shown: 'postgresql://db.example/' },
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

describe('whether a database is on this computer', () => {
  test.each([
    'file:./x.db',
    'postgresql://localhost/x',
    'postgresql:///x',
    'postgresql://127.0.0.1:5433/x',
    'postgresql://127.1.2.3/x',
    'postgresql://[::1]/x',
    'postgresql:///x?host=/run/postgresql',
  ])('%s is', (given) => {
    expect(isLocal(databaseLocation(given, ROOT))).toBe(true)
  })

  test.each([
    'postgresql://db.example/x',
    'postgresql://10.0.0.1/x',
    'postgresql://127.0.0.1.example/x',
    'postgresql://localhost.example/x',
    'postgresql:///x?host=db.example',
    'postgresql://[::2]/x',
  ])('%s is not', (given) => {
    expect(isLocal(databaseLocation(given, ROOT))).toBe(false)
  })
})
