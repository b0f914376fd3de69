/**
 * A text on one line, with single spaces: in formats that are read line by line, a value that went on below could pass
 * for a field of its own, and some readers end a record at `ER  - ` also within a line.
 */
export const oneLine = (text: string): string => text.replace(BREAKS, ' ').trim()

// Spaces that typesetters chose, such as the one that doesn't break, stay.
const BREAKS = /[\p{Cc}\p{Zl}\p{Zp} ]+/gu
