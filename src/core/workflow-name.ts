/** Whether two workflows, `owner/name/path`, are one: GitHub's names of owners and repositories know no case, paths do. */
export function sameWorkflow(one: string, other: string): boolean {
  const [names, path] = split(one)
  const [otherNames, otherPath] = split(other)
  return names.toLowerCase() === otherNames.toLowerCase() && path === otherPath
}

function split(workflow: string): readonly [names: string, path: string] {
  const [owner = '', repo = '', ...path] = workflow.split('/')
  return [`${owner}/${repo}`, path.join('/')]
}
