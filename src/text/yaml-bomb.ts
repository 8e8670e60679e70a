import { Lexer } from 'yaml'
import type { Fault } from '../core/problem.ts'
import { MAX_DEPTH } from './parsed.ts'

const MAX_LEXEMES = 1_000_000

/** Attacker-controlled size, seen before the parser builds it: a few megabytes of `[` or `,` exhaust its memory. */
export function bombIn(text: string): Fault | undefined {
  let lexemes = 0
  let brackets = 0
  let indicators = 0
  for (const lexeme of new Lexer().lex(text)) {
    lexemes += 1
    if (lexeme === '[' || lexeme === '{') brackets += 1
    else if (lexeme === ']' || lexeme === '}') brackets -= 1
    else if (lexeme === '-' || lexeme === '?' || lexeme === ':') indicators += 1
    else if (lexeme === '\n' || lexeme === '\r\n' || lexeme === ',') indicators = 0
    if (brackets + indicators > MAX_DEPTH) return { code: 'too_deep', limit: MAX_DEPTH }
    if (lexemes > MAX_LEXEMES) return { code: 'too_many', limit: MAX_LEXEMES }
  }
  return undefined
}
