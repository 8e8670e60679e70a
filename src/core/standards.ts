import type { Control, PREREGISTRATION } from './controls.ts'

/** The editions that the ids below belong to. */
export const STANDARDS = {
  eu: 'EU AI Act',
  rmf: 'NIST AI RMF',
  iso: 'ISO/IEC 42001',
  nist: 'SP 800-53 r5',
  owasp: 'OWASP LLM 2025, ML 2023',
  atlas: 'MITRE ATLAS 5.6.0',
} as const
export type Standard = keyof typeof STANDARDS
const KEYS = ['eu', 'rmf', 'iso', 'nist', 'owasp', 'atlas'] as const satisfies readonly Standard[]

export type Ids = { readonly [S in Standard]?: string }

/**
 * Where each control stands in the standards that ask for it. Every id was looked up in its standard; which
 * control it belongs to is our judgement. A control without a row has no id that was looked up.
 */
export const STANDARD_IDS: { readonly [C in Control | typeof PREREGISTRATION]?: Ids } = {
  'vendor-risk-assessment': {
    eu: '25(4)',
    rmf: 'GOVERN 6.1, MAP 4.1, MANAGE 3.1',
    iso: 'A.10.3',
    nist: 'SR-6, RA-3(1), SA-9',
    owasp: 'LLM03, ML06',
    atlas: 'AML.T0010',
  },
  'contract-provisions': {
    eu: '25(4)',
    rmf: 'GOVERN 6.1, GOVERN 6.2',
    iso: 'A.10.2, A.10.3',
    nist: 'SA-4, SA-9, SR-8',
    owasp: 'LLM03',
  },
  'vendor-monitoring': {
    eu: '26(5)',
    rmf: 'MANAGE 3.1, GOVERN 6.2',
    iso: 'A.10.3, A.6.2.6',
    nist: 'SR-6, CA-7, SA-9',
    owasp: 'LLM03',
    atlas: 'AML.T0109',
  },
  'open-source-provenance': {
    eu: 'Annex IV 2(a)',
    rmf: 'MAP 4.1, GOVERN 6.1',
    iso: 'A.10.3',
    nist: 'SR-4, SR-11, CM-14, SI-7(15)',
    owasp: 'LLM03, ML06',
    atlas: 'AML.T0010.001, AML.T0010.003, AML.T0011.001, AML.T0111, AML.M0013, AML.M0014',
  },
  'supply-chain': {
    eu: '15(5), Annex IV 2(a), Annex IV 2(h)',
    rmf: 'GOVERN 6.1, MAP 4.1, MAP 4.2',
    iso: 'A.10.3, A.4.2',
    nist: 'SR-2, SR-3, RA-3(1), CM-8, RA-5',
    owasp: 'LLM03, ML06',
    atlas: 'AML.T0010, AML.M0016, AML.M0023',
  },
  'maintenance-capability': {
    eu: '13(3)(e), 17(1), 72(1)',
    rmf: 'MANAGE 2.1, MANAGE 2.4, GOVERN 6.2',
    iso: 'A.4.6, A.6.2.6, cl. 7.2',
    nist: 'SA-22, SI-2',
  },
  'data-integrity': {
    eu: '10(2)(c), 10(3), 15(5)',
    rmf: 'MAP 2.3, MEASURE 2.1',
    iso: 'A.7.4, A.7.6',
    nist: 'SI-7, SI-7(6), SC-28, PM-24',
    owasp: 'ML02, LLM04',
    atlas: 'AML.T0059, AML.T0010.002, AML.M0025',
  },
  'environment-isolation': {
    eu: '15(4), 15(5), Annex IV 2(h)',
    rmf: 'MEASURE 2.7',
    iso: 'A.4.4, A.4.5',
    nist: 'SC-3, SC-7, SC-39, CM-2',
    owasp: 'ML06, LLM03',
    atlas: 'AML.T0010.001, AML.T0018, AML.M0005',
  },
  'access-control': {
    eu: '15(5), Annex IV 2(h)',
    rmf: 'GOVERN 2.1, MEASURE 2.7',
    iso: 'A.3.2, A.4.5',
    nist: 'AC-3, AC-5, AC-6, CM-5',
    owasp: 'LLM06, ML05',
    atlas: 'AML.T0012, AML.T0035, AML.T0044, AML.M0005, AML.M0019',
  },
  'poisoning-prevention': {
    eu: '10(2)(f)-(g), 15(5)',
    rmf: 'MEASURE 2.7',
    iso: 'A.7.3, A.7.4, A.7.6',
    nist: 'SI-7, SI-10, SR-4',
    owasp: 'ML02, ML10, LLM04',
    atlas: 'AML.T0020, AML.T0019, AML.T0018.000, AML.T0043.004, AML.M0007, AML.M0014, AML.M0025',
  },
  reproducibility: {
    eu: '11(1), 18, Annex IV 2(a)-(c), Annex IV 2(g)',
    rmf: 'MEASURE 2.1, GOVERN 4.2',
    iso: 'A.6.2.3, A.4.2, A.4.4',
    nist: 'CM-2, CM-3, SA-10',
    atlas: 'AML.M0023, AML.M0025',
  },
  performance: {
    eu: '9(6), 9(8), 15(1), 15(3), Annex IV 2(g), Annex IV 4',
    rmf: 'MEASURE 1.1, MEASURE 2.3, MEASURE 2.5',
    iso: 'A.6.2.4',
    nist: 'SA-11, CA-2',
    owasp: 'ML08',
    atlas: 'AML.M0008',
  },
  fairness: {
    eu: '10(2)(f)-(g), 13(3)(b)(v), Annex IV 2(g), Annex IV 3',
    rmf: 'MEASURE 2.11',
    iso: 'A.5.4, A.6.2.4, A.7.4',
  },
  robustness: {
    eu: '15(1), 15(4), 15(5)',
    rmf: 'MEASURE 2.6, MEASURE 2.7',
    iso: 'A.6.2.4',
    nist: 'SA-11(2), SA-11(5), SI-10',
    owasp: 'ML01',
    atlas: 'AML.T0015, AML.T0043, AML.M0003, AML.M0015',
  },
  extraction: {
    eu: '15(5)',
    rmf: 'MEASURE 2.7',
    iso: 'A.6.2.4',
    nist: 'SC-7, SI-4',
    owasp: 'ML05, LLM10',
    atlas: 'AML.T0024.002, AML.T0005, AML.T0048.004, AML.M0002, AML.M0004',
  },
  'membership-inference': {
    eu: '15(5), 10(5)',
    rmf: 'MEASURE 2.10',
    iso: 'A.5.4, A.7.2',
    nist: 'SI-19',
    owasp: 'ML04, ML03, LLM02',
    atlas: 'AML.T0024.000, AML.T0024.001, AML.M0024',
  },
  'data-leakage': {
    eu: '10(5), 15(5)',
    rmf: 'MEASURE 2.10',
    iso: 'A.7.2',
    nist: 'SI-15, SI-19, SC-28',
    owasp: 'LLM02, LLM07',
    atlas: 'AML.T0057, AML.T0056, AML.M0020',
  },
  'prompt-injection': {
    eu: '15(5)',
    rmf: 'MEASURE 2.7',
    iso: 'A.6.2.4',
    nist: 'SI-10, SI-15',
    owasp: 'LLM01',
    atlas: 'AML.T0051, AML.T0054, AML.M0020',
  },
  documentation: {
    eu: '11(1), 18, Annex IV',
    rmf: 'MAP 2.2, MEASURE 2.9',
    iso: 'A.6.2.3, A.6.2.7, A.8.2',
    nist: 'SA-5',
  },
  transparency: {
    eu: '13(1)-(3), 50(1), 53(1)(b), Annex XII',
    rmf: 'MEASURE 2.8, MEASURE 2.9',
    iso: 'A.8.2, A.8.5',
    nist: 'SA-5',
    owasp: 'LLM09',
  },
  'human-oversight': {
    eu: '14(1)-(4), 26(2), Annex IV 2(e), Annex IV 3',
    rmf: 'MAP 3.5, GOVERN 3.2, MANAGE 2.4',
    iso: 'A.9.2, A.9.3',
    owasp: 'LLM06',
    atlas: 'AML.M0029',
  },
  'base-model-provenance': {
    eu: 'Annex IV 2(a), 25(4), 53(1)(b)',
    rmf: 'MAP 4.1, MANAGE 3.2, GOVERN 6.1',
    iso: 'A.10.3, A.4.2',
    nist: 'SR-4, SR-4(3), SR-11',
    owasp: 'LLM03, ML07',
    atlas: 'AML.T0010.003, AML.T0058, AML.M0013, AML.M0014, AML.M0023',
  },
  'base-model-card': {
    eu: '53(1)(b), Annex XII, Annex IV 2(a)',
    rmf: 'MAP 4.1',
    iso: 'A.8.2, A.10.3',
    nist: 'SA-5',
    owasp: 'LLM03',
  },
  'base-model-evaluation': {
    eu: '9(6), 9(8), 13(3)(b)(v), Annex IV 2(g)',
    rmf: 'MEASURE 2.3, MEASURE 2.11, MAP 4.2',
    iso: 'A.6.2.4, A.10.3',
    nist: 'SA-11',
    owasp: 'LLM03',
    atlas: 'AML.M0008',
  },
  'inherited-behaviour': {
    eu: '72(1)-(3), 26(5)',
    rmf: 'MANAGE 3.2, MEASURE 2.4, MEASURE 3.1',
    iso: 'A.6.2.6',
    nist: 'CA-7, SI-4',
    owasp: 'ML07, LLM03',
    atlas: 'AML.T0018, AML.T0109, AML.M0024',
  },
  preregistration: {
    eu: '9(8), 9(6), Annex IV 4',
    rmf: 'MAP 1.5, MEASURE 1.1, MANAGE 1.1',
    iso: 'A.6.2.2, A.6.2.5',
    nist: 'SA-3, SA-15',
  },
}

/** The ids of a control by standard, each list with commas; undefined of what is no control or has no row. */
export function standardsOf(control: string): Ids | undefined {
  return Object.entries(STANDARD_IDS).find(([name]) => name === control)?.[1]
}

/** One id of a standard, such as `SI-7(6)` of `SP 800-53 r5`. */
export type StandardId = { readonly standard: Standard; readonly id: string }

/** Where a control stands in the standards, one entry for each id; none of what is no control or has no row. */
export function standardIds(control: string): readonly StandardId[] {
  const ids = standardsOf(control) ?? {}
  return KEYS.flatMap((standard) => (ids[standard]?.split(', ') ?? []).map((id) => ({ standard, id })))
}
