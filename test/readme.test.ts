import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { CHECKS } from '../src/checks/index.ts'
import { createProgram } from '../src/cli/program.ts'
import { CONTROL_TABLE, type ControlRow } from '../src/core/controls.ts'
import { METRICS } from '../src/core/metrics.ts'
import type { Field, RecordKind } from '../src/core/records/field.ts'
import { WRITTEN, WRITTEN_KINDS } from '../src/core/records/kinds.ts'
import { PRESETS } from '../src/core/section-presets.ts'
import { STANDARD_IDS, STANDARDS } from '../src/core/standards.ts'
import { parseCriteria } from '../src/criteria/criteria.ts'
import { parseFloor } from '../src/criteria/floor.ts'
import { parseManifest } from '../src/criteria/manifest.ts'
import { READERS, readEvidence } from '../src/readers/index.ts'
import { ANSWER_CODES } from '../src/render/codes.ts'
import { PROBLEM_CODES } from '../src/render/problem-codes.ts'
import { SUCH_AS } from '../src/render/words-unfit.ts'
import { parseYaml } from '../src/text/yaml.ts'
import { exampleNames, readExample, storyOf } from './support/example-folder.ts'

const ROOT = new URL('../', import.meta.url)
const PAGES = [
  ...['README.md', 'CONTRIBUTING.md'],
  ...readdirSync(new URL('docs/', ROOT)).map((name) => `docs/${name}`),
]
const CASE = new URL('../fixtures/cases/no-go/check-run.md', import.meta.url)

/** What a reader reads, in a person's words; the formats and labels themselves come from the code. */
const FORMATS: Readonly<Record<string, string>> = {
  'lm-eval': 'lm-evaluation-harness results, every generation from 0.2 to 0.4.9, and the bigscience fork',
  'hf-trainer': 'Hugging Face Trainer: `all_results.json`, `eval_results.json`, `trainer_state.json`',
  'hf-model-index': 'a Hugging Face model card with `model-index`; also a document',
  'peft-adapter': '`adapter_config.json` of PEFT: the base that an adapter is made for; no numbers',
  'sklearn-classification-report': 'scikit-learn `classification_report` as JSON, or as CSV from pandas',
  fairlearn: 'numbers by group as scripts dump a MetricFrame of Fairlearn, by metric or by group',
  aequitas: 'the wide table of Aequitas, every rate with its own counts',
  aif360: 'AIF360 `MetricJSONExplainer`, computed from its counts; the file names no attribute',
  'sagemaker-clarify': 'the bias metrics of SageMaker Clarify `analysis.json`; it has no counts',
  'model-card-toolkit':
    'a model card of Model Card Toolkit as JSON; its intervals have no level and are not used',
  robustbench: 'RobustBench `model_info`, all percent; it has no number of samples',
  textattack: 'TextAttack: the summary of its log or JSON, or its CSV',
  autoattack:
    'the log of AutoAttack; `attack: autoattack` only if all four attacks ran; samples are recovered',
  'timm-results': 'a results table of timm, all percent; the data set is in no column',
  'mlperf-accuracy': 'MLPerf inference: `accuracy.txt` of image classification, or the JSON with scenarios',
  'tf-privacy-mia': 'the text summary of membership inference attacks of TensorFlow Privacy',
  'privacy-meter': 'the log of ML Privacy Meter, or its averages as CSV; it has no number of samples',
  'dp-sgd':
    'epsilon of a training with differential privacy, as TensorFlow Privacy and Opacus print it or as JSON or YAML; without its delta it is a problem',
  garak:
    'garak 0.9 to 0.15, `*.report.jsonl`: `attack_success_rate` of each probe and detector, with an error over prompts where they have several generations',
  'garak-digest':
    'the digest of a garak report as JSON, scores turned round to `attack_success_rate`; no counts before 0.15, and no error where prompts have several generations',
  promptfoo:
    'promptfoo results as JSON, versions 2 and 3: `pass_rate`, or for red teams `attack_success_rate`; scores and costs are not read',
  avid: 'AVID reports as JSON or JSON Lines, of Giskard (`to_avid`: issues only, no counts) and garak (no generations, no interval)',
  jailbreakbench:
    'JailbreakBench attack artifacts: `attack_success_rate` over behaviours; queries and tokens are not read',
  deepeval:
    'DeepEval test runs: mean score and `pass_rate` of each metric, `pass_rate` of cases; no time and no commit in it',
  ragas:
    'Ragas scores beside `targets` and `passed` (no counts in it), or `summary` beside `detailed_results`',
  cyberseceval:
    'CyberSecEval statistics of its benchmarks, rates by their counts; how often a prompt was asked is not in it',
  'training-record': 'the training record',
  'written-record': 'records that people write, of every other kind',
  caiq: 'answers to the CAIQ (3.1, 4, and that for AI) as JSON or YAML, by question id; every no and not applicable wants a reason, and each answer the day of its review; whose answers they are',
  'oscal-assessment-results':
    'OSCAL assessment results 1.x as JSON or YAML, the newest result; what it imports is not fetched, and a reference to nothing is a problem',
  cyclonedx:
    'CycloneDX 1.5 to 1.7 as JSON, held to its schema: models, data and files with digests, licences, what they were made from; metrics only where their text is a number; its signatures (JSF) are not verified',
  spdx3:
    'SPDX 3.0 as JSON-LD, profiles AI and Dataset: packages and files by their relationships, metrics likewise; data that were trained on and tested on are a problem',
  attestation:
    'Sigstore bundles (those of OpenSSF Model Signing too), DSSE envelopes and in-toto statements, one in a file or one a line; signatures are verified offline, and one that is wrong is a problem',
  deepchecks:
    'Deepchecks `SuiteResult` as JSON: a suite of tests named `check::condition`, and the numbers of its checks; tables in it are text and are not read',
  'great-expectations':
    'Great Expectations 0.x and 1.x: validation results and checkpoints; a suite of tests named `type::column`, and the shares that they counted',
  evidently:
    'Evidently reports and test suites from 0.1 to 0.7; a drift value is a `drift_p_value` or a `drift_distance`, and where the file names no method (0.6) a `drift_score`, `measure: unknown`; no number of rows',
  junit:
    'JUnit XML of pytest and other test runners: suites, tests named `classname::name`; without whole counts, a document type or another entity than the five of XML it is a problem',
  modelscan:
    'modelscan 0.5 to 0.8 as JSON: a scan with the files that it looked into and those that it skipped; sums that differ from its lists are a problem',
  sarif:
    'SARIF 2.1.0: a scan for each run; only `invocations` say that it ran, and only `artifacts` what it looked at',
  fickling: 'the analysis of one pickle by fickling, which does not say of which file',
  'huggingface-security':
    'the security status of files on the Hugging Face Hub, a listing with `expand=true` or one file of it; no status is not scanned',
  markdown: 'a document',
  dvc: '`dvc.lock` of DVC 2 and later and the pointers of `dvc add`: data by md5, parameters, and what no stage made and no digest tells',
  mlmodel:
    '`MLmodel` of MLflow: versions of frameworks, its run, and whether the model file that it packages is pickled, the path is one machine’s or the signature is missing; it has no digest and no commit',
  'mlflow-run':
    'a run of MLflow as `mlflow runs describe` or its server tells it: parameters, commit and repository, last metrics without samples',
  'commit-id':
    'a file with nothing but a whole commit id, such as `tags/mlflow.source.git.commit` of a run of MLflow',
  'wandb-config': '`config.yaml` of a run of W&B: parameters',
  'wandb-metadata':
    '`wandb-metadata.json`: commit and repository, arguments, hardware; no people and machines, and not whether files were changed beside the commit',
  'pip-requirements':
    'requirements of pip, pip-tools or uv: each package, whether it is pinned and by digest',
  'uv-lock':
    '`uv.lock`: each package by version, commit or digest, hashed only if each of its files is; what only groups for development lead to is left out',
  'poetry-lock':
    '`poetry.lock`, of every version: as `uv.lock`; files without a digest, as old ones have them, are not hashed',
  'pdm-lock': '`pdm.lock`: as `uv.lock`',
  pylock: '`pylock.toml` (PEP 751) of pip, uv, PDM and others: as `uv.lock`',
  'pipfile-lock': '`Pipfile.lock` of Pipenv: its `default` packages',
  pyproject:
    '`pyproject.toml`, of Poetry too: what a project asks for, where a range is not pinned; lock it and name the lock',
  conda:
    '`environment.yml` of conda, `python_env.yaml` of MLflow, `conda-lock.yml`: each package, whether it is pinned by version and build, and by digest',
  'conda-explicit': 'the explicit list of conda, an address of each package with its digest',
  croissant:
    'a Croissant 1.0 or 1.1 description of data: their sha256 or md5, where they are real, licence, whether the data change',
  'hf-dataset-card': 'the card of a Hugging Face dataset: licence, no digest; also a document',
  'data-provenance': 'the Data Provenance Standards of D&TA as JSON: licence, no digest',
  parameters:
    'the file that a training reads its settings from, such as `params.yaml`; only where the manifest says `format: parameters`',
  hydra:
    '`.hydra/config.yaml`: what a training ran with; only where the manifest says `format: hydra`; undecided where something in it is still to be filled in',
  helm: 'HELM `stats.json`, which names no model and no data, and `run_spec.json`, which has no results; perturbed instances are not counted',
  inspect_ai:
    'inspect_ai logs, JSON and `.eval`; a log that is not `success`, or of a part of the samples, is a problem',
  'openai-evals': 'OpenAI evals logs, JSON lines; samples of `accuracy` only, from its `match` events',
  'simple-evals': 'simple-evals results: no names; samples only where HealthBench wrote them',
  mlflow:
    'MLflow: the file of a metric (its last step, no samples), `meta.yaml` of a run as a suite, `eval_results_table.json` as means over rows',
  'wandb-summary': '`wandb-summary.json`: no samples',
  'lightning-csv': 'Lightning `metrics.csv`: evaluations, not progress of training; no samples',
  'autogluon-leaderboard': 'AutoGluon leaderboard as CSV: no samples; negated errors stay `score`',
  'amlb-results': 'AutoML benchmark results as CSV: no samples; a fold that failed is a problem',
  'sagemaker-model-quality':
    'SageMaker model quality (`statistics.json`, `evaluation.json`): samples from a confusion matrix or `item_count`',
  'sagemaker-model-card': 'SageMaker model card, or an evaluation to import: numbers, no samples',
  'vertex-evaluation':
    'Vertex AI model evaluation: samples of precision, recall and false-positive rate at a threshold',
  'tfx-blessing': 'TFX `BLESSED` or `NOT_BLESSED`, an empty file, as a suite of one test; it names no model',
  metrics: 'JSON or YAML of numbers, any nesting',
  'metrics-table': 'CSV or TSV of numbers',
}

/** What a field is, where its name does not say it. */
const SHAPES: Readonly<Record<Field['kind'], string>> = {
  ...{
    prose: '',
    text: 'text',
    who: 'party',
    people: 'persons',
    parties: 'parties',
    list: 'list',
    choice: 'choice',
  },
  ...{ day: 'day', file: 'file', test: 'test' },
  ...{ answer: '', files: 'files, each with its digest', signers: 'name, role and day of each' },
  ...{ cost: 'with a figure', clauses: 'clauses', provision: 'clause' },
  vulnerabilities: 'each with its state',
}

const blocks: Readonly<Record<string, string>> = {
  picture: readFileSync(CASE, 'utf8')
    .replace(/### Registration[\s\S]*/, '')
    .trimEnd()
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n'),
  records: rows(
    WRITTEN_KINDS.map((kind) => {
      const { title, controls, fields, max_age } = WRITTEN[kind]
      const own = Object.entries(fields).map((entry) => fieldShown(...entry))
      return [
        `\`${kind}\``,
        title,
        controls.map((control) => `\`${control}\``).join(', '),
        `${max_age} days`,
        [...own, ...alsoAsked(WRITTEN[kind])].join(', '),
      ]
    }),
  ),
  presets: rows(
    Object.entries(PRESETS).map(([name, headings]) => [
      `\`${name}\``,
      headings.map((names: readonly string[]) => names.map((one) => `\`${one}\``).join(' or ')).join(', '),
    ]),
  ),
  checks: rows(Object.entries(CHECKS).map(([check, asks]) => [`\`${check}\``, asks])),
  controls: rows(
    Object.entries(CONTROL_TABLE).map(([control, { phase, required, wants }]) => [
      phase,
      `\`${control}\``,
      requiredFor(required),
      wants,
      (new Map<string, readonly string[]>(Object.entries(SUCH_AS)).get(control) ?? [])
        .map((keys) => `\`${keys}\``)
        .join(' or '),
    ]),
  ),
  standards: rows(
    Object.entries(STANDARD_IDS).map(([control, ids]) => [
      `\`${control}\``,
      ...Object.keys(STANDARDS).map((standard) => new Map(Object.entries(ids)).get(standard) ?? '–'),
    ]),
  ),
  metrics: rows(
    METRICS.map(({ name, also, range, meaning }) => [
      `\`${name}\``,
      also.map((other) => `\`${other}\``).join(', '),
      range ? `${range[0] === Number.NEGATIVE_INFINITY ? '−∞' : range[0]} to ${range[1]}` : '',
      meaning,
    ]),
  ),
  readers: rows(
    READERS.map(({ format, labels }) => [
      `\`${format}\``,
      FORMATS[format] ?? 'NO WORDS',
      labels.map((label) => `\`${label}\``).join(', '),
    ]),
  ),
  examples: rows(
    exampleNames().map((name) => [`[${name}](fixtures/examples/${name})`, storyOf(readExample(name)).shows]),
  ),
  answers: rows(Object.entries(ANSWER_CODES).map(([code, meaning]) => [`\`${code}\``, meaning])),
  problems: rows(Object.entries(PROBLEM_CODES).map(([code, meaning]) => [`\`${code}\``, meaning])),
}

function anchorsOf(text: string): readonly string[] {
  const headings = [...text.matchAll(/^#{1,4} (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^a-z0-9 -]/g, '')
      .replaceAll(' ', '-'),
  )
  return [...headings, ...[...text.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id ?? '')]
}

function fieldShown(name: string, { kind, optional, when }: Field): string {
  const notes = [SHAPES[kind], optional ? 'optional' : '', when ? `for ${when.is.join(', ')}` : '']
  const shown = notes.filter((note) => note !== '').join('; ')
  return shown === '' ? `\`${name}\`` : `\`${name}\` (${shown})`
}

function alsoAsked({ outcome, expires, apart }: RecordKind): readonly string[] {
  return [
    ...(expires ? ['`expires`'] : []),
    `\`outcome\` (${outcome.of.map((word) => `\`${word}\``).join(' · ')})`,
    ...(apart ?? []).map(([one, other]) => `\`${one}\` is not \`${other}\``),
  ]
}

function requiredFor(required: ControlRow['required']): string {
  const groups = required.map((terms) => terms.join(', '))
  if (groups.length < 2) return groups[0] ?? 'all'
  return groups.map((group) => (group.includes(',') ? `(${group})` : group)).join(' & ')
}

function rows(cells: readonly (readonly string[])[]): string {
  return cells.map((row) => `| ${row.join(' | ')} |`).join('\n')
}

function filled(readme: string): string {
  return Object.entries(blocks).reduce(
    (text, [name, content]) =>
      text.replace(
        new RegExp(`(<!-- ${name} -->\\n(?:\\|.*\\n\\| ---.*\\n)?)[\\s\\S]*?(<!-- /${name} -->)`),
        (_, open, close) => `${open}${content}\n${close}`,
      ),
    readme,
  )
}

const pathOf = (page: string) => fileURLToPath(new URL(page, ROOT))
if (process.env.UPDATE_README)
  for (const page of PAGES) writeFileSync(pathOf(page), filled(readFileSync(pathOf(page), 'utf8')))
const pages = new Map(PAGES.map((page) => [page, readFileSync(pathOf(page), 'utf8')]))
const textOf = (page: string) => pages.get(page) ?? ''
const readme = textOf('README.md')
const everything = [...pages.values()].join('\n')

describe('README and docs', () => {
  test.each(Object.keys(blocks))('%s are those of the code', (name) => {
    expect(everything).toContain(`<!-- ${name} -->\n`)
    expect(everything).toContain(`\n${blocks[name]}\n<!-- /${name} -->`)
  })

  test('the standards are named above their ids', () => {
    expect(everything).toContain(`<!-- standards -->\n${rows([['control', ...Object.values(STANDARDS)]])}\n`)
  })

  test('no remark parts a table, which ends it', () => {
    expect(everything).not.toMatch(/\|\n<!-- (?!\/)/)
  })

  test('no reader is without words', () => {
    expect(everything).not.toContain('NO WORDS')
  })

  test.each(PAGES)('what %s points at is there', (page) => {
    const targets = [...textOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target ?? '')
    for (const target of targets.filter((one) => !/^https?:/.test(one))) {
      const [path = '', anchor] = target.split('#')
      const url = path === '' ? new URL(page, ROOT) : new URL(path, new URL(page, ROOT))
      expect([target, existsSync(url)]).toEqual([target, true])
      if (anchor !== undefined) expect(anchorsOf(readFileSync(url, 'utf8'))).toContain(anchor)
    }
  })

  test('each page is named by README, and can be read in one sitting', () => {
    for (const page of PAGES.slice(1)) expect(readme).toContain(`](${page}`)
    expect(readme.split('\n').length).toBeLessThan(300)
  })

  test('names every command and its options', async () => {
    let help = ''
    const run = createProgram({
      environment: {},
      cwd: '/',
      stdout: { write: (text) => (help += text) },
      stderr: { write: () => true },
      clock: () => new Date(0),
    })
    await run(['--help'])
    const commands = [...help.matchAll(/^ {2}([a-z]+) /gm)]
      .map(([, name]) => name ?? '')
      .filter((name) => name !== 'help' && name !== 'training')

    expect(commands.length).toBeGreaterThan(7)
    for (const command of commands) {
      expect(readme).toContain(`gonogo ${command}`)
      help = ''
      await run([command, '--help'])
      const own = readme
        .split('\n')
        .filter((line) => line.startsWith(`| \`gonogo ${command}`))
        .join()
      const options = [...help.matchAll(/^ {2}(?:-\w, )?(--[a-z]+)/gm)].map(([, option]) => option ?? '')
      if (command !== 'explain')
        for (const option of options.filter(
          (name) => name !== '--help' && !(command === 'check' && name === '--json'),
        ))
          expect(own).toContain(option)
    }
  })

  test('names every variable of the environment', () => {
    const config = readFileSync(new URL('../src/config.ts', import.meta.url), 'utf8')
    const variables = [...config.matchAll(/^ {2}([A-Z_]+): z$|^ {2}([A-Z_]+): z\./gm)].map(
      ([, one, other]) => one ?? other ?? '',
    )

    expect(variables.length).toBeGreaterThan(7)
    for (const variable of variables) expect(readme).toContain(`\`${variable}\``)
  })
})

describe('the examples are files that gonogo takes', () => {
  const examplesOf = (page: string) =>
    [...textOf(page).matchAll(/^( *)```yaml\n([\s\S]*?)^ *```/gm)].map(([, indent = '', text = '']) =>
      text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    )
  const [firstCriteria = '', firstManifest = ''] = examplesOf('README.md')
  const [criteria = ''] = examplesOf('docs/criteria.md')
  const [floor = ''] = examplesOf('docs/floor.md')
  const [manifest = ''] = examplesOf('docs/manifest.md')
  const records = examplesOf('docs/records.md')
  const [record = '', written = ''] = records
  const report = records.find((text) => text.includes('record: test-report')) ?? ''
  const index = records.find((text) => text.includes('record: annex-iv')) ?? ''

  test('those of a first model', () => {
    const [path, other] = ['.gonogo/criteria/sentiment.yml', 'models/sentiment/release.yml']
    expect(parseCriteria(parseYaml(firstCriteria, path), path).problems).toEqual([])
    expect(parseManifest(parseYaml(firstManifest, other), other).problems).toEqual([])
  })

  test('criteria', () => {
    const path = '.gonogo/criteria/sentiment.yml'
    expect(parseCriteria(parseYaml(criteria, path), path).problems).toEqual([])
  })

  test('floor', () => {
    expect(parseFloor(parseYaml(floor, '.gonogo/floor.yml'), '.gonogo/floor.yml').problems).toEqual([])
  })

  test('manifest', () => {
    const path = 'models/sentiment/release.yml'
    expect(parseManifest(parseYaml(manifest, path), path).problems).toEqual([])
  })

  test('training record', () => {
    const { format, reading } = readEvidence(Buffer.from(record), 'training-record.yml', 'x')
    expect(format).toBe('training-record')
    expect(reading.problems).toEqual([])
  })

  test('test report', () => {
    const { reading } = readEvidence(Buffer.from(report), 'report.yml', 'x')
    expect(reading.problems).toEqual([])
    expect(reading.records).toMatchObject([
      { record: 'test-report', owner: 'given', signs: [{}], signers: [{}, {}] },
    ])
  })

  test('a part of an index of Annex IV', () => {
    const { reading } = readEvidence(Buffer.from(index), 'annex-iv.yml', 'x')
    expect(reading.problems).toEqual([])
    expect(reading.records).toMatchObject([
      {
        record: 'annex-iv',
        answered: { '5_risks': { kind: 'section' }, '2g_testing': {}, '1f_product': {} },
      },
    ])
  })

  test('record of human oversight', () => {
    const { format, reading } = readEvidence(Buffer.from(written), 'oversight.yml', 'x')
    expect(format).toBe('written-record')
    expect(reading.problems).toEqual([])
    expect(reading.records).toMatchObject([{ record: 'human-oversight', owner: 'given', failing: [] }])
    const open = Object.values(reading.records[0]?.kind === 'written' ? reading.records[0].fields : {})
    expect(new Set(open)).toEqual(new Set(['given', 'missing']))
  })
})
