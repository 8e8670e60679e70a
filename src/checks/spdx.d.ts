// Neither package has types of its own. Both throw for whatever they do not understand.
declare module 'spdx-expression-parse' {
  type Simple = { readonly license: string; readonly plus?: true; readonly exception?: string }
  type None = { readonly noassertion: true }
  type Joined = { readonly conjunction: 'and' | 'or'; readonly left: Parsed; readonly right: Parsed }
  type Parsed = Simple | None | Joined
  function parse(expression: string): Parsed
  export = parse
}

declare module 'spdx-satisfies' {
  function satisfies(expression: string, allowed: readonly string[]): boolean
  export = satisfies
}
