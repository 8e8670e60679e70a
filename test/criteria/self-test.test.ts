import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { answer } from '../../src/checks/index.ts'
import type { Answer } from '../../src/core/answer.ts'
import type { Counter } from '../../src/core/note.ts'
import { WRITTEN, WRITTEN_KINDS } from '../../src/core/records/kinds.ts'
import { madeFor } from '../../src/criteria/counter-evidence.ts'
import type { Criteria } from '../../src/criteria/criteria.ts'
import { selfTest } from '../../src/criteria/self-test.ts'
import { criteriaText, parsedCriteria } from '../support/facts.ts'

const EXAM = `datasets: { holdout: { digest: { sha256: ${'9c1f'.repeat(16)} }, rows: 2000 } }\n`

function criteriaOf(lines: readonly string[], head = 'risk: low\napproach: build', exams = ''): Criteria {
  const { criteria, problems } = parsedCriteria(`${criteriaText(lines, head)}${exams}`)
  if (criteria === undefined) throw new Error(JSON.stringify(problems))
  return criteria
}

const metric = (keys: string) => `{ id: m, control: performance, check: metric, ${keys} }`
const CARD =
  '{ id: d, control: documentation, check: document, document: model-card, sections: [Use, Limits] }'
const RECORD =
  '{ id: r, control: reproducibility, check: record, record: training, fields: [data, seeds], max_age: 30 days }'

const VENDOR =
  '{ id: v, control: vendor-risk-assessment, check: record, record: vendor-risk-assessment, max_age: 90 days }'
const CERTIFICATE = '{ id: c, control: vendor-risk-assessment, check: record, record: certificate }'
const OVERSIGHT = '{ id: o, control: human-oversight, check: record, record: human-oversight }'
const CAIQ = '{ id: c, control: vendor-monitoring, check: record, record: caiq }'
const BOM = '{ id: b, control: supply-chain, check: record, record: bom }'
const OSCAL = '{ id: x, control: access-control, check: record, record: oscal, controls: [ac-6.1, ac-2] }'
const EVERY_RECORD: readonly (readonly [string, string])[] = WRITTEN_KINDS.map(
  (kind) =>
    [
      `a ${kind} record`,
      `{ id: w, control: ${WRITTEN[kind].controls[0]}, check: record, record: ${kind} }`,
    ] as const,
)

const INDEX =
  '{ id: x4, control: documentation, check: record, record: annex-iv, fields: [2g_testing, 5_risks] }'
const REPORT = '{ id: tr, control: documentation, check: record, record: test-report, covers: evidence }'

const APPROVAL =
  '{ id: a, control: human-oversight, check: approval, teams: [model-risk], people: [mona], count: 2 }'

const ATTESTED =
  '{ id: p, control: open-source-provenance, check: attestation, predicate: provenance, max_age: 30 days }'
const HOSTED =
  '{ id: p, control: environment-isolation, check: attestation, predicate: provenance, builder: b, runner: github-hosted }'
const [DIGEST, ANOTHER] = [`sha256:${'ab'.repeat(32)}`, `sha256:${'cd'.repeat(32)}`]
const VERIFIED = `{ id: v, control: supply-chain, check: attestation, predicate: vsa, verifier: v, resource: "https://r.example", level: SLSA_BUILD_LEVEL_2, policy: "${DIGEST}" }`
const PROPERTY =
  '{ id: y, control: supply-chain, check: attestation, predicate: svr, verifier: v, level: REVIEWED }'
const TESTED = `{ id: t, control: secure-development, check: attestation, predicate: test-result, tests: [a, b], configuration: ["${DIGEST}", "${ANOTHER}"] }`
const SUITE =
  '{ id: s, control: robustness, check: suite, suite: stress, tests: ["noise*", blur], at_least: 0.9 }'

const LINEAGE =
  '{ id: l, control: base-model-provenance, check: lineage, of: [pinned, publisher, licence, card, evaluated, inherited], publishers: [acme], licences: [cc-by-nd-4.0, llama3.1], sections: [Use, Limits], at_most_worse: 0.02 }'
const ISOLATED =
  '{ id: w, control: environment-isolation, check: record, record: environment-isolation, observed: true }'
const SCAN =
  '{ id: c, control: supply-chain, check: scan, tool: modelscan, version_at_least: 0.8.5, max_age: 90 days, formats: [pickle] }'
const NAMES_SCAN = '{ id: c, control: supply-chain, check: scan, tool: modelscan }'
const OWN_SCAN = '{ id: c, control: supply-chain, check: scan, tool: gonogo }'
const INTEGRITY =
  '{ id: i, control: data-integrity, check: integrity, of: [data, parameters, environment, code], strong: true, hashed: true }'

/** For each kind of counter-evidence a criterion that must refuse it, and the answer without which it would not. */
const WEAKENED: { readonly [C in Counter]: readonly [criteria: Criteria, ...codes: Answer['code'][]] } = {
  beyond_bound: [criteriaOf([metric('metric: accuracy, at_least: 0.9')]), 'beyond_bound'],
  missing: [criteriaOf([metric('metric: accuracy, at_least: 0.9')]), 'no_measurement'],
  not_a_number: [criteriaOf([metric('metric: accuracy, at_least: 0.9')]), 'not_a_number'],
  too_few_samples: [
    criteriaOf([metric('metric: accuracy, at_least: 0.9, min_samples: 100')]),
    'too_few_samples',
  ],
  samples_unknown: [
    criteriaOf([metric('metric: accuracy, at_least: 0.9, min_samples: 100')]),
    'samples_unknown',
  ],
  no_spread: [criteriaOf([metric('metric: f1, at_least: 0.9, confidence: 0.95')]), 'nothing_shown'],
  ambiguous: [criteriaOf([metric('metric: accuracy, at_least: 0.9')]), 'ambiguous'],
  other_dataset: [criteriaOf([metric('metric: accuracy, at_least: 0.9, dataset: x')]), 'no_measurement'],
  other_data: [
    criteriaOf([metric('metric: accuracy, at_least: 0.9, dataset: holdout')], undefined, EXAM),
    'exam_differs',
  ],
  trained_on: [
    criteriaOf([metric('metric: accuracy, at_least: 0.9, dataset: holdout')], undefined, EXAM),
    'exam_in_training',
  ],
  other_model: [
    criteriaOf([metric('metric: accuracy, at_least: 0.9'), RECORD]),
    'other_model',
    'record_of_other_work',
    'record_of_other_model',
  ],
  weaker_trust: [
    criteriaOf([metric('metric: accuracy, at_least: 0.9')], 'risk: high\napproach: build'),
    'trust_too_low',
  ],
  placeholder: [criteriaOf([CARD]), 'sections_lacking'],
  empty: [criteriaOf([CARD]), 'sections_lacking'],
  expired: [criteriaOf([RECORD]), 'record_expired', 'record_ran_out'],
  in_future: [criteriaOf([RECORD]), 'record_in_future'],
  dismissed: [criteriaOf([APPROVAL]), 'too_few_approvals'],
  own_work: [criteriaOf([APPROVAL]), 'too_few_approvals'],
  other_release: [criteriaOf([APPROVAL]), 'too_few_approvals'],
  no_right: [criteriaOf([APPROVAL]), 'too_few_approvals'],
  makers_unknown: [criteriaOf([APPROVAL]), 'makers_unknown'],
  test_failed: [criteriaOf([SUITE]), 'suite_failed'],
  test_broken: [criteriaOf([SUITE]), 'suite_open'],
  test_skipped: [criteriaOf([SUITE]), 'suite_open'],
  test_known_to_fail: [criteriaOf([SUITE]), 'suite_failed'],
  test_unexpected: [criteriaOf([SUITE]), 'suite_open'],
  test_flaky: [criteriaOf([SUITE]), 'suite_open'],
  test_missing: [criteriaOf([SUITE]), 'tests_missing'],
  other_suite: [criteriaOf([SUITE]), 'no_suite'],
  unowned: [criteriaOf([VENDOR]), 'record_unowned'],
  bare: [criteriaOf([VENDOR]), 'record_lacks'],
  rejected: [criteriaOf([VENDOR]), 'record_rejected'],
  unfinished: [criteriaOf([VENDOR]), 'record_unfinished'],
  shared: [criteriaOf([INDEX]), 'index_open'],
  unshown: [criteriaOf([OVERSIGHT]), 'record_unshown'],
  unconditional: [criteriaOf([CERTIFICATE]), 'record_wants_conditions'],
  overdue: [criteriaOf([VENDOR]), 'record_condition_overdue'],
  speaks_against: [criteriaOf([OVERSIGHT]), 'record_fails', 'record_ends_otherwise'],
  same_party: [criteriaOf([VENDOR]), 'record_not_apart'],
  no_finding: [criteriaOf([OSCAL]), 'oscal_unknown'],
  unasked: [criteriaOf([CAIQ]), 'caiq_in_part'],
  unexplained: [criteriaOf([CAIQ]), 'caiq_open'],
  base_left_out: [criteriaOf([BOM]), 'bom_open'],
  unlicensed: [criteriaOf([BOM]), 'bom_open', 'bom_wrong'],
  leads_nowhere: [criteriaOf([BOM]), 'bom_wrong'],
  movable: [criteriaOf([LINEAGE]), 'lineage_lacks'],
  not_allowed: [criteriaOf([LINEAGE]), 'lineage_lacks'],
  unsigned: [criteriaOf([ATTESTED]), 'attestation_claimed'],
  bad_signature: [criteriaOf([ATTESTED]), 'attestation_wrong'],
  other_subject: [criteriaOf([ATTESTED]), 'attestation_lacking'],
  other_signer: [criteriaOf([ATTESTED]), 'attestation_untrusted'],
  attests_other: [criteriaOf([HOSTED, VERIFIED, PROPERTY, TESTED]), 'attestation_lacking'],
  seen_otherwise: [criteriaOf([ISOLATED]), 'record_observed_otherwise'],
  unseen: [criteriaOf([ISOLATED]), 'record_not_observed'],
  nothing_scanned: [criteriaOf([SCAN, OWN_SCAN]), 'scan_incomplete', 'nothing_to_scan'],
  file_left_out: [criteriaOf([SCAN, OWN_SCAN]), 'scan_incomplete'],
  file_skipped: [criteriaOf([SCAN, OWN_SCAN]), 'scan_incomplete'],
  only_named: [criteriaOf([NAMES_SCAN]), 'scan_incomplete'],
  issue_found: [criteriaOf([SCAN, OWN_SCAN]), 'scan_found', 'scan_incomplete'],
  no_proof: [criteriaOf([SCAN]), 'scan_incomplete'],
  older_version: [criteriaOf([SCAN]), 'scan_incomplete'],
  other_format: [criteriaOf([SCAN]), 'format_refused'],
  digest_differs: [criteriaOf([INTEGRITY]), 'integrity_broken'],
  digest_unconfirmed: [criteriaOf([INTEGRITY]), 'integrity_open'],
  digest_weak: [criteriaOf([INTEGRITY]), 'integrity_open'],
  changed_after_training: [criteriaOf([INTEGRITY]), 'integrity_broken'],
  parameter_differs: [criteriaOf([INTEGRITY]), 'integrity_broken'],
  seed_missing: [criteriaOf([INTEGRITY]), 'integrity_broken'],
  package_loose: [criteriaOf([INTEGRITY]), 'integrity_broken'],
  package_unhashed: [criteriaOf([INTEGRITY]), 'integrity_broken'],
  other_commit: [criteriaOf([INTEGRITY]), 'integrity_broken'],
}

const MET: Answer = {
  code: 'record_holds',
  outcome: 'met',
  record: 'training',
  path: 'a',
  date: '2026-01-01',
}

describe('counter-evidence', () => {
  test.each(Object.entries(WEAKENED))('%s: the gate refuses it', (kind, [criteria]) => {
    const { faults, tried } = selfTest(criteria)
    const kinds = criteria.criteria.flatMap((one) =>
      (madeFor(one, criteria)?.counter ?? []).map((counter) => counter.kind),
    )

    expect(faults).toEqual([])
    expect(tried).toBe(kinds.length)
    expect(kinds).toContain(kind)
  })

  test.each(Object.entries(WEAKENED))(
    '%s: a gate that took it is found out',
    (kind, [criteria, ...codes]) => {
      const weak: typeof answer = (criterion, context) => {
        const answered = answer(criterion, context)
        return codes.includes(answered.code) ? MET : answered
      }

      expect(selfTest(criteria, weak).faults).toContainEqual(
        expect.objectContaining({ code: 'not_refused', counter: kind }),
      )
    },
  )

  test.each([
    '{ id: a, control: documentation, check: document, document: card, sections: [Use], trust: signed }',
    '{ id: a, control: reproducibility, check: record, record: training, trust: produced }',
    '{ id: a, control: human-oversight, check: record, record: human-oversight, trust: signed }',
    '{ id: a, control: documentation, check: record, record: annex-iv, trust: signed }',
    '{ id: a, control: documentation, check: record, record: test-report, trust: signed }',
    '{ id: a, control: vendor-risk-assessment, check: record, record: caiq, trust: signed }',
    '{ id: a, control: supply-chain, check: record, record: bom, trust: produced }',
    '{ id: a, control: reproducibility, check: integrity, of: [parameters, environment, code], trust: produced }',
    '{ id: a, control: data-integrity, check: integrity, of: [data], trust: produced }',
  ])('%s: a file of less trust is refused, and its being taken found out', (criterion) => {
    const criteria = criteriaOf([criterion])
    const weak: typeof answer = (one, context) => {
      const answered = answer(one, context)
      return answered.code === 'source_too_weak' ? MET : answered
    }

    expect(selfTest(criteria).faults).toEqual([])
    expect(selfTest(criteria, weak).faults).toEqual([
      { code: 'not_refused', criterion: 'a', counter: 'weaker_trust' },
    ])
  })

  test.each<readonly [string, string]>([
    ...(['builder', 'runner'] as const).map((key) => [key, HOSTED] as const),
    ...(['verifier', 'resource', 'level', 'policy'] as const).map((key) => [key, VERIFIED] as const),
    ...(['tests', 'configuration'] as const).map((key) => [key, TESTED] as const),
    ['level', PROPERTY],
  ])(
    '%s of an attestation: what attests something else is refused, and its being taken found out',
    (key, line) => {
      const criteria = criteriaOf([line])
      const weak: typeof answer = (criterion, context) =>
        answer(criterion.check === 'attestation' ? { ...criterion, [key]: undefined } : criterion, context)

      expect(selfTest(criteria).faults).toEqual([])
      expect(selfTest(criteria, weak).faults).toContainEqual(
        expect.objectContaining({ code: 'not_refused', counter: 'attests_other' }),
      )
    },
  )

  test('a group that only evidence of another model has is refused, and its being taken found out', () => {
    const criteria = criteriaOf([
      '{ id: g, control: fairness, check: disparity, metric: recall, across: [sex], as: ratio, at_least: 0.8 }',
    ])
    const weak: typeof answer = (criterion, context) => {
      const answered = answer(criterion, context)
      return answered.code === 'other_model' ? MET : answered
    }

    expect(selfTest(criteria).faults).toEqual([])
    expect(selfTest(criteria, weak).faults).toEqual([
      expect.objectContaining({ code: 'not_refused', counter: 'other_model' }),
    ])
  })

  test('a gate that takes everything is found out for every kind', () => {
    const all = criteriaOf(
      [
        metric('metric: accuracy, at_least: 0.9, dataset: holdout, min_samples: 100, confidence: 0.95'),
        metric('metric: f1, between: [0.5, 0.9], confidence: 0.9').replace('id: m', 'id: n'),
        CARD,
        RECORD,
        APPROVAL,
        SUITE,
        ...[VENDOR, INDEX, CERTIFICATE, OVERSIGHT, CAIQ, OSCAL, BOM],
        LINEAGE,
        ATTESTED,
        HOSTED,
        SCAN,
        ISOLATED,
        INTEGRITY,
      ],
      'risk: high\napproach: build',
      EXAM,
    )
    // Where no run need have produced them, what only names files is tried too.
    const found = [all, criteriaOf([NAMES_SCAN])].flatMap((criteria) =>
      selfTest(criteria, () => MET).faults.flatMap((fault) =>
        fault.code === 'not_refused' ? [fault.counter] : [],
      ),
    )

    expect(new Set(found)).toEqual(new Set(Object.keys(WEAKENED)))
  })

  test('a gate that takes nothing is found out too', () => {
    const never: Answer = { code: 'no_record', outcome: 'undecided', record: 'everything' }
    const { faults } = selfTest(criteriaOf([metric('metric: accuracy, at_least: 0.9')]), () => never)

    expect(faults).toEqual([{ code: 'cannot_be_met', criterion: 'm' }])
  })

  test('more approvals than there are people to give them can’t be', () => {
    const { faults } = selfTest(criteriaOf([APPROVAL.replace('teams: [model-risk], ', '')]))

    expect(faults).toEqual([{ code: 'cannot_be_met', criterion: 'a' }])
  })

  test('of a between each end is tried, of an equals both sides', () => {
    const kinds = (bound: string) => {
      const criteria = criteriaOf([metric(`metric: f1, ${bound}`)])
      return criteria.criteria.flatMap((one) =>
        (madeFor(one, criteria)?.counter ?? []).filter(({ kind }) => kind === 'beyond_bound'),
      )
    }

    expect(kinds('between: [0.1, 0.9]')).toHaveLength(2)
    expect(kinds('between: [0, 0.9]')).toHaveLength(1)
    expect(kinds('equals: 0.5')).toHaveLength(2)
    expect(kinds('equals: 1')).toHaveLength(1)
  })

  test('whatever a metric criterion asks, what holds it is taken and nothing else', () => {
    const bound = fc.oneof(
      fc.integer({ min: 1, max: 99 }).map((n) => `at_least: 0.${String(n).padStart(2, '0')}`),
      fc.integer({ min: 1, max: 99 }).map((n) => `at_most: 0.${String(n).padStart(2, '0')}`),
      fc.integer({ min: 10, max: 98 }).map((n) => `at_most: ${n}, unit: percent`),
      fc.constantFrom('between: [0.2, 0.80001]', 'between: [0, 0.5]', 'at_least: 0.0000001', 'at_most: 1e-6'),
    )
    const extras = fc.subarray([
      'min_samples: 7',
      'dataset: holdout',
      'confidence: 0.95',
      'for_each: class, count: 3',
    ])
    fc.assert(
      fc.property(
        fc.constantFrom('accuracy', 'recall', 'f1', 'roc_auc', 'attack_success_rate'),
        bound,
        extras,
        fc.constantFrom('low', 'high'),
        (name, asked, more, risk) => {
          const line = metric([`metric: ${name}`, asked, ...more].join(', '))
          const criteria = criteriaOf(
            [line],
            `risk: ${risk}\napproach: build`,
            more.includes('dataset: holdout') ? EXAM : '',
          )

          expect(selfTest(criteria).faults).toEqual([])
        },
      ),
      { seed: 20260301, numRuns: 300 },
    )
  })

  test.each<readonly [string, string]>([
    ['a metric that nobody knows', metric('metric: my_score, at_least: 7')],
    ['with a negative bound', metric('metric: calibration_slope, between: [-1, 1.1]')],
    ['a bound of 0', metric('metric: mcc, at_least: 0')],
    ['a great bound', metric('metric: perplexity, at_most: 1e30')],
    ['read from one file', metric('metric: f1, at_least: 0.5, where: { file: a.json, format: metrics }')],
    ['each file', metric('metric: f1, at_least: 0.5, for_each: file, of: [a.json, b.json]')],
    ['thousands of members', metric('metric: f1, at_least: 0.5, for_each: task, count: 1000000000')],
    ['one sample at least', metric('metric: f1, at_least: 0.5, min_samples: 1')],
    ['a heading in two spellings', CARD.replace('[Use, Limits]', '[Use, limits, "2. Limits"]')],
    ['all of a dataset card by its name', CARD.replace('[Use, Limits]', 'dataset-card')],
    ['all of the instructions for use', CARD.replace('[Use, Limits]', 'instructions-for-use')],
    ['a base whose card has all headings', LINEAGE.replace('[Use, Limits]', 'model-card')],
    ['a record without fields', '{ id: r, control: reproducibility, check: record, record: training }'],
    ...EVERY_RECORD,
    ['an index of which some must be answered', INDEX],
    ['reports that cover the evidence', REPORT],
    ['answers to the CAIQ', CAIQ],
    ['assessment results', OSCAL],
    ['a bill of materials', BOM],
    ['another writer', APPROVAL.replace(', from: [model-risk], people: [mona], count: 2', '')],
    ['a person by name', APPROVAL.replace('teams: [model-risk], ', '').replace(', count: 2', '')],
    ['all of a suite', '{ id: s, control: robustness, check: suite }'],
    ['every test by a pattern', SUITE.replace('"noise*", blur', '"*", "a*", ax, "*x*"')],
    ['a small share', SUITE.replace('0.9', '0.001')],
    ['a share alone', SUITE.replace('tests: ["noise*", blur], at_least: 0.9', 'at_least: 1')],
    [
      'a suite of one file',
      '{ id: s, control: robustness, check: suite, where: { file: a.xml, format: junit } }',
    ],
    ['a mean of tasks', metric('metric: accuracy, at_least: 0.9, for_each: task, count: 9, combine: mean')],
    [
      'a mean of runs',
      metric('metric: latency, at_most: 250, for_each: run, of: [a, b, c], combine: mean, confidence: 0.99'),
    ],
    [
      'a mean of seeds',
      metric(
        'metric: accuracy, between: [0.2, 0.8], for_each: seed, count: 5, combine: mean, confidence: 0.95, min_samples: 9',
      ),
    ],
    ['a job on a runner of GitHub', HOSTED],
    ['a verdict by a policy', VERIFIED],
    ['a property', PROPERTY],
    ['tests that were set up so', TESTED],
    ['a scan by anybody', '{ id: s, control: supply-chain, check: scan }'],
    ['a scan of safetensors', '{ id: s, control: supply-chain, check: scan, formats: [safetensors] }'],
    [
      'a scan that lets things pass',
      '{ id: s, control: supply-chain, check: scan, severity: critical, suppressed: accepted }',
    ],
    ['a scan that only names files', '{ id: s, control: supply-chain, check: scan, named: accepted }'],
    ['gonogo as the scanner', '{ id: s, control: supply-chain, check: scan, tool: gonogo, formats: [onnx] }'],
  ])('%s', (_, line) => {
    expect(selfTest(criteriaOf([line])).faults).toEqual([])
  })
})

describe('gaps between groups', () => {
  const gap = (keys: string) =>
    `{ id: m, control: fairness, check: disparity, metric: selection_rate, ${keys} }`
  const GROUPS = `datasets: { holdout: { digest: { sha256: ${'9c1f'.repeat(16)} }, groups: { sex: [F, M], race: [A, B, C] }, positive: 1, favourable: 0 } }\n`

  test.each([
    'across: [sex], as: ratio, at_least: 0.8',
    'across: [sex], as: ratio, at_least: 0.001',
    'across: [sex, race], as: difference, at_most: 0.05, confidence: 0.95',
    'across: [sex], as: difference, at_most: 0.95, confidence: 0.95, min_samples: 100',
    'across: [[sex, race]], as: ratio, at_least: 0.8, dataset: holdout, min_samples: 50',
    'across: [sex], groups: [A, B, C], as: ratio, at_least: 0.8',
    'across: [sex], reference: F, as: ratio, between: [0.8, 1.25], dataset: holdout, confidence: 0.9',
    'across: [sex], reference: F, as: difference, at_least: -0.9',
  ])('%s can be met, and refuses every kind of counter-evidence', (keys) => {
    const { tried, faults } = selfTest(criteriaOf([gap(keys)], undefined, GROUPS))

    expect(faults).toEqual([])
    expect(tried).toBeGreaterThan(3)
  })

  const SIZES = `datasets: { holdout: { digest: { sha256: ${'9c1f'.repeat(16)} }, groups: { race: { A: 5200, B: 3000000, C: 40 } } } }\n`

  test('of a group whose size is pinned one that has a row less is refused', () => {
    const keys = 'across: [race], as: ratio, at_least: 0.8, dataset: holdout'
    const criteria = criteriaOf([gap(keys)], undefined, SIZES)
    const unsized: typeof answer = (criterion, context) => {
      const pinned = new Map([...context.exams.pinned].map(([name, { sizes: _, ...pin }]) => [name, pin]))
      return answer(criterion, { ...context, exams: { ...context.exams, pinned } })
    }

    expect(selfTest(criteria).faults).toEqual([])
    expect(selfTest(criteria, unsized).faults).toEqual([
      { code: 'not_refused', criterion: 'm', counter: 'samples_unknown' },
      { code: 'not_refused', criterion: 'm', counter: 'too_few_samples' },
    ])
  })

  test.each(['as: ratio, at_least: 0', 'as: difference, at_most: 1'])('%s can not fail', (keys) => {
    const text = criteriaText([gap(`across: [sex], ${keys}`)], 'risk: low\napproach: build')

    expect(parsedCriteria(text).problems).toMatchObject([{ code: 'cannot_fail', criterion: 'm' }])
  })

  test('a gate that no longer sees a missing group is found out', () => {
    const criteria = criteriaOf(
      [gap('across: [sex], as: ratio, at_least: 0.8, dataset: holdout')],
      undefined,
      GROUPS,
    )
    const blind: typeof answer = (criterion, context) => {
      const found = answer(criterion, context)
      return found.code === 'groups_missing' || found.code === 'no_groups'
        ? { code: 'no_record', outcome: 'met' as 'undecided', record: 'a weakened gate' } // a fault made on purpose
        : found
    }

    expect(selfTest(criteria, blind).faults).toContainEqual({
      ...{ code: 'not_refused', criterion: 'm', counter: 'missing' },
    })
  })
})

describe('indexes and reports', () => {
  test.each<readonly [string, Answer['code'], Counter]>([
    [INDEX, 'index_open', 'placeholder'],
    [INDEX, 'index_open', 'missing'],
    [INDEX, 'index_open', 'empty'],
    [INDEX, 'index_empty', 'unexplained'],
    [REPORT, 'report_differs', 'other_release'],
    [REPORT, 'report_differs', 'missing'],
    [REPORT, 'report_uncovered', 'missing'],
    [REPORT, 'record_in_future', 'in_future'],
  ])('of %s a gate without %s is found out', (text, code, counter) => {
    const blind: typeof answer = (criterion, context) => {
      const found = answer(criterion, context)
      return found.code === code
        ? { code: 'no_record', outcome: 'met' as 'undecided', record: 'a weakened gate' } // a fault made on purpose
        : found
    }

    expect(selfTest(criteriaOf([text]), blind).faults).toContainEqual(
      expect.objectContaining({ code: 'not_refused', counter }),
    )
  })
})

describe('differences to a baseline', () => {
  test.each([
    'metric: accuracy, baseline: released, at_least: -0.005',
    'metric: accuracy, baseline: released, at_least: -0.005, first: 0.8, confidence: 0.95',
    'metric: accuracy, baseline: base, at_least: 0.01, dataset: holdout',
    'metric: latency, unit: ms, baseline: released, at_most: 20, confidence: 0.9',
    'metric: accuracy, unit: percent, baseline: released, between: [-1, 1], min_samples: 10',
    'metric: accuracy, baseline: base, at_least: 0, for_each: task, count: 57',
  ])('%s can be met, and refuses every kind of counter-evidence', (keys) => {
    const { tried, faults } = selfTest(criteriaOf([metric(keys)], undefined, EXAM))

    expect(faults).toEqual([])
    expect(tried).toBeGreaterThan(3)
  })
})
