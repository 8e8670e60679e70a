/** The addresses that GitHub gives with every account, whether it is a person, a bot or an organisation. */
export function accountLinks(url: string, login: string): Readonly<Record<string, string>> {
  const name = encodeURIComponent(login)
  const api = `${url}/users/${name}`
  return {
    avatar_url: `${url}/avatars/u/${name}`,
    gravatar_id: '',
    url: api,
    html_url: `${url}/${name}`,
    followers_url: `${api}/followers`,
    following_url: `${api}/following{/other_user}`,
    gists_url: `${api}/gists{/gist_id}`,
    starred_url: `${api}/starred{/owner}{/repo}`,
    subscriptions_url: `${api}/subscriptions`,
    organizations_url: `${api}/orgs`,
    repos_url: `${api}/repos`,
    events_url: `${api}/events{/privacy}`,
    received_events_url: `${api}/received_events`,
  }
}
