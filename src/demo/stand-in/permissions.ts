import { Refusal } from './http.ts'
import { tokenOf, type Visit, type World } from './world.ts'

/** Refuses a token that lacks a permission, for what emulate does not keep and so does not guard. */
export function mustHave(
  world: World,
  { call, caller }: Visit,
  permission: string,
  level: 'read' | 'write',
): void {
  if (caller.kind === 'person' || caller.kind === 'workflow') return
  if (caller.kind === 'nobody') throw new Refusal(404, 'Not Found')
  const held = world.permissions.get(tokenOf(call))?.[permission]
  if (held !== 'write' && held !== level) throw new Refusal(403, 'Resource not accessible by integration')
}
