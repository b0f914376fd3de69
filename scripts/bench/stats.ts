import { runBundled } from '../run-bundled.ts'

await runBundled('stats-bench')
