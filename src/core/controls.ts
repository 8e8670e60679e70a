/** The lifecycle controls that a criterion may answer for, by phase. */
export const CONTROLS = [
  // sourcing
  'sourcing-decision',
  'applicable-regulation',
  'secure-development',
  'security-expertise',
  'vendor-risk-assessment',
  'contract-provisions',
  'vendor-monitoring',
  'open-source-provenance',
  'supply-chain',
  'maintenance-capability',
  // training
  'data-integrity',
  'environment-isolation',
  'access-control',
  'poisoning-prevention',
  'reproducibility',
  // validation
  'performance',
  'fairness',
  'robustness',
  'security-testing',
  'extraction',
  'membership-inference',
  'data-leakage',
  'prompt-injection',
  'documentation',
  'transparency',
  'human-oversight',
  // lineage
  'base-model-provenance',
  'base-model-card',
  'base-model-vulnerabilities',
  'inherited-data',
  'base-model-evaluation',
  'inherited-behaviour',
] as const

/** The control that is built in: no criterion can answer for it and none can switch it off. */
export const PREREGISTRATION = 'preregistration'
