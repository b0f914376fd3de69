/** All that needs the drawing program, to be loaded only when it is asked for. */
export { pdfOf } from './pdf-of.ts'
export { pngOf } from './png-of.ts'
export { missingLetters } from './typeface.ts'
