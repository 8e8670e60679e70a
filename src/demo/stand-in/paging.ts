import { type Answer, json } from './http.ts'

/** The asked-for page of a list: 30 items where nothing is asked, at most 100. */
export function page<T>(path: string, items: readonly T[]): readonly T[] {
  const { size, number } = asked(path)
  return items.slice((number - 1) * size, number * size)
}

/** An answer with the Link header that leads to the other pages; of all items, `shown` gets those of this page. */
export async function paged<T>(
  url: string,
  path: string,
  items: readonly T[],
  shown: (items: readonly T[]) => Promise<unknown>,
): Promise<Answer> {
  const { size, number } = asked(path)
  const last = Math.max(1, Math.ceil(items.length / size))
  const link = linkHeader(url, path, {
    ...(number > 1 ? { prev: { page: number - 1 }, first: { page: 1 } } : {}),
    ...(number < last ? { next: { page: number + 1 }, last: { page: last } } : {}),
  })
  return { ...json(200, await shown(page(path, items))), headers: link }
}

/** A Link header by relation, each with what its address has in the query besides what was asked. */
export function linkHeader(
  url: string,
  path: string,
  relations: Readonly<Record<string, Readonly<Record<string, string | number>>>>,
): Readonly<Record<string, string>> {
  const links = Object.entries(relations).map(([relation, query]) => {
    const address = new URL(path, url)
    for (const name of ['before', 'after']) address.searchParams.delete(name)
    for (const [name, value] of Object.entries(query)) address.searchParams.set(name, `${value}`)
    return `<${address}>; rel="${relation}"`
  })
  return links.length === 0 ? {} : { link: links.join(', ') }
}

function asked(path: string): { readonly size: number; readonly number: number } {
  const query = new URL(path, 'http://github').searchParams
  return {
    size: Math.min(100, Math.max(1, Number(query.get('per_page') ?? 30))),
    number: Math.max(1, Number(query.get('page') ?? 1)),
  }
}
