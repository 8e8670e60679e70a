import { createRemoteJWKSet, errors, jwtVerify } from 'jose'
import { z } from 'zod'

/** The job of GitHub Actions that an identity token names. */
export type Job = { readonly repository: string; readonly run: number }

/** Checks identity tokens; undefined for one that is not valid here and now. Throws where the issuer is out of reach. */
export type Identify = (token: string) => Promise<Job | undefined>

const Claims = z.object({
  repository: z.string().regex(/^[^/\s]+\/[^/\s]+$/),
  run_id: z.string().regex(/^\d{1,16}$/),
})

/**
 * Identity tokens of GitHub Actions (OpenID Connect): signed by the issuer, for this audience, not expired.
 * docs.github.com, "OpenID Connect reference".
 */
export function identifyJobs(issuer: string, audience: string): Identify {
  const keys = createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks`), { timeoutDuration: 10_000 })
  return async (token) => {
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience,
        algorithms: ['RS256'],
        requiredClaims: ['exp', 'iat'],
        clockTolerance: 30,
      })
      const { repository, run_id } = Claims.parse(payload)
      return { repository, run: Number(run_id) }
    } catch (error) {
      if (error instanceof errors.JWKSTimeout || error instanceof TypeError) throw error
      if (error instanceof errors.JOSEError || error instanceof z.ZodError) return undefined
      throw error
    }
  }
}
