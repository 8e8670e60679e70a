import { answer, day, files, prose, type RecordKind, signers } from './field.ts'
import { judged, tried } from './outcome.ts'

/** Records of where a model is documented, and who signs for what was tested. */
export const DOCUMENTATION = {
  // The headings of Annex IV of Regulation (EU) 2024/1689 by their points, in our own words.
  'annex-iv': {
    title: 'where each heading of Annex IV of the EU AI Act is answered',
    controls: ['documentation', 'transparency'],
    max_age: 365,
    outcome: judged('what reading the documentation as a whole came to'),
    fields: {
      '1a_purpose': answer('what it is for, who provides it, and its version'),
      '1b_interaction': answer('hardware and software outside it that it works with'),
      '1c_versions': answer('versions of the software that it needs, and what an update needs'),
      '1d_forms': answer('the forms in which it is placed on the market'),
      '1e_hardware': answer('the hardware that it is to run on'),
      '1f_product': answer('of a part of a product: how that looks outside and inside'),
      '1g_interface': answer('the interface that its deployer has'),
      '1h_instructions': answer('the instructions for use'),
      '2a_development': answer('how it was developed, and what was taken from others'),
      '2b_design': answer('the design: logic, choices and assumptions, and what it optimises for'),
      '2c_architecture': answer('the architecture, and the computing that went into it'),
      '2d_data': answer('the data: where they are from, how they were selected, labelled and cleaned'),
      '2e_oversight': answer('what human oversight it needs'),
      '2f_changes': answer('changes that were determined beforehand'),
      '2g_testing': answer('validation and testing: metrics, groups, and signed and dated reports'),
      '2h_cybersecurity': answer('measures of cybersecurity'),
      '3_monitoring': answer('how it is monitored and controlled, and what it can and can not do'),
      '4_metrics': answer('why the metrics of performance fit it'),
      '5_risks': answer('the system of risk management'),
      '6_lifecycle': answer('changes through its life'),
      '7_standards': answer('the harmonised standards, or what was done in their place'),
      '8_declaration': answer('the EU declaration of conformity'),
      '9_post_market': answer('the plan by which it is watched on the market'),
    },
  },
  'test-report': {
    title: 'a test report, dated and signed by those who answer for it',
    controls: ['documentation'],
    max_age: 365,
    ages_from: 'performed',
    several: true,
    outcome: tried('what the tests came to'),
    fields: {
      tested: prose('what was tested, how, and on which data'),
      performed: day('the last day of the tests'),
      findings: prose('what was found, and what it means for the use'),
      signs: files('the evidence that is signed for, by its very content'),
      signed_by: signers('the persons who answer for it'),
    },
  },
} as const satisfies Readonly<Record<string, RecordKind>>

/** Words that a place has for each heading that it answers: a sentence that says something. */
export const WORDS_EACH = 8
/** One place is about so many headings at the most; Annex IV has 23. */
export const MOST_SHARED = 4

/** Headings of Annex IV that are asked of every system: the others apply to some, or something may stand for them. */
export const ANNEX_IV_ALWAYS = [
  ...(['1a_purpose', '1c_versions', '1d_forms', '1e_hardware', '2a_development', '2b_design'] as const),
  ...(['2c_architecture', '2e_oversight', '2g_testing', '2h_cybersecurity', '3_monitoring'] as const),
  ...(['4_metrics', '5_risks', '6_lifecycle', '9_post_market'] as const),
] as const satisfies readonly (keyof (typeof DOCUMENTATION)['annex-iv']['fields'])[]
