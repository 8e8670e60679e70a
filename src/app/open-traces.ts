import { NO_TRACES, type Traces } from './traces.ts'

/** Traces to an OTLP/HTTP endpoint; without one, nothing of OpenTelemetry's SDK is loaded. */
export async function openTraces(endpoint: string | undefined, version: string): Promise<Traces> {
  if (endpoint === undefined) return NO_TRACES
  const { createOtlpTraces } = await import('./otlp.ts')
  return createOtlpTraces(endpoint, version)
}
