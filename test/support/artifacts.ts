import type { ArtifactWitness } from '../../src/sources/artifact-witness.ts'

/** Nobody ever uploaded anything. */
export const NO_ARTIFACTS: ArtifactWitness = {
  kept: async () => [],
  heard: async () => [],
  listed: async () => [],
  runs: async () => [],
  read: async () => ({ held: [], faults: new Map() }),
}
