import type { Measurement } from './measurement.ts'

/** Why evidence does not count as the exam that the criteria pin. */
export type ExamAnswer =
  | {
      readonly code: 'exam_in_training'
      readonly outcome: 'unmet'
      readonly dataset: string
      readonly digest: string
      /** Name of the training data that are the exam. */
      readonly under: string
    }
  | {
      readonly code: 'exam_differs'
      readonly outcome: 'unmet'
      readonly dataset: string
      readonly found: string
      readonly wanted: string
    }
  | {
      readonly code: 'exam_taken_otherwise'
      readonly outcome: 'unmet'
      readonly observed: Measurement
      readonly dataset: string
      /** What the evidence itself says otherwise: its data, or how they were read. */
      readonly what: 'digest' | 'threshold' | 'positive'
      readonly found: string
      readonly wanted: string
    }
  | {
      readonly code: 'exam_not_given'
      readonly outcome: 'undecided'
      readonly dataset: string
      readonly wanted: string
      /** Whether the manifest has the dataset, though without a digest. */
      readonly listed: boolean
    }
  | {
      readonly code: 'exam_not_comparable'
      readonly outcome: 'undecided'
      readonly dataset: string
      readonly found: string
      readonly wanted: string
    }
  | {
      readonly code: 'training_data_unknown'
      readonly outcome: 'undecided'
      readonly dataset: string
      readonly digest: string
      /** Training data without a digest that can be compared; empty if none is named at all. */
      readonly unknown: readonly string[]
    }
  | {
      readonly code: 'exam_in_part'
      readonly outcome: 'undecided'
      readonly observed: Measurement
      readonly dataset: string
      readonly samples: number
      readonly rows: number
    }
  | {
      readonly code: 'chosen_afterwards'
      readonly outcome: 'undecided'
      readonly observed: Measurement
      /** What the criteria do not pin; `unnamed`: nothing says on which dataset it was measured. */
      readonly what: 'dataset' | 'unnamed' | 'label' | 'threshold' | 'groups'
      readonly value: string
      /** The exams that the criteria do pin. */
      readonly pinned: readonly string[]
    }
  | {
      readonly code: 'attempts_spent'
      readonly outcome: 'unmet'
      readonly dataset: string
      readonly digest: string
      /** How many other weights were measured on it before these, and how many different ones may be in all. */
      readonly seen: number
      readonly attempts: number
    }
