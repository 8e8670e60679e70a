import type { Witness } from '../../src/sources/witness.ts'

/** GitHub keeps nothing that attests anything. */
export const NO_ATTESTATIONS: Witness['attestations'] = async () => ({ kind: 'told', bundles: [], left: 0 })
