import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { contentOf } from '../../src/readers/file-content.ts'
import { readEvidence, SPECIFIC } from '../../src/readers/index.ts'
import { line } from './read.ts'

const SAMPLES = new URL('../../../shared/samples/', import.meta.url)
const FOLDERS = [
  'helm',
  'inspect_ai',
  'openai_evals',
  'mlflow',
  'autogluon_automl',
  'sagemaker_evaluation',
  'tfma_tfx',
  'vertex_ai',
]

function read(path: string) {
  return readEvidence(readFileSync(new URL(path, SAMPLES)), path, 'f00d')
}

function found(path: string): readonly string[] {
  return read(path).reading.measurements.map(line)
}

function codes(path: string): readonly string[] {
  return read(path).reading.problems.map(({ code }) => code)
}

describe.skipIf(!existsSync(SAMPLES))('files that tools of the performance family wrote', () => {
  test('no file of any tool is claimed by two readers', () => {
    const paths = readdirSync(SAMPLES, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => new URL(`${entry.name}`, `file://${entry.parentPath}/`))
    const twice = paths.flatMap((path) => {
      const content = contentOf(readFileSync(path), path.pathname).content
      const claims = content ? SPECIFIC.filter((reader) => reader.recognises(content)) : []
      return claims.length > 1 ? [[path.pathname, claims.map(({ format }) => format)]] : []
    })

    expect(twice).toEqual([])
  })

  test('none of these readers claims a file of another tool', () => {
    const own =
      /^(?:helm|inspect|openai|simple|mlflow|wandb|lightning|autogluon|amlb|sagemaker-model|vertex|tfx)/
    const others = readdirSync(SAMPLES, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !FOLDERS.includes(entry.name))
      .flatMap(({ name }) => readdirSync(new URL(`${name}/`, SAMPLES)).map((file) => `${name}/${file}`))

    expect(others.filter((path) => own.test(read(path).format ?? ''))).toEqual([])
  })

  test('HELM: ten instances of the validation split, and none counted of a perturbation', () => {
    const path = 'helm/hellaswag-pythia1b.stats.json'

    expect(found(path)).toContain('exact_match=0.3 fraction split=valid perturbation=none n=10')
    expect(found(path)).toContain(
      'exact_match=0.3 fraction split=valid perturbation=robustness computed_on=worst',
    )
    expect(found('helm/narrativeqa-gpt2.stats.json')).toContain(
      'f1=0.17424242424242425 fraction split=test perturbation=none n=4',
    )
    expect(codes(path)).toEqual([])
    expect(codes('helm/narrativeqa-gpt2.stats.json')).toEqual([])
    expect(read('helm/narrativeqa-gpt2.run_spec.json').reading.measurements[0]?.model).toBe('openai/gpt2')
    expect(codes('helm/mmlu-philosophy-gpt2.per_instance_stats.json')).toEqual(['malformed'])
  })

  test.each([
    ['2024-08-popularity.json', ['limited_run']],
    ['2024-11-input-task.json', []],
    ['2025-02-popularity.eval', ['nothing_evaluated', 'limited_run']],
    ['2025-05-popularity.json', ['not_finished', 'limited_run']],
    ['2025-05-security-guide.json', ['limited_run']],
    ['eee-llm-scoring.json', []],
    ['eee-pubmedqa-gpt4o-mini.json', ['limited_run']],
    ['log_formats.eval', ['limited_run']],
    ['log_formats.json', ['limited_run']],
  ])('inspect_ai: %s', (name, expected) => {
    const path = `inspect_ai/${name}`

    expect(read(path).format).toBe('inspect_ai')
    expect(codes(path)).toEqual(expected)
  })

  test('inspect_ai: samples that were scored, and the same from both forms of a log', () => {
    expect(found('inspect_ai/eee-llm-scoring.json')).toEqual([
      'accuracy=0.431 fraction task=simpleqa_verified task_version=0 dataset=codelion/SimpleQA-Verified scorer=simpleqa_scorer n=1000 se=0.0157',
    ])
    expect(found('inspect_ai/2025-05-popularity.json')).toEqual([
      'accuracy=0.6666666666666666 fraction task=popularity task_version=0 dataset=popularity scorer=match n=3 k=2 se=0.3333',
    ])
    expect(found('inspect_ai/log_formats.eval')).toEqual(found('inspect_ai/log_formats.json'))
  })

  test('OpenAI evals: one of three matches', () => {
    expect(found('openai_evals/test-match.autogpt.jsonl')).toEqual([
      'accuracy=0.3333333333333333 fraction task=test-match.s1.simple-v0 base_eval=test-match split=s1 n=3 k=1',
    ])
    expect(codes('openai_evals/test-match.autogpt.jsonl')).toEqual([])
  })

  test('MLflow: mean and deviation over folds are two files that know nothing of each other', () => {
    expect(found('mlflow/v2-metric.f2_cv_mean')).toEqual([
      'v2-metric.f2_cv_mean=0.6426624153333654 unknown step=0',
    ])
    expect(read('mlflow/v2-metric.f2_cv_std').reading.measurements[0]).toMatchObject({
      value: 0.011870035116336714,
      at: '2025-04-22T03:04:12.076Z',
    })
    expect(read('mlflow/registry-version-1.meta.yaml').format).not.toBe('mlflow')
  })

  test('AMLB: every fold is a measurement or a problem', () => {
    const path = 'autogluon_automl/amlb-results_small-2c1h.csv'
    const { measurements, problems } = read(path).reading
    const rows = new Set([
      ...measurements.map(({ source }) => source.line),
      ...problems.map((one) => one.line),
    ])

    expect(rows.size).toBe(300)
    expect(found(path)).toContain(
      'accuracy=0.701456 fraction task=fabert framework=autosklearn version=0.5.0 fold=2',
    )
    expect(problems[0]).toMatchObject({ line: 2, found: 'no result of fold 0 of fabert by autosklearn' })
    expect(new Set(codes(path))).toEqual(new Set(['not_finished']))
  })

  test('SageMaker: rates by the confusion matrix of the documentation', () => {
    expect(found('sagemaker_evaluation/model-quality-binary.doc.json').slice(0, 3)).toEqual([
      'recall=1 fraction problem=binary_classification n=1 k=1',
      'precision=0.3333333333333333 fraction problem=binary_classification n=3 k=1',
      'accuracy=0.5 fraction problem=binary_classification n=4 k=2',
    ])
    expect(found('sagemaker_evaluation/model-quality-regression.doc.json')).toContain(
      'root_mean_squared_error=0.609248066149471 unknown problem=regression',
    )
    expect(found('sagemaker_evaluation/modelcard-generic-evaluation.json')[0]).toBe(
      'AD=-0.11415724421435 unknown Gender=0 group=post_training_bias_metrics label=Target = 1',
    )
    expect(codes('sagemaker_evaluation/model-quality-binary.doc.json')).toEqual([])
  })

  test('Vertex: 415 of 830 called positive are', () => {
    expect(found('vertex_ai/classification-eval-metrics.json')).toContain(
      'precision=0.5 fraction threshold=-0.01 n=830 k=415',
    )
    expect(codes('vertex_ai/classification-eval-metrics.json')).toEqual([])
  })

  test('TFX: a file without a byte', () => {
    const blessing = readEvidence(
      readFileSync(new URL('tfma_tfx/tfx-BLESSED', SAMPLES)),
      'blessing/1/BLESSED',
      '',
    )

    expect(blessing.reading.records).toMatchObject([{ tests: [{ outcome: 'passed' }] }])
  })
})
