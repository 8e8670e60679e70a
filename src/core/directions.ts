import { meaningOf } from './meanings.ts'

/** Words of metrics of which less is better. */
const LESS =
  /(?:^|_)(?:error|errors|loss|false|fail|failed|failure|failures|difference|diff|gap|distance|divergence|perplexity|mae|mse|rmse|mape|wer|cer|ter|brier|ece|drift|toxicity|toxic|unexpected|missing|vulnerable|epsilon|advantage|leak|leaks|leakage|memorisation|memorization|hallucination|bias)(?:_|$)/

/** Words of metrics of which more is better; `ratio` of gaps, where 1 is no gap. */
const MORE =
  /(?:^|_)(?:accuracy|acc|precision|recall|sensitivity|specificity|f1|f2|fbeta|auc|auroc|auprc|average_precision|map|ndcg|mrr|match|r2|bleu|rouge|meteor|mcc|kappa|iou|dice|ratio|impact|pass_rate)(?:_|$)/

/** Whether a good model has more or less of a metric, as far as its meaning or its name tells. */
export function betterOf(metric: string): 'more' | 'less' | undefined {
  switch (meaningOf(metric)) {
    case 'attack':
    case 'membership':
    case 'budget':
      return 'less'
    case 'robust':
      return 'more'
    default: {
      const words = metric.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_')
      return LESS.test(words) ? 'less' : MORE.test(words) ? 'more' : undefined
    }
  }
}
