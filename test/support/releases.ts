import { demoFile, demoWeights } from '../../src/demo/files.ts'
import type { StandIn } from '../../src/demo/stand-in.ts'

/** Criteria on the default branch and a training after them, whose commit it gives. */
export async function pushCriteria(github: StandIn, repo = github.repo): Promise<string> {
  const add = (path: string, file: string) =>
    github.commit({ repo, branch: 'main', message: path, files: { [path]: demoFile(file) } })
  await add('.gonogo/criteria/sentiment.yml', 'criteria.yml')
  return await add('train.py', 'train.py')
}

/** A release on a branch of its own, or on one that is there; gives its commit. */
export async function pushRelease(
  github: StandIn,
  training: string,
  index: number,
  {
    repo = github.repo,
    branch = `release-${index}`,
    report = 'report.json',
  }: { readonly repo?: string; readonly branch?: string; readonly report?: string } = {},
): Promise<string> {
  const weights = demoWeights(index)
  const values = {
    today: new Date().toISOString().slice(0, 10),
    training,
    version: `1.0.${index}`,
    sha256: weights.sha256,
    evidence: '[report.json, training-record.yml, { path: MODEL_CARD.md, document: model-card }]',
  }
  const files = {
    'release.yml': demoFile('release.yml', values),
    'model.safetensors': weights.bytes,
    'report.json': demoFile(report),
    'MODEL_CARD.md': demoFile('MODEL_CARD.md'),
    'training-record.yml': demoFile('training-record.yml', values),
  }
  return await github.commit({
    repo,
    branch,
    from: 'main',
    message: `Release ${values.version}`,
    files: Object.fromEntries(
      Object.entries(files).map(([name, content]) => [`models/sentiment/${name}`, content]),
    ),
  })
}
