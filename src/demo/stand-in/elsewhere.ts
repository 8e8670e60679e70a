import { type Answer, type Call, json, Refusal } from './http.ts'
import { largeFile } from './lfs.ts'
import { discovery } from './oidc.ts'
import { storage } from './storage.ts'
import type { Violation } from './types.ts'
import type { World } from './world.ts'

/**
 * GitHub's other hosts, blob storage and the issuer of identity tokens. They are not the API, and a token of the API
 * that comes here is given away: a violation.
 */
export function elsewhere(world: World, violations: Violation[]) {
  return async (call: Call): Promise<Answer> => {
    if (call.headers.authorization !== undefined) {
      violations.push({
        method: call.method,
        path: new URL(call.path, world.elsewhere).pathname,
        operation: 'elsewhere',
        of: 'request',
        sentence: 'a token of the API was sent to another host',
      })
      throw new Refusal(400, 'Authentication information is not given in the correct format.')
    }
    if (call.method !== 'GET') return json(405, { message: 'Method Not Allowed' })
    return (await discovery(world, call)) ?? largeFile(world, call) ?? storage(world, call)
  }
}
