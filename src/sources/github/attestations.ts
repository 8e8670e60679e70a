import type { ToldAttestations } from '../witness.ts'
import { type GitHub, isNotFound } from './client.ts'
import { mayNotSee, type Place } from './runs.ts'

const PAGE = 30
/** No content has honestly been attested more often than fits here. */
const MOST_PAGES = 3
/** A predicate of 16 MB is allowed; none that is understood comes near. */
const MAX_BUNDLE_BYTES = 2_000_000
/** The version of the API that gives bundles; later ones give addresses, which are not fetched. */
const VERSION = { 'x-github-api-version': '2022-11-28' }

/**
 * The bundles that GitHub keeps for a content, by its digest as `sha256:…`. Anybody who writes may have put them there:
 * they prove nothing before they are verified. docs.github.com, "List attestations".
 */
export async function attestationsOf(
  { rest }: Pick<GitHub, 'rest'>,
  { owner, repo }: Place,
  digest: string,
): Promise<ToldAttestations> {
  const about = { owner, repo, subject_digest: digest, per_page: PAGE, headers: VERSION }
  const bundles: unknown[] = []
  let left = 0
  let after: string | undefined
  try {
    for (let page = 1; ; page++) {
      const { data, headers } = await rest.repos.listAttestations({ ...about, ...(after && { after }) })
      for (const { bundle } of data.attestations ?? [])
        if (isWhole(bundle)) bundles.push(bundle)
        else left += 1
      after = nextIn(headers.link)
      if (after === undefined) return { kind: 'told', bundles, left }
      if (page === MOST_PAGES) return { kind: 'told', bundles, left: left + 1 }
    }
  } catch (error) {
    // Of what was never attested GitHub may say that it is not there.
    if (isNotFound(error)) return { kind: 'told', bundles: [], left: 0 }
    if (mayNotSee(error)) return { kind: 'hidden' }
    throw error
  }
}

function isWhole(bundle: unknown): boolean {
  return typeof bundle === 'object' && bundle !== null && JSON.stringify(bundle).length <= MAX_BUNDLE_BYTES
}

/** The cursor of the next page; the address that it stands in is not followed. */
function nextIn(link: string | undefined): string | undefined {
  const next = (link ?? '').split(',').find((one) => one.includes('rel="next"'))
  return /[?&]after=([^&>;]{1,500})/.exec(next ?? '')?.[1]
}
