/** A step of the set-up failed; the message is all that its reader needs. */
export class SetUpError extends Error {
  /**
   * @param {string} message
   * @param {number} [exitCode]
   */
  constructor(message, exitCode) {
    super(message)
    this.name = 'SetUpError'
    this.exitCode = exitCode || 1
  }
}
