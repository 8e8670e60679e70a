import type { Measurement, NotMeasured } from '../../core/measurement.ts'
import { calibrationErrorBounds } from '../../statistics/calibration-error.ts'
import type { Estimate } from '../../statistics/standard-error.ts'
import type { Calibration } from './calibration.ts'
import type { CalibrationErrors } from './clustered.ts'

type Measured = Pick<Measurement, 'value' | 'unit' | 'samples' | 'clusters' | 'stderr' | 'interval'>

/**
 * The calibration of scores: slope and intercept where they are finite, the expected calibration error with what it is
 * shown to be at most, and the Brier score. Of rows of one class alone nothing is shown, for what the other would have
 * come to is not there.
 */
export function ofCalibration(
  calibration: Calibration & { readonly errors?: CalibrationErrors },
  confidence: number,
): readonly (readonly [metric: string, measured: Measured])[] {
  const { samples, judged, slope, large, error, brier, errors } = calibration
  const robust = (name: 'slope' | 'large' | 'brier', alone: number) =>
    errors === undefined ? { stderr: digits(alone) } : overClusters(digits(errors[name]), errors.clusters)
  const odds = { unit: 'value', samples } as const
  const fraction = { unit: 'fraction', samples } as const
  return [
    ...(slope.kind === 'fitted'
      ? [
          [
            'calibration_slope',
            { value: digits(slope.slope.value), ...odds, ...robust('slope', slope.slope.stderr) },
          ] as const,
        ]
      : []),
    ...(large.kind === 'fitted'
      ? [
          [
            'calibration_in_the_large',
            { value: digits(large.estimate.value), ...odds, ...robust('large', large.estimate.stderr) },
          ] as const,
        ]
      : []),
    [
      'expected_calibration_error',
      {
        ...{ value: digits(error.value), ...fraction },
        ...(errors && { clusters: errors.clusters }),
        ...(judged && atMost(error, errors, samples, confidence)),
      },
    ],
    [
      'brier_score',
      {
        ...{ value: digits(brier.value), ...fraction },
        ...(judged ? robust('brier', brier.stderr) : errors && { clusters: errors.clusters }),
      },
    ],
  ]
}

/** Why numbers of the calibration are not there. */
export function notOfCalibration({
  slope,
  large,
}: Calibration): readonly (readonly [metric: string, why: NotMeasured])[] {
  const all = { calibration_slope: whyOf(slope), calibration_in_the_large: whyOf(large) }
  return Object.entries(all).flatMap(([metric, why]) => (why === undefined ? [] : [[metric, why] as const]))
}

function whyOf(found: Calibration['slope'] | Calibration['large']): NotMeasured | undefined {
  if (found.kind === 'fitted') return undefined
  return found.why === 'not_valid' || found.why === 'no_samples' ? undefined : found.why
}

/** A standard error over clusters; absent where there is none. */
export function overClusters(stderr: number, clusters: number): Pick<Measurement, 'clusters' | 'stderr'> {
  return { clusters, ...(Number.isFinite(stderr) && { stderr: digits(stderr, 12) }) }
}

function atMost(
  { value, stderr }: Estimate,
  errors: CalibrationErrors | undefined,
  samples: number,
  confidence: number,
): Pick<Measurement, 'interval'> {
  const bounds = calibrationErrorBounds(
    { value, stderr: errors?.error ?? stderr },
    (errors?.clusters ?? samples) - 1,
    confidence,
  )
  if (bounds.kind === 'none') return {}
  return {
    interval: { low: 0, high: Math.max(digits(value), digits(bounds.high)), level: confidence, sides: 1 },
  }
}

/** The engine adds up in any order, which shows in the last digits. */
function digits(value: number, most = 10): number {
  return Number(value.toPrecision(most))
}
