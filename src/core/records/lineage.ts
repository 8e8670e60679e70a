import { list, prose, type RecordKind, test, text, vulnerabilities, who } from './field.ts'
import { judged, watched } from './outcome.ts'

/** Records of what is inherited from a base model. */
export const LINEAGE = {
  'inherited-data': {
    title: "what is known of the base model's training data",
    controls: ['inherited-data'],
    max_age: 365,
    outcome: judged('whether what is in it, and what is not known of it, can be borne'),
    fields: {
      base: text('the base model and its revision; of several bases each by its name'),
      sources: list('where it is known from: card, paper, data sheet, own tests'),
      bias: prose('biases in it, known or found'),
      copyright: prose('protected works in it, and on what right'),
      toxicity: prose('toxic content in it, and how it was filtered'),
      personal_data: prose('personal data in it, and on what ground'),
      unknown: prose('what is not known, and why that is borne'),
    },
  },
  'base-model-vulnerabilities': {
    title: 'known vulnerabilities of the base model, and its scans',
    controls: ['base-model-vulnerabilities'],
    max_age: 90,
    outcome: judged('what the assessment came to'),
    fields: {
      base: text('the base model and its revision; of several bases each by its name'),
      searched: list('where was searched: databases of vulnerabilities and incidents, advisories, papers'),
      known: vulnerabilities('what is known against it, and what became of each'),
      scan: test('the scan of its files'),
      assessor: who('who assessed'),
    },
  },
  'inherited-behaviour': {
    title: 'how behaviour that was inherited is watched',
    controls: ['inherited-behaviour'],
    max_age: 90,
    outcome: watched('what the last look at it came to'),
    fields: {
      base: text('the base model and its revision; of several bases each by its name'),
      behaviours: list('what might have been inherited'),
      before_after: prose('what fine-tuning changed of it, with the numbers or where they are'),
      watched: prose('how it is watched in use, and from where on something is done'),
      watcher: who('who watches'),
      last_check: test('the last time that it was looked at'),
    },
  },
} as const satisfies Readonly<Record<string, RecordKind>>
