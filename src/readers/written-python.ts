import { isFields } from './narrow.ts'

/**
 * The version of Python that an environment as people write it has, under `python` or `python_version`: `3.12`,
 * `Python 3.12.4` or `CPython-3.12`.
 */
export function pythonOf(environment: unknown): { readonly python?: string } {
  const named = Object.entries(isFields(environment) ? environment : {}).find(([key]) =>
    /^python(?:[ _-]?version)?$/i.test(key),
  )
  const text = typeof named?.[1] === 'string' ? named[1].trim() : ''
  const [, python] = /^(?:c?python)?[ =-]{0,3}v?(\d{1,2}(?:\.\d{1,3}){0,2})/i.exec(text) ?? []
  return python === undefined ? {} : { python }
}
