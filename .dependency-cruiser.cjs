// Who may import whom: data flows one way through the house. Each layer lists what it may reach.
const layers = {
  errors: [],
  generated: ['generated'],
  model: ['errors', 'generated'],
  stats: ['model', 'errors'],
  checks: ['stats', 'model', 'errors', 'generated'],
  import: ['stats', 'model', 'errors'],
  db: ['model', 'errors', 'generated'],
  queries: ['db', 'checks', 'stats', 'model', 'errors', 'generated'],
  plots: ['stats', 'model', 'errors'],
  export: ['queries', 'checks', 'stats', 'model', 'errors'],
  report: ['export', 'plots', 'queries', 'stats', 'model', 'errors'],
  cli: ['report', 'export', 'plots', 'queries', 'db', 'import', 'checks', 'stats', 'model', 'errors'],
}
const folder = (name) => (name === 'errors' ? '^src/errors\\.ts$' : `^src/${name}/`)

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...Object.entries(layers).map(([name, allowed]) => ({
      name: `${name}-reaches-only-below`,
      severity: 'error',
      from: { path: folder(name) },
      to: { path: '^src/', pathNot: [folder(name), ...allowed.map(folder)] },
    })),
    {
      name: 'every-folder-has-a-layer',
      severity: 'error',
      from: {},
      to: { path: '^src/', pathNot: ['^src/index\\.ts$', ...Object.keys(layers).map(folder)] },
    },
    {
      name: 'generated-only-for-its-types-outside-db',
      comment: 'the client itself belongs to db; its types and lists of values are the model’s',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/db/', '^src/generated/'] },
      to: { path: '^src/generated/', pathNot: ['enums\\.ts$'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-database-no-process-in-pure-code',
      comment: 'checks, stats, import and model know no database, no clock and no process',
      severity: 'error',
      from: { path: '^src/(model|checks|stats|import|plots|export)/' },
      to: {
        path: ['^(node:)?(fs|child_process|process|net|http|worker_threads)', 'better-sqlite3', '@prisma/(?!client)'],
      },
    },
    {
      name: 'only-db-knows-the-driver',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/db/' },
      to: { path: ['node_modules/better-sqlite3', 'node_modules/@prisma/adapter', 'node_modules/pg/'] },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: { path: '^(src|scripts)/', pathNot: '^src/generated/' },
      to: { circular: true },
    },
    {
      name: 'no-devdependency-in-src',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
    { name: 'nothing-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '^src/generated'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}
