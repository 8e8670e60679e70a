/** Where a fact stands in a repository. Lines and columns are 1-based. */
export type Place = {
  readonly path: string
  readonly line?: number
  readonly column?: number
}
