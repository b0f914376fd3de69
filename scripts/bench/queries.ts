import { runBundled } from '../run-bundled.ts'

await runBundled('queries-bench')
