/** What came of an attempt; a thrown error is tried again. */
export type Result = { readonly kind: 'done' } | { readonly kind: 'postpone'; readonly seconds: number }
