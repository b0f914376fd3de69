/** The exit code of a program that a person ended by Ctrl-C, as shells have it. */
export const INTERRUPTED = 130
