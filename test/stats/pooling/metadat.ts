import { readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

const numbers = z.array(z.number())
const fits = z.record(z.string(), numbers)

/** What metafor gives of data sets of metadat; `meta` names the lists' entries. */
const METADAT = z
  .object({
    sets: z.array(
      z.object({
        name: z.string(),
        yi: numbers,
        vi: numbers,
        fits,
        trimfill: z.array(
          z.object({
            method: z.enum(['EE', 'DL', 'REML']),
            estimator: z.enum(['L0', 'R0', 'Q0']),
            side: z.enum(['left', 'right']),
            values: z.array(z.number().nullable()),
          }),
        ),
        regression: z
          .object({
            columns: z.record(z.string(), z.array(z.string().nullable())),
            fits: z.record(
              z.string(),
              z.object({ k: z.number(), r2: z.number(), qm: z.number(), b: numbers, fit: numbers }),
            ),
          })
          .optional(),
      }),
    ),
    odds: z.object({
      ai: numbers,
      n1i: numbers,
      ci: numbers,
      n2i: numbers,
      tests: numbers,
      uncorrected: numbers,
      fit: numbers,
      peto: numbers,
    }),
  })
  .parse(JSON.parse(readFileSync(path.join(import.meta.dirname, '../../reference/pooling/metadat.json'), 'utf8')))

export const METADAT_SETS = METADAT.sets.map(({ yi, vi, ...set }) => ({
  ...set,
  effects: yi.map((y, i) => ({ yi: y, vi: vi[i] ?? Number.NaN })),
}))

/** A data set of counts, and what rma.mh and rma.peto give beside their estimates. */
export const METADAT_COUNTS = METADAT.odds
