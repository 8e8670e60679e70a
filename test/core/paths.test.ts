import { describe, expect, test } from 'vitest'
import {
  criteriaPath,
  isOwn,
  manifestPath,
  modelOfCriteria,
  modelOfManifest,
  resolvePath,
} from '../../src/core/paths.ts'

const MANIFEST = 'models/credit-risk/release.yml'

describe('a path as a manifest writes it', () => {
  test.each<readonly [string, string, string | undefined]>([
    ['beside the manifest', 'metrics.json', 'models/credit-risk/metrics.json'],
    ['in a folder', 'a/b.json', 'models/credit-risk/a/b.json'],
    ['with dots', './a/./b.json', 'models/credit-risk/a/b.json'],
    ['two slashes', 'a//b.json', 'models/credit-risk/a/b.json'],
    ['up, and down again', '../other/b.json', 'models/other/b.json'],
    ['up to the root', '../../b.json', 'b.json'],
    ['a name of dots', '...', 'models/credit-risk/...'],
    ['a slash at the end', 'a/', 'models/credit-risk/a'],
    ['out of the repository', '../../../b.json', undefined],
    ['out, and in again', '../../../models/b.json', undefined],
    ['the root itself', '../..', undefined],
    ['absolute', '/etc/passwd', undefined],
    ['another system', 'C:/b.json', undefined],
    ['another system, relative', 'c:b.json', undefined],
    ['backslashes', '..\\b.json', undefined],
    ['a NUL', 'a\0.json', undefined],
    ['nothing', '', undefined],
  ])('%s', (_, written, expected) => {
    expect(resolvePath(MANIFEST, written)).toBe(expected)
  })
})

describe('the model of a path', () => {
  test.each<readonly [string, string | undefined, string | undefined]>([
    ['.gonogo/criteria/credit-risk.yml', 'credit-risk', undefined],
    ['models/credit-risk/release.yml', undefined, 'credit-risk'],
    [criteriaPath('a'), 'a', undefined],
    [manifestPath('a'), undefined, 'a'],
    [criteriaPath('a'.repeat(64)), 'a'.repeat(64), undefined],
    [criteriaPath('a'.repeat(65)), undefined, undefined],
    ['.gonogo/criteria/credit-risk.yaml', undefined, undefined],
    ['.gonogo/criteria/Credit.yml', undefined, undefined],
    ['.gonogo/criteria/-a.yml', undefined, undefined],
    ['.gonogo/criteria/a.yml\n', undefined, undefined],
    ['.gonogo/criteria/a/b.yml', undefined, undefined],
    ['x/.gonogo/criteria/a.yml', undefined, undefined],
    ['models/a/b/release.yml', undefined, undefined],
    ['x/models/a/release.yml', undefined, undefined],
    ['models/a/Release.yml', undefined, undefined],
    ['models/../release.yml', undefined, undefined],
  ])('%j', (path, criteria, manifest) => {
    expect(modelOfCriteria(path)).toBe(criteria)
    expect(modelOfManifest(path)).toBe(manifest)
  })
})

test.each<readonly [string, boolean]>([
  ['.gonogo/criteria/a.yml', true],
  ['.gonogo/unwatch', true],
  ['.gonogo/floor.yml', true],
  ['.gonogo/model.safetensors', false],
  ['.gonogo/criteria/a.yml/model.pt', false],
  ['.gonogo/unwatch/model.pt', false],
  ['models/a/release.yml', false],
])("gonogo's own file: %s", (path, expected) => {
  expect(isOwn(path)).toBe(expected)
})
