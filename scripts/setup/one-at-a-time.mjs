import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'

/** @typedef {{ pid: number, started: string, host: string }} Owner */

/**
 * When a process started, in the kernel's own ticks: a process number alone may since have gone to another program.
 * Empty where the system doesn't tell.
 *
 * @param {number} pid
 */
function startOf(pid) {
  try {
    const status = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The program's name stands in brackets and may hold spaces; then come the state and, the twentieth, the start.
    const fields = status.slice(status.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' ? 'ended' : fields[19] || ''
  } catch (_) {
    return ''
  }
}

/** @param {Owner} owner */
function isAlive(owner) {
  if (owner.host !== hostname()) return true
  try {
    process.kill(owner.pid, 0)
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM'
  }
  return owner.started === startOf(owner.pid)
}

/** @param {string} lock */
function ownerOf(lock) {
  try {
    return readFileSync(join(lock, 'owner.json'), 'utf8')
  } catch (_) {
    return ''
  }
}

/**
 * Moves the lock away before it is deleted, so that nobody sees it half-deleted.
 *
 * @param {string} lock
 * @param {string} owner whose lock it must be
 */
function remove(lock, owner) {
  if (ownerOf(lock) !== owner) return
  const aside = `${lock}.${process.pid}.gone`
  try {
    renameSync(lock, aside)
  } catch (_) {
    return
  }
  // Between the look and the move another process may have taken it: give it back.
  if (ownerOf(aside) === owner) rmSync(aside, { recursive: true, force: true })
  else renameSync(aside, lock)
}

/**
 * A folder that already holds its owner's name is moved into place: the move fails where a filled folder lies.
 *
 * @param {string} lock
 * @param {string} owner
 */
function take(lock, owner) {
  const prepared = `${lock}.${process.pid}`
  mkdirSync(prepared, { recursive: true })
  writeFileSync(join(prepared, 'owner.json'), owner)
  try {
    renameSync(prepared, lock)
    return true
  } catch (error) {
    rmSync(prepared, { recursive: true, force: true })
    if (ownerOf(lock) === '' && /** @type {NodeJS.ErrnoException} */ (error).code === 'EACCES') throw error
    return false
  }
}

/**
 * Runs the work while no other process does the same in this folder; waits for one that does. The lock of a process
 * that has died counts for nothing.
 *
 * @template T
 * @param {string} lock the folder that stands for the lock
 * @param {(words: string) => void} announce
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function oneAtATime(lock, announce, work) {
  mkdirSync(dirname(lock), { recursive: true })
  const owner = JSON.stringify({ pid: process.pid, started: startOf(process.pid), host: hostname() })
  let told = false
  while (!take(lock, owner)) {
    const held = ownerOf(lock)
    if (held === '') continue
    const other = /** @type {Owner} */ (JSON.parse(held))
    if (!isAlive(other)) {
      remove(lock, held)
      continue
    }
    if (!told) announce(`Another set-up is at work here (process ${other.pid} on ${other.host}): waiting for it.`)
    told = true
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  const release = () => remove(lock, owner)
  process.once('exit', release)
  try {
    return await work()
  } finally {
    process.removeListener('exit', release)
    release()
  }
}
