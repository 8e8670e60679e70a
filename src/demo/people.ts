import { checkRunOf, type Scene, type Shown, where } from './scene.ts'

/** One thing that people do, what must come of it, and what came of it. */
export type Step = {
  readonly title: string
  readonly wanted: string
  readonly came: string
  readonly shown?: Shown
}

export type Tell = (step: Step) => void

/** What people do in each act: they open, merge, and look at what the check says. */
export type People = {
  /** Opens a pull request and gives its number. */
  readonly open: (branch: string, title: string) => Promise<number>
  readonly merge: (title: string, wanted: 'merged' | 'refused', pull: number) => Promise<void>
  readonly judged: (title: string, wanted: string, sha: string) => Promise<void>
}

export function peopleOf(scene: Scene, tell: Tell): People {
  const { rest } = scene.github.as('grace')
  const at = where(scene.github)

  async function tryMerge(pull_number: number): Promise<'merged' | 'refused'> {
    try {
      await scene.settled()
      await rest.pulls.merge({ ...at, pull_number })
      return 'merged'
    } catch (error) {
      const status =
        typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined
      // 405 is GitHub's answer where branch protection refuses a merge.
      if (status === 405) return 'refused'
      throw error
    }
  }

  return {
    open: async (branch, title) => {
      const { data } = await rest.pulls.create({ ...at, base: 'main', head: branch, title })
      return data.number
    },
    merge: async (title, wanted, pull) => tell({ title, wanted, came: await tryMerge(pull) }),
    judged: async (title, wanted, sha) => {
      const shown = await checkRunOf(scene, sha)
      tell({ title, wanted, came: shown?.conclusion ?? 'no check run', ...(shown && { shown }) })
    },
  }
}
