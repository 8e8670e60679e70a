import { ACCESS_FIELDS, isTeam, type NamedAccess, type RecordedAccess } from '../core/access.ts'
import type { Fields } from './narrow.ts'

/** More names are counted, and not looked at. */
const MOST = 500

/**
 * Whom each field of an access-control record names: an entry that is `@login` or `@org/team`, or ends with one in
 * brackets as `Ada Quist (@ada)`, names that account or team; every other stands for whoever it may be.
 */
export function accessIn(said: Fields): RecordedAccess {
  return Object.fromEntries(
    ACCESS_FIELDS.flatMap((field) => {
      const value = said[field]
      return Array.isArray(value) && value.length > 0 ? [[field, namedIn(value)] as const] : []
    }),
  )
}

function namedIn(entries: readonly unknown[]): NamedAccess {
  const handles = entries.slice(0, MOST).flatMap((entry) => handleIn(entry) ?? [])
  return {
    accounts: [...new Set(handles.filter((handle) => !isTeam(handle)))],
    teams: [...new Set(handles.filter(isTeam))],
    others: entries.length - handles.length,
  }
}

/** GitHub's names know no case. docs.github.com, "Username considerations": those of managed users have an underscore. */
const HANDLE = /^@([a-z0-9][a-z0-9_-]{0,99}(?:\/[a-z0-9._-]{1,100})?)$/i

function handleIn(entry: unknown): string | undefined {
  if (typeof entry !== 'string') return undefined
  const text = entry.trim()
  const start = text.endsWith(')') ? text.lastIndexOf('(') : -1
  const handle = start === -1 ? text : text.slice(start + 1, -1).trim()
  return HANDLE.exec(handle)?.[1]?.toLowerCase()
}
