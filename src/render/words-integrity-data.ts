import type { IntegrityFact } from '../core/integrity-answer.ts'
import { names, quoted, type Sentence, sentence } from './sentence.ts'
import { type FactWords, short } from './words-at-training.ts'

type DataFact = Extract<IntegrityFact['what'], 'no_data' | `data_${string}`>

const NAME_THEM = sentence`add a file that names them to the manifest's evidence, such as ${quoted('dvc.lock')}, a Croissant description or the training record`

/** The words for what was found out about the data that a model was made with. */
export const DATA_WORDS: FactWords<DataFact> = {
  data_agrees: ({ dataset, digest, weak, by, against }) => ({
    says: sentence`${quoted(dataset)} is ${quoted(short(digest))} in ${other(against)} and in ${names(by, 3)}${[weak ? ', which is weak: it can be forged' : '']}`,
  }),
  data_placeholder_beside: ({ dataset, path, found }) => ({
    says: sentence`what stands for the digest of ${quoted(dataset)} in ${quoted(path)} is none, and shows nothing: ${quoted(found)}`,
  }),
  data_differs: ({ dataset, path, found, wanted, against }) => ({
    says: sentence`${quoted(dataset)} is ${quoted(short(wanted))} in ${other(against)} and ${quoted(short(found))} in ${quoted(path)}`,
    next: sentence`find out which data the model was made with, train on the right ones, and correct what tells of others`,
  }),
  data_changed: ({ dataset, found, wanted }) => ({
    says: sentence`${quoted(dataset)} is ${quoted(short(found))} in the manifest, and was registered as ${quoted(short(wanted))} before training`,
    next: sentence`train on the data that the criteria pin; other data are registered before the next training`,
  }),
  no_data: () => ({
    says: ['the manifest names no data that the model was made with'],
    next: sentence`name them under ${quoted('datasets:')} in the manifest, with their role and digest`,
  }),
  data_not_listed: ({ dataset }) => ({
    says: sentence`the manifest does not name ${quoted(dataset)} among its datasets`,
    next: sentence`add ${quoted(dataset)} to ${quoted('datasets:')} in the manifest, with its role and digest`,
  }),
  data_without_digest: ({ dataset }) => ({
    says: sentence`the manifest gives no digest of ${quoted(dataset)}`,
    next: sentence`give its sha256 as ${quoted('digest:')} in the manifest`,
  }),
  data_unnamed: ({ dataset, digest }) => ({
    says: sentence`only the manifest says that ${quoted(dataset)} is ${quoted(short(digest))}`,
    next: NAME_THEM,
  }),
  data_weak: ({ dataset, digest }) => ({
    says: sentence`${quoted(dataset)} is known by ${quoted(short(digest))} alone, which can be forged`,
    next: sentence`give the sha256 of ${quoted(dataset)} in the manifest, and evidence that names it too`,
  }),
  data_live: ({ dataset, path }) => ({
    says: sentence`by ${quoted(path)} the data of ${quoted(dataset)} change where they lie`,
    next: sentence`take a snapshot of them, train on it, and add a file that names its sha256 to the evidence`,
  }),
  data_placeholder: ({ dataset, found, path }) => ({
    says: sentence`what stands for the digest of ${quoted(dataset)} in ${path === undefined ? ['the manifest'] : [quoted(path)]} is none: ${quoted(found)}`,
    next: sentence`write down the sha256 of the bytes that the model was made with`,
  }),
  data_not_comparable: ({ dataset, path, found, wanted, against }) => ({
    says: sentence`${quoted(dataset)} is ${quoted(short(found))} in ${quoted(path)}, which can't be compared with ${quoted(short(wanted))} in ${other(against)}`,
    next: sentence`give ${quoted(dataset)} by one algorithm in both, best by its sha256`,
  }),
}

/** The file that another one is held to. */
function other(against: string | undefined): Sentence {
  return against === undefined ? ['the manifest'] : [quoted(against)]
}
