import type { Contradiction } from '../../src/core/contradiction.ts'
import type { LineageLack, Unalike } from '../../src/core/lineage-answer.ts'

type Lacks = { readonly [W in LineageLack['what']]: Extract<LineageLack, { what: W }> }

/** A bill of materials that has another base. */
export function otherInBom(text: string): LineageLack {
  return { what: 'bom', path: text, base: text, of: 'version', found: text, declared: text }
}

/** One of each thing that may be wanting of a base, but numbers that are not alike, and what contradicts it. */
export function everyLack(text: string): readonly LineageLack[] {
  const allowed = { by: 'floor', allowed: [text] } as const
  const terms = { of: 'base', name: text, licence: text, model: text } as const
  const all: Omit<Lacks, 'unalike' | 'bom'> = {
    movable: { what: 'movable', base: text, revision: text },
    movable_snapshot: { what: 'movable_snapshot', base: text, snapshot: text },
    no_digest: { what: 'no_digest', base: text },
    no_list: { what: 'no_list', of: 'licences' },
    publisher: { what: 'publisher', base: text, publisher: text, ...allowed },
    no_licence: { what: 'no_licence', of: 'model', name: '' },
    unknown_licence: { what: 'unknown_licence', of: 'dataset', name: text, licence: text },
    licence: { what: 'licence', base: text, licence: text, ...allowed, by: 'criterion' },
    conflict: { what: 'conflict', ...terms, restriction: 'non-commercial' },
    unclear: { what: 'unclear', ...terms },
    no_card: { what: 'no_card', base: text, unreadable: text },
    card: { what: 'card', base: text, path: text, lacking: [{ title: text, why: 'empty' }] },
    nothing_measured: { what: 'nothing_measured', of: 'inherited' },
    worse: {
      ...{ what: 'worse', base: text, metric: text, across: [text] },
      ...{ before: 0.1, after: 0.3, limit: 0.05 },
    },
  }
  return Object.values(all)
}

/** Numbers of candidate and base that are not alike, in every way. */
export function everyUnalike(text: string): readonly LineageLack[] {
  const ways: { readonly [W in Unalike]: true } = {
    ...{ no_base: true, no_candidate: true, several_base: true, several_candidate: true, which_base: true },
    ...{
      other_data: true,
      no_data: true,
      other_unit: true,
      weak: true,
      time: true,
      exam: true,
      no_groups: true,
    },
  }
  const all = Object.keys(ways) as Unalike[] // the type above has every key and no other
  return all.map((why) => ({ what: 'unalike', base: text, metric: text, labels: { [text]: text }, why }))
}

/** One contradiction of each code. */
export function everyContradiction(text: string): {
  readonly [C in Contradiction['code']]: Extract<Contradiction, { code: C }>
} {
  return {
    other_base: { code: 'other_base', found: text, declared: [text] },
    other_base_revision: { code: 'other_base_revision', base: text, found: text, declared: text },
    base_not_declared: { code: 'base_not_declared', found: text },
    other_relation: { code: 'other_relation', found: 'adapter', declared: 'merge' },
    data_not_declared: { code: 'data_not_declared', found: text },
    trained_on_exam: { code: 'trained_on_exam', found: text, name: text, role: 'test' },
    other_licence: { code: 'other_licence', of: text, found: text, declared: text },
    other_data_licence: { code: 'other_data_licence', data: text, found: text, declared: text },
    data_licence_unclear: { code: 'data_licence_unclear', data: text, found: text, declared: text },
    trait_missing: {
      ...{ code: 'trait_missing', trait: 'personal-data' },
      shown: { kind: 'groups', labels: [text] },
    },
    approach_contradicts: { code: 'approach_contradicts', approach: 'build', released: 'service' },
    training_contradicts: {
      code: 'training_contradicts',
      fact: { what: 'run_differs', path: text, found: text, wanted: text, against: text },
    },
    began_before_start: {
      ...{ code: 'began_before_start', found: text, began: text, clock: 'run', name: text },
    },
  }
}
