/** What the commit of the training had where a release has its parameter files and locks. */
export type AtTraining =
  | {
      readonly kind: 'seen'
      readonly commit: string
      /** One for each path that was looked at; without a blob id no file was there. */
      readonly files: readonly { readonly path: string; readonly sha?: string }[]
    }
  /** It is a commit of another repository, or none that is known here. */
  | { readonly kind: 'elsewhere' | 'not_found'; readonly commit: string }
