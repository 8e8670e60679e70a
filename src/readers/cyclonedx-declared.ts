import type { BomRecord } from '../core/bom.ts'
import { type Fields, fieldsAt, objectsAt, partOf } from './narrow.ts'

type Declared = Pick<BomRecord, 'evidence' | 'counterClaims' | 'unresolved'>

/**
 * What the declarations of CycloneDX 1.6 (CDXA) say of themselves: evidence that ends, claims against what is attested
 * to which no strategy answers, and references to nothing.
 */
export function declaredIn(bom: Fields): Declared {
  const declarations = { fields: fieldsAt(bom, 'declarations'), keys: ['declarations'] }
  const all = (key: string) => objectsAt(declarations, key).map(({ fields }) => fields)
  const [claims, evidence] = [all('claims'), all('evidence')]
  const [known, proofs] = [refsOf(claims), refsOf(evidence)]
  const maps = objectsAt(declarations, 'attestations').flatMap((one) =>
    objectsAt(one, 'map').map(({ fields }) => fields),
  )
  const isAnswered = (fields: Fields): boolean => {
    const answers = textsAt(fields, 'mitigationStrategies')
    return answers.length > 0 && answers.every((one) => proofs.has(one))
  }
  const counter = [
    ...maps
      .filter((map) => !isAnswered(fieldsAt(map, 'conformance')))
      .flatMap((map) => textsAt(map, 'counterClaims')),
    ...claims.filter((claim) => !isAnswered(claim)).flatMap((claim) => textsAt(claim, 'counterEvidence')),
  ]
  const missing = [
    ...maps
      .flatMap((map) => [...textsAt(map, 'claims'), ...textsAt(map, 'counterClaims')])
      .filter((one) => !known.has(one)),
    ...[
      ...claims.flatMap((claim) =>
        ['evidence', 'counterEvidence', 'mitigationStrategies'].flatMap((key) => textsAt(claim, key)),
      ),
      ...maps.flatMap((map) => textsAt(fieldsAt(map, 'conformance'), 'mitigationStrategies')),
    ].filter((one) => !proofs.has(one)),
  ]
  return {
    evidence: evidence.flatMap((fields) => {
      const expires = typeof fields.expires === 'string' ? Date.parse(fields.expires) : Number.NaN
      if (Number.isNaN(expires)) return []
      return [{ what: namedBy(fields), expires: new Date(expires).toISOString() }]
    }),
    counterClaims: [...new Set(counter)],
    unresolved: missing,
  }
}

function refsOf(all: readonly Fields[]): ReadonlySet<string> {
  return new Set(all.flatMap((fields) => (typeof fields['bom-ref'] === 'string' ? [fields['bom-ref']] : [])))
}

function namedBy(fields: Fields): string {
  const name = [fields['bom-ref'], fields.propertyName, fields.description].find(
    (one) => typeof one === 'string',
  )
  return typeof name === 'string' ? name.slice(0, 200) : 'evidence'
}

function textsAt(fields: Fields, key: string): readonly string[] {
  const list = partOf(fields, key)
  if (!Array.isArray(list)) return []
  return list.flatMap((one: unknown) => (typeof one === 'string' ? [one] : []))
}
