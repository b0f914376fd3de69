import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import path from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ROOT, seededDatabase } from '../scratch.ts'
import { environment } from '../scripts/prisma-project.ts'

const PLACES = [process.env.CHROMIUM_PATH ?? '', '/usr/bin/chromium', '/usr/bin/chromium-browser']
const executablePath = PLACES.find((place) => place !== '' && existsSync(place))

// Studio's grid holds only the columns that can be seen: a window as wide as all of them needs no scrolling.
const WINDOW = { width: 8_000, height: 1_200 }

describe.skipIf(executablePath === undefined)(
  executablePath === undefined
    ? 'Prisma Studio (skipped: no Chromium here; install it, or name it in CHROMIUM_PATH)'
    : 'Prisma Studio over the seeded database',
  () => {
    let studio: ChildProcess
    let browser: Browser
    let page: Page
    let address: string

    beforeAll(async () => {
      const { url } = await seededDatabase()
      const port = await freePort()
      address = `http://localhost:${port}/`
      studio = await startStudio(url, port)
      browser = await chromium.launch({
        ...(executablePath === undefined ? {} : { executablePath }),
        args: [
          '--headless',
          '--no-sandbox',
          '--disable-gpu',
          '--disable-quic',
          '--no-first-run',
          '--disable-background-networking',
          '--disable-component-update',
          '--disable-sync',
        ],
      })
      page = await browser.newPage({ viewport: WINDOW })
      page.setDefaultTimeout(15_000)
      // Studio's page reports its start to its maker; a test asks nobody but Studio itself.
      await page.route(
        (url) => url.origin !== new URL(address).origin,
        (route) => route.abort(),
      )
      await page.goto(address)
    }, 60_000)
    afterAll(async () => {
      await browser?.close()
      if (studio?.pid !== undefined && studio.exitCode === null) process.kill(-studio.pid, 'SIGTERM')
    })

    /** What the one table on the page holds, row by row: the text of each cell by the name of its column. */
    async function rowWith(text: string): Promise<Readonly<Record<string, string>>> {
      const row = page.locator('tbody tr', { hasText: text }).first()
      await row.waitFor()
      const names = await page.locator('thead th').allInnerTexts()
      const cells = await row.locator('td').allInnerTexts()
      // Below its name, a column has its type.
      return Object.fromEntries(names.map((name, index) => [name.split('\n')[0], (cells[index] ?? '').trim()]))
    }

    /** Asks on the SQL page. */
    async function ask(sql: string, rows: number): Promise<void> {
      await page.getByRole('link', { name: 'SQL', exact: true }).click()
      await page.locator('.cm-content').click()
      await page.keyboard.press('ControlOrMeta+A')
      await page.keyboard.insertText(sql)
      await page.getByRole('button', { name: 'Run SQL' }).click()
      await page.getByText(`${rows} row(s) returned`).waitFor()
    }

    test('lists the tables and, among them, the views for people', async () => {
      const tables = page.getByRole('navigation', { name: 'Tables' })
      for (const name of ['study', 'outcome_table', 'analysis_table', 'adverse_event_table', 'provenance_table'])
        await tables.getByRole('link', { name, exact: true }).waitFor()
    })

    test("shows the study's title in the study table", async () => {
      await page.getByRole('link', { name: 'study', exact: true }).click()
      expect(await rowWith('Rosenberg 1993')).toMatchObject({
        id: 'rosenberg-1993-il2-lak',
        title: 'High-dose interleukin-2 with or without lymphokine-activated killer cells in advanced cancer',
        allocation: 'randomised',
      })
    })

    test('shows 10 of 85 and 4 of 79 in the outcome_measurement table', async () => {
      await page.getByRole('link', { name: 'outcome_measurement', exact: true }).click()
      expect(await rowWith('m00001')).toMatchObject({ events: '10', total: '85', proportion: 'NULL', sd: 'NULL' })
      expect(await rowWith('m00002')).toMatchObject({ events: '4', total: '79' })
      expect(await rowWith('m00014')).toMatchObject({ proportion: '0.15', events: 'NULL', total: 'NULL' })
    })

    // The grid of a table would hold one row only: Studio tells rows apart by their primary key, and a view has none.
    test('shows 10 of 85 and 4 of 79 in the outcome_table view', async () => {
      await ask('SELECT * FROM outcome_table', 18)
      expect(await rowWith('m00001')).toMatchObject({
        outcome: 'Complete response',
        study_group: 'IL-2 plus LAK cells',
        events: '10',
        total: '85',
      })
      expect(await rowWith('m00002')).toMatchObject({ study_group: 'IL-2 alone', events: '4', total: '79' })
    })

    test('shows P = .089 in the analysis_table view', async () => {
      await ask('SELECT * FROM analysis_table', 3)
      expect(await rowWith('a00001')).toMatchObject({ p_operator: '=', p_value: '0.089', p_text: '.089' })
    })
  },
)

/** Starts Studio as a person does, and resolves when it says that it runs. */
function startStudio(url: string, port: number): Promise<ChildProcess> {
  const child = spawn(
    process.execPath,
    [path.join(ROOT, 'scripts/evibase.mjs'), 'db', 'studio', '--port', String(port), '--browser', 'none'],
    // A group of its own, as Studio is a child of the command: both have to end.
    { cwd: ROOT, env: environment({ DATABASE_URL: url }), detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let said = ''
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`Studio ended with ${code}:\n${said}`)))
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text
        if (said.includes(`http://localhost:${port}`)) resolve(child)
      })
  })
}

function freePort(): Promise<number> {
  const server = createServer()
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}
