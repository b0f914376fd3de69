/**
 * @param {string} version as in `process.versions.node`
 * @returns {number[]}
 */
function parts(version) {
  return version.split('.').map((part) => Number.parseInt(part, 10))
}

/**
 * @param {number[]} version
 * @param {number[]} least
 */
function atLeast(version, least) {
  for (let i = 0; i < least.length; i += 1) {
    const [have, want] = [version[i] || 0, least[i] || 0]
    if (have !== want) return have > want
  }
  return true
}

/**
 * Whether a Node version lies in a range written with `^`, `>=` and `||`, the three signs that package.json's
 * `engines` uses here. A package that knows them all can't be asked: nothing is installed yet.
 *
 * @param {string} version
 * @param {string} range
 */
export function isSupportedNode(version, range) {
  const have = parts(version)
  return range.split('||').some((text) => {
    const bound = text.trim()
    const least = parts(bound.replace(/^(\^|>=)/, ''))
    return atLeast(have, least) && (bound.startsWith('>=') || have[0] === least[0])
  })
}

/**
 * One sentence for somebody whose Node is not supported; empty when it is.
 *
 * @param {string} version
 * @param {string} range
 */
export function unsupportedNode(version, range) {
  if (isSupportedNode(version, range)) return ''
  const wanted = range.split('||').map((text) => {
    const bound = text.trim()
    const least = bound.replace(/^(\^|>=)/, '')
    return bound.startsWith('>=') ? `${least} or later` : `${least} or later ${least.split('.')[0]}.x`
  })
  return `Evibase does not run on Node ${version}: install Node ${wanted.join(', or ')}, and run this again.`
}
