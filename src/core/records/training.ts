import { list, parties, people, prose, type RecordKind, test, who } from './field.ts'
import { tried } from './outcome.ts'

/** Records of what keeps a training safe. */
export const TRAINING = {
  'environment-isolation': {
    title: 'where the training ran, and what kept it apart',
    controls: ['environment-isolation'],
    max_age: 365,
    outcome: tried('what trying the isolation came to'),
    fields: {
      environment: prose('where it runs: cluster, account, network'),
      isolation: prose('what keeps it apart from production and from other work'),
      network: prose('what it may reach, and what may reach it'),
      people: parties('who may enter it, by role or name'),
      verified: test('the isolation, tried'),
    },
  },
  'access-control': {
    title: 'who may touch data, runs and outputs of the training',
    controls: ['access-control'],
    max_age: 180,
    outcome: tried('what comparing this with the rights that are really given came to'),
    fields: {
      change_training_data: parties(
        'who may change training data: @login or @org/team, or else by role or name',
      ),
      start_runs: parties('who may start training runs: @login or @org/team, or else by role or name'),
      read_outputs: parties('who may read weights, metrics and logs'),
      least_privilege: prose('how it is kept to those who need it, and how rights end'),
      reviewed_by: who('who compared this with the rights that are really given'),
    },
  },
  'poisoning-prevention': {
    title: 'what keeps poisoned data out, and what looked for it',
    controls: ['poisoning-prevention'],
    max_age: 365,
    outcome: tried('what looking for poison and backdoors came to'),
    fields: {
      sources: list('each source of the data'),
      source_validation: prose('how each source was checked before it was used'),
      data_tests: test('the tests of the data'),
      anomaly_review: prose('which odd entries were looked at, and what became of them'),
      anomaly_reviewer: who('who looked at them'),
      backdoor_test: test('the search for backdoors in the model'),
    },
  },
} as const satisfies Readonly<Record<string, RecordKind>>

/** Records of the people who watch a model in use. */
export const OVERSIGHT = {
  'human-oversight': {
    title: 'who oversees the model, and can stop it',
    controls: ['human-oversight'],
    max_age: 180,
    outcome: tried('what stopping and overruling the model came to'),
    fields: {
      overseers: people('the persons, by name'),
      authority: prose('what they may decide without asking anybody'),
      information: prose('what they see of the model while it runs'),
      escalation: prose('whom they tell, and how soon'),
      stop_test: test('stopping the model, tried'),
      override_test: test("deciding against the model's answer, tried"),
    },
  },
} as const satisfies Readonly<Record<string, RecordKind>>
