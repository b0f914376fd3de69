/** One line of a record with what goes on below it: its tag and its words. */
export interface MedlineField {
  readonly tag: string
  readonly value: string
}
