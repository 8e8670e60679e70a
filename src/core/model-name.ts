/**
 * Whether what a tool calls a model is a name of it, never by a part of a word:
 * - the name itself, in any case, as hubs and providers have it; a slash at the end says nothing;
 * - a path on somebody's machine that ends in the name, in whole folders and in the same case;
 * - of a hub id `org/name` the `name` alone, as model cards write it. Another owner's `org/name` is another model.
 */
export function isSameName(found: string, name: string): boolean {
  const [one, other] = [tidy(found), tidy(name)]
  if (one === '' || other === '') return false
  if (bare(one) === bare(other)) return true
  // What an address ends in says nothing of whose it is.
  if (isAddress(one) || isAddress(other)) return false
  if (isPath(one)) return one.endsWith(`/${bare(other)}`)
  if (isPath(other)) return false
  return [other, other.split('/').at(-1)].some((text) => text?.toLowerCase() === one.toLowerCase())
}

function tidy(name: string): string {
  const trimmed = name.trim().replace(/^file:\/\//, '')
  // Windows writes its paths the other way.
  const slashed = /^(?:[A-Za-z]:|\.{0,2})\\/.test(trimmed) ? trimmed.replaceAll('\\', '/') : trimmed
  return slashed.replace(/\/+$/, '')
}

/** A path starts as one, or has more folders than a hub id. */
function isPath(name: string): boolean {
  return /^(?:\/|\.{1,2}\/|~|[A-Za-z]:\/)/.test(name) || name.split('/').length > 2
}

function isAddress(name: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(name)
}

/** A path without its start in the folder where the tool ran. */
function bare(name: string): string {
  return name.replace(/^(?:\.\/)+/, '')
}

const HUB =
  /^(?:(?:https?:\/\/)?(?:www\.)?(?:huggingface\.co|hf\.co)\/(?:api\/)?|hf:\/\/)(?:(?:models|datasets)\/)?/i

/** The id of a hub, `owner/name`, in an address there, with or without its scheme; any other text as it is. */
export function hubIdOf(written: string): string {
  const text = written.trim().replace(/\/+$/, '')
  if (!HUB.test(text)) return text
  const [owner = '', name] = text.replace(HUB, '').split(/[/?#@]/)
  return name === undefined || /^(?:tree|blob|resolve|raw|main)$/.test(name) ? owner : `${owner}/${name}`
}

/** Whether a card or a configuration names this model: as `isSameName`, by an address of its hub, or by one that leads to it. */
export function isNamedBy(found: string, name: string): boolean {
  const [one, other] = [hubIdOf(found), hubIdOf(name)]
  if (isSameName(one, other)) return true
  const path = /^https?:\/\/[^/]{1,300}(\/[^?#]{1,1000})/i.exec(one)?.[1]
  return path !== undefined && `${path}/`.toLowerCase().includes(`/${other.toLowerCase()}/`)
}
