/** Told how much is done, of what, and how much there is where that is known: pages of a file, bytes of a dump. */
export type OnProgress = (done: number, unit: 'pages' | 'bytes', of?: number) => void
