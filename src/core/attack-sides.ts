/** What a model does against an attack, where its name can mean nothing else: the more the better. */
const OF_MODEL =
  'pass(?:e[sd]|ing)?(?![a-z]|_through|_by)|resist|held(?!_?out)|holds?(?![a-z]|_out)|block|refus|defen[cs]|defend|' +
  'safe(?:ly)?(?![a-z])|mitigat|withst|reject|denied|deny|prevent|stopped'
/** What an attacker gets, or does to a model, whatever his attack is. */
const OF_ATTACKER =
  'bypass|evad|fool|violat|disclos|extracted|stolen|leaked|expos|exfiltrat|copied|recovered|reconstruct|' +
  'compromis|breach|circumvent|defeat|hijacked|jailbroken|tricked|misled|harmful|flip|attacks?_succe|' +
  'attacks?_agree'
/** And what he gets only where the attack takes something: elsewhere a success, or a hit, may be the model's. */
const TAKEN = 'succe|agree|fidelity|similar|overlap|hits?(?![a-z])|wins?(?![a-z])|won(?![a-z])'
/** Not there: the other one's. */
const NOT = '(?!undefen)(?:not|non|no|never|un|without|fail(?:ed|s|ing)?_to|missed)_?'
/** Of words that aren't outcomes only the denial tells: what is not found out, or not kept. */
const KEPT = 'detect|protect|caught|filter|complian|guard'

/** A name's first part is what it is a number of: `success_rate_of_blocked_ones`. */
const PARTS =
  /_(?:of|on|over|against|for|by|at|in|under|with|from|per|when|rate|rates|share|fraction|score|accuracy)(?=_)/

/** What was held off stands behind: blocked bypasses. */
const HELD_OFF =
  /((?:^|_)(?:blocked|prevented|stopped|denied|rejected|refused|mitigated))_(?!not_)[a-z]*(?:s|e|h)(?=_|$)/g

const BY_TAKING = sides(`${OF_ATTACKER}|${TAKEN}`)
const BY_ANY = sides(OF_ATTACKER)

function sides(ofAttacker: string): RegExp {
  return new RegExp(
    `(?:^|_)(?:(?:${NOT})(?:${KEPT})|(?<not>${NOT})?(?:(?<model>${OF_MODEL})|${ofAttacker}))[a-z]*(?<after>_not(?![a-z]))?`,
    'g',
  )
}

/**
 * Whose a number is by the words of its name, small and parted by `_`: who has more of it fares better. The last word of
 * the first part that has any decides, so that a bypass of refusals is the attacker's, and a blocked bypass the model's.
 */
export function sideOf(words: string, isTaking: boolean): 'model' | 'attacker' | undefined {
  for (const part of words.replaceAll(HELD_OFF, '$1').split(PARTS)) {
    const last = [...part.matchAll(isTaking ? BY_TAKING : BY_ANY)].at(-1)?.groups
    if (last === undefined) continue
    const { not, model, after } = last
    const isDenied = (not !== undefined) !== (after !== undefined)
    return (model !== undefined) !== isDenied ? 'model' : 'attacker'
  }
  return undefined
}
