import { AsyncLocalStorage } from 'node:async_hooks'
import { type Context, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import type { Traces } from './traces.ts'

const KINDS = { server: SpanKind.SERVER, consumer: SpanKind.CONSUMER, client: SpanKind.CLIENT } as const
/** A collector that does not answer holds up the end for so long at most. */
const FLUSH_MS = 3000
const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/

/** Sends spans in batches to `<endpoint>/v1/traces`, as OTEL_EXPORTER_OTLP_ENDPOINT is defined. */
export function createOtlpTraces(endpoint: string, version: string): Traces {
  const url = `${endpoint.replace(/\/+$/, '')}/v1/traces`
  const exporter = new OTLPTraceExporter({ url, timeoutMillis: FLUSH_MS })
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'gonogo', 'service.version': version }),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  })
  const tracer = provider.getTracer('gonogo', version)
  const inHand = new AsyncLocalStorage<Context>()
  const span = () => trace.getSpan(inHand.getStore() ?? ROOT_CONTEXT)

  return {
    span: async ({ name, kind, attributes, parent }, work) => {
      const from = continued(parent) ?? inHand.getStore() ?? ROOT_CONTEXT
      const started = tracer.startSpan(name, { kind: KINDS[kind], attributes: { ...attributes } }, from)
      try {
        return await inHand.run(trace.setSpan(from, started), work)
      } catch (error) {
        const type = error instanceof Error ? error.name : 'unknown'
        started.setAttribute('error.type', type).setStatus({ code: SpanStatusCode.ERROR })
        throw error
      } finally {
        started.end()
      }
    },
    note: (attributes) => void span()?.setAttributes({ ...attributes }),
    context: () => {
      const context = span()?.spanContext()
      return (
        context &&
        `00-${context.traceId}-${context.spanId}-${context.traceFlags.toString(16).padStart(2, '0')}`
      )
    },
    close: async () => {
      const timeout = new Promise<void>((resolve) => setTimeout(resolve, FLUSH_MS).unref())
      // A collector that is away is no fault of the work.
      await Promise.race([provider.shutdown().catch(() => undefined), timeout])
    },
  }
}

/** What a stored `traceparent` names, where it is one. */
function continued(parent: string | undefined): Context | undefined {
  const [, traceId, spanId, flags] = TRACEPARENT.exec(parent ?? '') ?? []
  if (traceId === undefined || spanId === undefined || flags === undefined) return undefined
  const context = { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true }
  return trace.setSpanContext(ROOT_CONTEXT, context)
}
