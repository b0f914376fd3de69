/** What an XML declaration says of its file's encoding. UTF-16 without a mark could not be read as far as that. */
export function declaredEncoding(beginning: string): string | undefined {
  if (beginning.startsWith('<\0?\0')) return 'utf-16le'
  if (beginning.startsWith('\0<\0?')) return 'utf-16be'
  const encoding = /^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)/.exec(beginning)?.[1]
  // Who declares UTF-16 in bytes that one can read so far has transcoded the file and left the declaration.
  return encoding?.toLowerCase().startsWith('utf-16') ? undefined : encoding
}
