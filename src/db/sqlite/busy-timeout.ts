/** How long a connection waits for another program's lock before it gives up, in milliseconds. */
export const BUSY_TIMEOUT = 20_000
