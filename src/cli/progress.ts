import type { Context } from './context.ts'

export interface Progress {
  /** So much more is done. */
  readonly advance: (amount: number, what: string) => void
  /** So much is done in all, of so much where that is known. */
  readonly reach: (amount: number, what: string, of?: number) => void
  /** So much is done in all, which is such a share of the whole, 0 to 1. */
  readonly reachShare: (amount: number, what: string, share: number | undefined) => void
  /** Takes the line away. */
  readonly end: () => void
}

/** Milliseconds: what is done sooner needs no line, and a faster one can't be read. */
const PATIENCE = 1_000
const BETWEEN = 200

/**
 * A line on the terminal that says how far something long has come: none in a pipe, and none in the first second.
 */
export function progressOf(context: Context, now: () => number = Date.now): Progress {
  const began = now()
  let shown = 0
  let done = 0
  let total: number | undefined
  let part: number | undefined
  const show = (what: string) => {
    const time = now()
    if (!context.interactive || time - began < PATIENCE || time - shown < BETWEEN) return
    shown = time
    const share = total ? ` of ${total.toLocaleString('en')} (${Math.floor((100 * done) / total)} %)` : ''
    const rate = Math.round(done / ((time - began) / 1000))
    const left = part
      ? `, ${Math.floor(100 * part)} % of the file, ${inWords((time - began) * (1 / part - 1))} left`
      : ''
    context.show(`\r\u001b[K${done.toLocaleString('en')}${share} ${what}, ${rate.toLocaleString('en')} a second${left}`)
  }
  return {
    advance: (amount, what) => {
      done += amount
      show(what)
    },
    reach: (amount, what, of) => {
      done = amount
      total = of ?? total
      show(what)
    },
    reachShare: (amount, what, share) => {
      done = amount
      part = share
      show(what)
    },
    end: () => {
      if (shown > 0) context.show('\r\u001b[K')
    },
  }
}

/** A time to wait for, as people say it. */
function inWords(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000)
  if (seconds < 100) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 100 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
