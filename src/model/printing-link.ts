/** Whether a quote of this role gives a number: the value itself, or what it is out of. */
export const givesNumber = (role: string | null | undefined): boolean => role === 'value' || role === 'denominator'

interface Link {
  readonly role: string
  readonly quoteId: string
  readonly spanStart: number | null
}

/**
 * Of a fact's links, in their order, the one that its `printed` was taken from: the first that gives the number by words
 * within the quote, or by a quote whose words aren't held.
 *
 * @param held  whether a quote's words are
 */
export const printingLink = <L extends Link>(links: readonly L[], held: (quoteId: string) => boolean): L | undefined =>
  links.find(({ role, quoteId, spanStart }) => givesNumber(role) && (spanStart !== null || !held(quoteId)))
