import { z } from 'zod'

const Login = z.object({ login: z.string().min(1).max(200) })
const Name = z.string().min(1).max(200)
const Payload = z.object({
  repository: z.object({ id: z.int().positive(), name: Name, owner: Login }),
  changes: z.object({
    repository: z.object({ name: z.object({ from: Name }) }).optional(),
    owner: z.object({ from: z.object({ user: Login.nullish(), organization: Login.nullish() }) }).optional(),
  }),
})

/** Events after which a repository is known by another name. */
export const RENAMED: readonly string[] = ['repository.renamed', 'repository.transferred']

/** The old name and the new one, as GitHub spells them. Throws a ZodError for a payload of another shape. */
export function renamedBy(payload: unknown): {
  readonly id: number
  readonly from: string
  readonly to: string
} {
  const { repository, changes } = Payload.parse(payload)
  const { id, name, owner } = repository
  const before = changes.owner?.from.organization ?? changes.owner?.from.user ?? owner
  return {
    id,
    from: `${before.login}/${changes.repository?.name.from ?? name}`,
    to: `${owner.login}/${name}`,
  }
}
