import { type Command, Option } from 'commander'
import { EvidenceError } from '../../../errors.ts'
import type { RiskOfBiasTable } from '../../../model/risk-of-bias-table.ts'
import type { Context } from '../../context.ts'
import { type DatabaseOption, example, withDatabase } from '../../output.ts'
import { nothingToDraw, type PictureOptions, putPicture, requireFormat, withPicture } from '../../plot-options.ts'
import { bytesOf } from '../../studies-to-pool.ts'
import { vocabularies } from '../../vocabularies.ts'
import { askDatabase } from '../../with-database.ts'

interface Options extends PictureOptions, DatabaseOption {
  readonly from?: string
  readonly review?: string
  readonly tool?: string
  readonly weighted?: boolean
}

export function plotTrafficLightCommand(plot: Command, context: Context): void {
  const command = plot
    .command('traffic-light')
    .summary('risk of bias, study by study')
    .description(
      'Draws a light for each judgement of a domain, in colour and with a symbol: of studies of the database, or of the CSV file that robvis reads.',
    )
    .addHelpText('after', example('plot traffic-light --tool rob-2 --out traffic-light.svg'))
  withTableOptions(command).action(async (studies: string[], options: Options) => {
    const table = await tableOf(context, studies, options)
    const { trafficLightPlot } = await import('../../../plots/risk-of-bias/traffic-light-plot.ts')
    await putPicture(context, trafficLightPlot(table, options.title ?? titleOf('Risk of bias', table)), options)
  })
}

export function plotRobSummaryCommand(plot: Command, context: Context): void {
  const command = plot
    .command('rob-summary')
    .summary('risk of bias, domain by domain')
    .description(
      'Draws for each domain what share of the studies was judged alike, in colour and with symbols: of studies of the database, or of the CSV file that robvis reads.',
    )
    .option('--weighted', 'shares of the weights that the column Weight of the file has')
    .addHelpText('after', example('plot rob-summary --from judgements.csv --tool rob-2 --weighted --out summary.svg'))
  withTableOptions(command).action(async (studies: string[], options: Options) => {
    const table = await tableOf(context, studies, options)
    if (options.weighted) requireWeights(table)
    const { robSummaryPlot } = await import('../../../plots/risk-of-bias/rob-summary-plot.ts')
    const title = options.title ?? titleOf('Summary of the risk of bias', table)
    await putPicture(context, robSummaryPlot(table, { title, isWeighted: options.weighted === true }), options)
  })
}

const withTableOptions = (command: Command): Command =>
  withDatabase(
    withPicture(
      command
        .argument('[study...]', 'keys of studies; all without any')
        .addOption(
          new Option(
            '--from <file>',
            'a CSV file instead of the database: Study, a column for each domain, Overall',
          ).conflicts(['review', 'db']),
        )
        .option('--review <key>', 'the studies that a review includes')
        .option(
          '--tool <code>',
          'the tool, such as rob-1, rob-2 or robins-i; of a file it names the columns D1, D2 and so on',
        ),
    ),
  )

/** Judgements by one tool. */
async function tableOf(context: Context, studies: readonly string[], options: Options): Promise<RiskOfBiasTable> {
  const { from, out } = options
  requireFormat(out)
  const table =
    from === undefined ? await ofDatabase(context, studies, options) : await ofFile(context, studies, from, options)
  if (table.rows.length === 0) throw nothingToDraw('there is no study')
  if (table.rows.every(({ judgements }) => judgements.every((one) => one === undefined)))
    throw nothingToDraw('no study is judged')
  return table
}

async function ofFile(
  context: Context,
  studies: readonly string[],
  from: string,
  { tool }: Options,
): Promise<RiskOfBiasTable> {
  if (studies.length > 0)
    throw new EvidenceError('USAGE', `${studies[0]} is a study of the database; expected none with --from ${from}.`)
  const known = tool === undefined ? [] : await vocabularies(context)
  const found = known.find((one) => one.tool.code === tool)
  if (tool !== undefined && found === undefined)
    throw unknownTool(
      tool,
      known.map((one) => one.tool.code),
    )
  const { readRobvisFile } = await import('../../../import/robvis/read-robvis-file.ts')
  return readRobvisFile(bytesOf(context, from), from, found && { ...found.tool, domains: found.domains })
}

async function ofDatabase(context: Context, studies: readonly string[], { db: url, review, tool }: Options) {
  const { riskOfBiasTables } = await import('../../../queries/risk-of-bias-tables.ts')
  const choices = { ...(studies.length > 0 && { studies }), ...(review !== undefined && { review }) }
  const tables = await askDatabase(context, url, (db) => riskOfBiasTables(db, choices))
  const codes = tables.map((table) => nameOf(table, tables))
  const asked = tool === undefined ? tables : tables.filter((table, i) => table.tool === tool || codes[i] === tool)
  if (tables.length === 0) throw nothingToDraw('no study is judged')
  const [first, second] = asked
  if (first === undefined) throw unknownTool(tool ?? '', codes)
  if (second !== undefined)
    throw new EvidenceError(
      'USAGE',
      `Studies are judged by several tools, of which a picture has one; expected --tool ${codes.join(' or ')}.`,
    )
  return first
}

/** A tool's code, with its version where there are several of it. */
const nameOf = ({ tool, version }: RiskOfBiasTable, tables: readonly RiskOfBiasTable[]): string =>
  tables.filter((other) => other.tool === tool).length > 1 ? `${tool}/${version}` : tool

const unknownTool = (tool: string, there: readonly string[]): EvidenceError =>
  new EvidenceError('USAGE', `--tool ${tool} is not there; expected one of ${there.join(', ')}.`)

function requireWeights({ rows }: RiskOfBiasTable): void {
  if (rows.some(({ weight }) => weight === undefined))
    throw new EvidenceError('USAGE', 'There are no weights; --weighted expected a file by --from with a column Weight.')
  if (!rows.some(({ weight = 0 }) => weight > 0)) throw nothingToDraw('all weights are 0')
}

const titleOf = (what: string, { tool, rows }: RiskOfBiasTable): string =>
  `${what}${tool === '' ? '' : ` by ${tool}`}: ${rows.length} ${rows.length === 1 ? 'row' : 'rows'}`
