/** The words of GitHub's addresses; whatever else stands in one is somebody's name for something. */
const WORDS = new Set(
  (
    'repos git ref refs heads tags blobs trees commits compare contents check-runs check-suites annotations pulls ' +
    'files reviews app apps installations installation access_tokens hook deliveries attempts actions runs ' +
    'artifacts branches rules releases deployments statuses status orgs users collaborators permission graphql ' +
    'repositories api v3'
  ).split(' '),
)

/** The shape of an address of GitHub's API: `/repos/{}/{}/git/blobs/{}`, without its query. */
export function pathTemplate(url: string): string {
  const { pathname } = new URL(url)
  return pathname
    .split('/')
    .map((part, index) => (index === 0 || WORDS.has(part) ? part : '{}'))
    .join('/')
}
