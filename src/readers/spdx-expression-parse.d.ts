/** The package has no types of its own. */
declare module 'spdx-expression-parse' {
  /** Throws for what is no SPDX licence expression. */
  function parse(expression: string): unknown
  export = parse
}
