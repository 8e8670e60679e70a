import { createHash } from 'node:crypto'

/** A digest as bytes have one: nothing in it comes again and again. */
export function aDigest(algorithm: 'sha256' | 'sha384' | 'sha512' | 'md5' = 'sha256'): string {
  return createHash(algorithm).update('the bytes of a package').digest('hex')
}
