/** What the stand-in keeps of deployments; emulate has none. */
export type DeploymentsState = {
  /** By id. */
  readonly made: Map<number, Deployment>
  /** By run and environment: jobs that wait, or waited, to enter one. */
  readonly jobs: Map<string, Job>
  readonly next: { deployment: number; status: number }
}

export type Deployment = {
  readonly id: number
  readonly repo: string
  readonly sha: string
  readonly ref: string
  readonly task: string
  readonly environment: string
  readonly description: string | null
  readonly creator: string
  /** Through which app it was made; null for a person. */
  readonly via: 'actions' | 'app' | null
  readonly createdAt: string
  /** Newest first. */
  readonly statuses: readonly Status[]
}

export type Status = {
  readonly id: number
  readonly state: string
  readonly description: string
  readonly logUrl: string
  readonly creator: string
  readonly via: Deployment['via']
  readonly createdAt: string
}

/** A job whose environment asks a rule first: the app's, or another app's. */
export type Job = {
  readonly run: number
  readonly environment: string
  readonly deployment: number
  readonly rule: 'own' | 'other'
  readonly answer?: RuleAnswer
  /** Of status reports, which decide nothing. */
  readonly reports: readonly string[]
}

export type RuleAnswer = { readonly state: 'approved' | 'rejected'; readonly comment: string }

/** A job that wants to enter an environment. */
export type JobSeed = {
  readonly environment: string
  readonly sha: string
  /** The branch or tag that it runs on; `main` when not given. */
  readonly ref?: string
  readonly repo?: string
  readonly event?: string
  readonly actor?: string
  /** The commit of the run where it is another one; of the deployment when not given. */
  readonly head?: string
  /** Whose rule the environment asks: the app's when not given. */
  readonly rule?: 'own' | 'other' | 'none'
}

/** What happens at environments. The app hears of each deployment, and of each job that waits for its rule. */
export type DeploymentsControls = {
  /** Gives the id of the run whose job waits, or goes on where nothing is asked first. */
  readonly request: (seed: JobSeed) => Promise<number>
  /** What the rule was answered for a job; undefined while it waits. */
  readonly answerOf: (run: number, environment: string) => RuleAnswer | undefined
  /** The newest deployment to an environment, with what was said of it, newest first. */
  readonly last: (environment: string) => Deployment | undefined
}

export const noDeployments = (): DeploymentsState => ({
  made: new Map(),
  jobs: new Map(),
  next: { deployment: 2_100_000_001, status: 5_600_000_001 },
})

export const jobKey = (run: number, environment: string): string => `${run} ${environment.toLowerCase()}`
