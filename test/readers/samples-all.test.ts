import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { expect, test } from 'vitest'
import { PLAIN, readEvidence } from '../../src/readers/index.ts'

const SAMPLES = new URL('../../../shared/samples/', import.meta.url)

/** Which reader claims which file; whatever is not here no tool's reader claims. */
const CLAIMED: Readonly<Record<string, readonly string[]>> = {
  aequitas: ['fairness/aequitas-expected_output_bias_test_1.csv'],
  aif360: ['aif360/json_explainers.german.json'],
  'amlb-results': ['autogluon_automl/amlb-results_small-2c1h.csv'],
  attestation: [
    'github-attestations/bundle-missing-cert.jsonl',
    'github-attestations/missing-verification-material.jsonl',
    'github-attestations/reusable-workflow.sigstore.json',
    'github-attestations/sigstore-js-2.1.0-bundle.json',
    'intoto-slsa/github-attest-bcr-MODULE.bazel.jsonl',
    'intoto-slsa/slsa-prov-v02-gha-generic.bundle03.jsonl',
    'intoto-slsa/slsa-prov-v1-gcb-startedOn.json',
    'intoto-slsa/slsa-prov-v1-gha-container.sigstore.json',
    'intoto-slsa/slsa-prov-v1.raw-statement.json',
    'intoto-slsa/test-result-v0.1.dsse.json',
    'intoto-slsa/test-result-v0.1.statement.json',
    'intoto-slsa/vsa-v1-gke-bcid.dsse.jsonl',
    'intoto-slsa/vulns-v0.2.statement.json',
    'oms-model-signing/spec-invalid-missing-envelope.bundle.json',
    'oms-model-signing/spec-invalid-missing-verification-material.bundle.json',
    'oms-model-signing/spec-valid-certificate.bundle.json',
    'oms-model-signing/spec-valid-key.bundle.json',
    'oms-model-signing/spec-valid-sigstore.bundle.json',
    'oms-model-signing/v0.3.1-elliptic-key.model.sig',
    'oms-model-signing/v1.0.0-sigstore.model.sig',
    'oms-model-signing/v1.1.0-elliptic-key.model.sig',
    'oms-model-signing/v1.1.0-sigstore.model.sig',
    'sigstore-bundles/dsse-invalid-sig_fail.sigstore.json',
    'sigstore-bundles/intoto-expired-certificate_fail.sigstore.json',
    'sigstore-bundles/managed-key-happy-path.sigstore.json',
    'sigstore-bundles/rekor2-dsse-happy-path.sigstore.json',
  ],
  autoattack: ['robustness/autoattack-log-carmon2019.txt'],
  avid: [
    'avid_giskard/AVID-2022-R0001.json',
    'avid_giskard/AVID-2022-R0003.json',
    'avid_giskard/AVID-2026-R0125.json',
  ],
  conda: ['reproducibility/mslearn.conda.yaml', 'reproducibility/mslearn.python_env.yaml'],
  croissant: [
    'croissant/NEG-1.0-distribution_bad_type.json',
    'croissant/NEG-1.0-metadata_bad_type.json',
    'croissant/NEG-1.0-mlfield_missing_source.json',
    'croissant/bigcode-the-stack-1.0.json',
    'croissant/coco2014-mini-1.0.json',
    'croissant/commoncrawl-1.1-draft.json',
    'croissant/data_provenance_initiative-1.1.json',
    'croissant/dices-350-1.0.json',
    'croissant/titanic-1.0.json',
  ],
  cyclonedx: [
    'compliance-catalogs/nist-ssdf-1.1.cdx.json',
    'cyclonedx-mlbom/valid-attestation-1.6.json',
    'cyclonedx-mlbom/valid-machine-learning-1.5.json',
    'cyclonedx-mlbom/valid-machine-learning-1.6.json',
    'cyclonedx-mlbom/valid-ml-considerations-env-1.6.json',
  ],
  'data-provenance': [
    'data-provenance-standards/instance-strict-optional-1.json',
    'data-provenance-standards/instance-strict-required-1.json',
  ],
  'dp-sgd': ['privacy/opacus-dp_results.json', 'privacy/tf_privacy-mnist_dpsgd-log.txt'],
  fairlearn: ['fairness/bias-mirror-fairness_metrics.json'],
  garak: [
    'garak/qual_review_shuffled.report.jsonl',
    'garak/trustyai-simplified-fixture.jsonl',
    'garak/v0.13.0-test.report.jsonl',
    'garak/v0.14-agg-duplicate-keys.report.jsonl',
    'garak/v0.14-test_with_ci.report.jsonl',
  ],
  'garak-digest': ['garak/v0.14-tbsa_digest_0.json', 'garak/v0.15.2-extracted_digest.trim.json'],
  'great-expectations': [
    'great_expectations/ValidationOperatorResult_multiple.json',
    'great_expectations/titanic_validate_results.json',
  ],
  helm: [
    'helm/hellaswag-pythia1b.run_spec.json',
    'helm/hellaswag-pythia1b.stats.json',
    'helm/mmlu-philosophy-gpt2.per_instance_stats.json',
    'helm/narrativeqa-gpt2.run_spec.json',
    'helm/narrativeqa-gpt2.stats.json',
  ],
  'hf-model-index': [
    'hf_model_card/hubtest-sample_invalid_model_index.md',
    'hf_model_card/hubtest-sample_simple_model_index.md',
    'model-cards/hf-sample_invalid_model_index.md',
    'model-cards/hf-sample_simple_model_index.md',
  ],
  inspect_ai: [
    'inspect_ai/2024-08-popularity.json',
    'inspect_ai/2024-11-input-task.json',
    'inspect_ai/2025-02-popularity.eval',
    'inspect_ai/2025-05-popularity.json',
    'inspect_ai/2025-05-security-guide.json',
    'inspect_ai/eee-llm-scoring.json',
    'inspect_ai/eee-pubmedqa-gpt4o-mini.json',
    'inspect_ai/log_formats.eval',
    'inspect_ai/log_formats.json',
  ],
  jailbreakbench: ['jailbreakbench/test-artifact.vicuna.json'],
  'lm-eval': [
    'lm_eval/bigscience-fork-winobias-6.9b-listresults.json',
    'lm_eval/v0.2-pythia-v0-410m-step71500-gptneox.json',
    'lm_eval/v0.2-test-arc_challenge-v0-res.json',
    'lm_eval/v0.3-pythia-12b-step1000-zeroshot.json',
    'lm_eval/v0.3-test-arc_challenge-v2.0-res.json',
  ],
  mlflow: ['mlflow/v2-metric.f2_cv_mean', 'mlflow/v2-metric.f2_cv_std'],
  mlmodel: ['mlflow/v1.30.1-MLmodel', 'mlflow/v2.21.3-MLmodel', 'reproducibility/mslearn.MLmodel'],
  'mlperf-accuracy': ['robustness/mlperf-v0.5-accuracy_accuracy.txt'],
  'model-card-toolkit': [
    'model-cards/mct-cats_vs_dogs_v0_0_2.json',
    'model-cards/mct-full.json',
    'model_card_toolkit/cats_vs_dogs_v0_0_1.json',
    'model_card_toolkit/full.json',
  ],
  'openai-evals': ['openai_evals/test-match.autogpt.jsonl'],
  'pip-requirements': ['reproducibility/mslearn.requirements.txt', 'reproducibility/requirements-hashed.txt'],
  'privacy-meter': ['privacy/ml_privacy_meter-audit_dp.log'],
  promptfoo: ['promptfoo/defectdojo-many_findings.json', 'promptfoo/empty-results.json'],
  ragas: ['ragas/finance.ragas_results.json'],
  robustbench: [
    'robustness/robustbench-cifar10-L2-Rebuffi2021Fixing_70_16_cutmix_ddpm.json',
    'robustness/robustbench-cifar10-Linf-Amini2024MeanSparse_Ra_WRN_70_16.json',
    'robustness/robustbench-cifar10-Linf-Carmon2019Unlabeled.json',
    'robustness/robustbench-cifar10-corruptions-Diffenderfer2021Winning_LRR.json',
    'robustness/robustbench-cifar10-corruptions-Kireev2021Effectiveness_Gauss50percent.json',
  ],
  'oscal-assessment-results': ['oscal/ar-ifa.json'],
  'sagemaker-clarify': ['sagemaker_clarify/bias_1.analysis.json'],
  'sagemaker-model-card': ['sagemaker_evaluation/modelcard-generic-evaluation.json'],
  'sagemaker-model-quality': [
    'sagemaker_evaluation/model-quality-binary.doc.json',
    'sagemaker_evaluation/model-quality-regression.doc.json',
  ],
  sarif: ['model-scanning/sarif-suppressions.sarif', 'model-scanning/trivy-alpine-310.sarif'],
  spdx3: ['spdx3-ai/ai-example02-sentiment.spdx3.json'],
  textattack: [
    'robustness/textattack-csv_attack_log.csv',
    'robustness/textattack-run_attack_deepwordbug_bert_snli_10.txt',
    'robustness/textattack-run_attack_transformers_datasets_adv_metrics.txt',
    'robustness/textattack-txt_attack_log.txt',
  ],
  'timm-results': [
    'robustness/timm-results-imagenet-a.csv',
    'robustness/timm-results-imagenet.csv',
    'robustness/timm-results-sketch.csv',
  ],
  'vertex-evaluation': ['vertex_ai/classification-eval-metrics.json'],
}

test.skipIf(!existsSync(SAMPLES))(
  'each file of a tool is claimed by its reader, and no other file by any',
  () => {
    const plain = [...PLAIN.map(({ format }) => format), 'markdown']
    const found = new Map<string, string[]>()
    for (const path of readdirSync(SAMPLES, { recursive: true, encoding: 'utf8' }).toSorted()) {
      const url = new URL(path, SAMPLES)
      if (!statSync(url).isFile()) continue
      const { format, reading } = readEvidence(readFileSync(url), path, 'f00d')
      // What is claimed by nobody is told why.
      if (format === undefined) expect(reading.problems, path).not.toEqual([])
      else if (!plain.includes(format)) found.set(format, [...(found.get(format) ?? []), path])
    }

    const sorted = (table: Readonly<Record<string, readonly string[]>>) =>
      Object.fromEntries(Object.entries(table).map(([format, paths]) => [format, paths.toSorted()]))
    expect(sorted(Object.fromEntries(found))).toEqual(sorted(CLAIMED))
  },
)
