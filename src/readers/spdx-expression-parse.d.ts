/** The package has no types of its own. */
declare module 'spdx-expression-parse' {
  /** Throws for what is no SPDX licence expression. */
  const parse: (expression: string) => unknown
  // biome-ignore lint/style/noDefaultExport: it is how the package exports it.
  export default parse
}
