import { APPROACHES } from '../profile.ts'
import {
  choice,
  clauses,
  cost,
  day,
  file,
  list,
  people,
  prose,
  provision,
  type RecordKind,
  test,
  text,
  who,
} from './field.ts'
import { allowed, judged, tried } from './outcome.ts'

/** Records of where a model comes from, and who answers for it from then on. */
export const SOURCING = {
  'sourcing-decision': {
    title: 'why the model is built, bought or taken',
    controls: ['sourcing-decision'],
    max_age: 730,
    outcome: judged('what was decided of this approach'),
    fields: {
      approach: choice('where the model comes from', APPROACHES),
      risk_appetite: prose('how much risk the organisation takes with it, and where that is written'),
      criticality: prose('what depends on it, and what happens when it is wrong or gone'),
      expertise: prose('who can build, run and secure it, and what is lacking'),
      cost_of_ownership: cost('what it costs over its life, not only at first, in figures'),
      alternatives: list('what else was considered'),
      reason: prose('why this approach, against the alternatives'),
      decided_by: people('who decided'),
      decided: day('when it was decided'),
    },
  },
  'applicable-regulation': {
    title: 'which regulation applies to the model',
    controls: ['applicable-regulation'],
    max_age: 365,
    outcome: allowed('whether this use is permitted under what applies'),
    fields: {
      regulation: list('what applies, by article where it has some; and what was found not to apply'),
      reasons: prose('why it applies or does not, for this very use'),
      duties: prose('what follows from it for this model'),
      said_by: who('who says so, such as the legal department or counsel'),
    },
  },
  'secure-development': {
    title: 'how the code of the model is written securely',
    controls: ['secure-development'],
    max_age: 365,
    outcome: tried('what comparing this with what is really done came to'),
    fields: {
      practice: prose('the rules that the code is written by, and where they are'),
      review: prose('who reviews what before it is merged'),
      dependencies: prose('how dependencies are pinned, and checked for vulnerabilities'),
      secrets: prose('where secrets are kept, and what searches the code for them'),
      testing: prose('what is tested before each release'),
    },
  },
  'security-expertise': {
    title: 'the people who know the security of machine learning',
    controls: ['security-expertise'],
    max_age: 365,
    outcome: judged('whether what they know is enough for this model'),
    fields: {
      people: people('those who know'),
      expertise: prose('what they know, and what shows it'),
      covers: prose('which part of the work they answer for'),
    },
  },
  'maintenance-capability': {
    title: 'who keeps the model running and secure, and the way back',
    controls: ['maintenance-capability'],
    max_age: 365,
    outcome: tried('what trying to keep and to take back the model came to'),
    fields: {
      owners: people('who keeps it; a person who leaves has somebody beside them'),
      runbook: text('where the runbook is'),
      patching: prose('how vulnerabilities are heard of, and how soon they are mended'),
      rollback_rehearsal: test('the way back to the last release, tried'),
    },
  },
} as const satisfies Readonly<Record<string, RecordKind>>

const SOC = { field: 'type', is: ['SOC2-I', 'SOC2-II'] }
const PERIOD = { field: 'type', is: ['SOC2-II'] }
const ISO = { field: 'type', is: ['ISO27001', 'ISO27701', 'ISO42001'] }

/** Records of a bought model's vendor. */
export const VENDOR = {
  'vendor-risk-assessment': {
    title: 'what is risked with the vendor of the model',
    controls: ['vendor-risk-assessment'],
    max_age: 365,
    expires: true,
    apart: [['assessor', 'vendor']],
    outcome: judged('what the assessment came to'),
    fields: {
      vendor: who('the vendor'),
      service: text('the service or model that is bought'),
      assessor: who('who assessed; not the vendor'),
      method: prose('what was looked at: questionnaire, reports, interviews, tests'),
      findings: prose('what was found'),
      lock_in: prose('how hard it is to leave: formats, exports, substitutes'),
      lock_in_rating: choice('how far that binds', ['low', 'medium', 'high'], { weak: ['high'] }),
      transparency: prose('what the vendor tells of data, training, evaluation and changes'),
      transparency_rating: choice('how far that is enough for this use', ['good', 'partial', 'none'], {
        weak: ['none'],
      }),
      data_handling: prose('what the vendor does with data that it gets, and where'),
      report: file('the report', { optional: true }),
    },
  },
  'contract-provisions': {
    title: 'what the contract with the vendor says',
    controls: ['contract-provisions'],
    max_age: 365,
    outcome: judged('whether the provisions are enough for this use'),
    fields: {
      vendor: who('the vendor'),
      document: file('the contract, by its digest'),
      signed: day('when it was signed'),
      clauses: clauses('the clauses on security, by number, with those that are named below'),
      change_notice: provision('how long before a change of the model the vendor tells'),
      audit: provision('what may be audited by whom'),
      incident_notice: provision('how soon the vendor tells of an incident'),
      data_use: provision('what the vendor may do with data'),
      exit: provision('what happens at the end of the contract'),
    },
  },
  'vendor-monitoring': {
    title: 'the last review of the vendor',
    controls: ['vendor-monitoring'],
    max_age: 180,
    apart: [['reviewer', 'vendor']],
    outcome: judged('what the review came to'),
    fields: {
      vendor: who('the vendor'),
      reviewer: who('who reviewed; not the vendor'),
      watched: list('what is watched: incidents, changes of the model, certificates, service levels'),
      findings: prose('what the review found'),
      changes: prose('what changed at the vendor since the last review'),
    },
  },
  certificate: {
    title: "a certificate or auditor's report of the vendor, which itself stays confidential",
    controls: ['vendor-risk-assessment', 'vendor-monitoring'],
    max_age: 365,
    ages_from: 'period_end',
    expires: true,
    apart: [
      ['issuer', 'vendor'],
      ['reviewer', 'vendor'],
      ['reviewer', 'issuer'],
    ],
    names: ['scope', 'service'],
    several: true,
    outcome: judged('what reading it came to'),
    fields: {
      type: choice('what it is', ['SOC2-II', 'SOC2-I', 'ISO27001', 'ISO27701', 'ISO42001'], {
        // It says how controls were designed on one day, and not that they worked on any.
        weak: ['SOC2-I'],
      }),
      vendor: who('whom it is about'),
      service: text('the service or model that is bought'),
      scope: prose('the scope as the document has it, which must name the service'),
      issuer: who('who issued it: the auditor, or the certification body'),
      accreditation: who('who accredited the issuer'),
      number: text('number of the certificate or report'),
      issued: day('when it was issued'),
      period_start: day('first day of the period that it is about', { when: PERIOD }),
      period_end: day('last day of that period; of a SOC 2 report of type I, its day', { when: SOC }),
      opinion: choice("the auditor's opinion", ['unqualified', 'qualified', 'adverse', 'disclaimer'], {
        bad: ['adverse', 'disclaimer'],
        weak: ['qualified'],
        when: SOC,
      }),
      exceptions: prose('the exceptions and nonconformities in it, and what they mean here'),
      carve_outs: prose('services of others that it leaves out, and what covers them', { when: SOC }),
      statement: text('version of the statement of applicability', { when: ISO }),
      bridge_letter: file('the letter that covers the time since the period', { optional: true }),
      document: file('the document, by its digest'),
      reviewer: who('who read it; neither the vendor nor the issuer'),
    },
  },
} as const satisfies Readonly<Record<string, RecordKind>>
