import { lookup as resolve } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/** What is asked to be fetched lies where nothing is fetched from. */
export class ElsewhereError extends Error {
  readonly host: string
  constructor(host: string) {
    super('an address is one that nothing is fetched from')
    this.name = 'ElsewhereError'
    this.host = host
  }
}

/** The machine itself and networks that are somebody's own; a GitHub of one's own may be there. */
const PRIVATE = listOf(
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['::1', 128],
  ['fc00::', 7],
)

/**
 * What no server of files is at: this network, link-local with the metadata of clouds, tests, multicast, and IPv6 that
 * stands for an IPv4 address, which may be any of them. IANA, "Special-Purpose Address Registries".
 */
const NEVER = listOf(
  ['0.0.0.0', 8],
  ['169.254.0.0', 16],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['::', 128],
  ['::ffff:0:0', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 32],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
)

function listOf(...subnets: readonly (readonly [string, number])[]): readonly BlockList[] {
  // One list for each family: Node holds an IPv4 address that is written as IPv6 to the rules of both.
  return [4, 6].map((family) => {
    const list = new BlockList()
    for (const [net, prefix] of subnets)
      if (isIP(net) === family) list.addSubnet(net, prefix, family === 4 ? 'ipv4' : 'ipv6')
    return list
  })
}

function isIn([four, six]: readonly BlockList[], address: string): boolean {
  return isIP(address) === 4 ? four?.check(address, 'ipv4') === true : six?.check(address, 'ipv6') === true
}

/** Whether something may be fetched from an address; `own` where it is GitHub's own host. */
export function mayFetchFrom(address: string, own: boolean): boolean {
  if (isIP(address) === 0 || isIn(NEVER, address)) return false
  return own || !isIn(PRIVATE, address)
}

/**
 * An address of another host that GitHub gives, before a name is looked up: over https, without a password, and no
 * number of a network where nothing is fetched from. Plain http only of the host of a GitHub that is asked by it.
 * Throws ElsewhereError.
 */
export function foreignAddress(href: string, web: string): { readonly url: URL; readonly own: boolean } {
  if (!URL.canParse(href)) throw new ElsewhereError('an address that is none')
  const [url, github] = [new URL(href), new URL(web)]
  const own = url.hostname === github.hostname || url.hostname.endsWith(`.${github.hostname}`)
  const plain = own && github.protocol === 'http:' && url.protocol === 'http:'
  const literal = url.hostname.replace(/^\[|\]$/g, '')
  const isFine = url.protocol === 'https:' || plain
  if (!isFine || url.username !== '' || url.password !== '') throw new ElsewhereError(url.host)
  if (isIP(literal) !== 0 && !mayFetchFrom(literal, own)) throw new ElsewhereError(url.host)
  return { url, own }
}

/** Looks a name up and gives none of its addresses where one is of a network that nothing is fetched from. */
export function guardedLookup(own: boolean, lookup: LookupFunction = resolve): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      const all = Array.isArray(found) ? found : []
      const [first] = all
      if (error !== null) callback(error, '', 0)
      else if (first === undefined || all.some(({ address }) => !mayFetchFrom(address, own)))
        callback(new ElsewhereError(hostname), '', 0)
      else if (options.all) callback(null, all)
      else callback(null, first.address, first.family)
    })
  }
}
