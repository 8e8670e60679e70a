import type { Accepted } from './accepted.ts'

/** Whether nothing of what is shown now is worse than what was accepted; what can't be compared is. */
export function noWorse(now: Accepted, then: Accepted): boolean {
  switch (now.what) {
    case 'value':
      return then.what === 'value' && noWorseValue(now, then)
    case 'samples':
      return (
        then.what === 'samples' &&
        now.samples >= then.samples &&
        now.wanted <= then.wanted &&
        noWorseValue(now.value, then.value)
      )
    case 'missing':
      return then.what === 'missing' && now.asked === then.asked
    case 'lacking':
      return then.what === 'lacking' && now.of === then.of && isWithin(now.items, then.items)
    case 'expired':
      return (
        then.what === 'expired' &&
        now.of === then.of &&
        Date.parse(now.date) >= Date.parse(then.date) &&
        now.limit >= then.limit
      )
    case 'members':
      return (
        then.what === 'members' &&
        now.label === then.label &&
        isWithin(then.found, now.found) &&
        now.short <= then.short &&
        now.members.every(({ member, accepted }) => {
          const before = then.members.find((one) => one.member === member)
          return before !== undefined && noWorse(accepted, before.accepted)
        })
      )
  }
}

type Value = Extract<Accepted, { what: 'value' }>

/** Worse is further from the bound, shown less, or shown to miss what before was only not shown to hold. */
function noWorseValue(now: Value, then: Value): boolean {
  return (
    now.asked === then.asked &&
    JSON.stringify(now.bound) === JSON.stringify(then.bound) &&
    (then.unmet || !now.unmet) &&
    now.off <= then.off &&
    isNoFurther(now, then) &&
    (then.reach === undefined || (now.reach !== undefined && now.reach <= then.reach))
  )
}

/** Of a value that holds its bound too there is a better and a worse, where the bound has a direction. */
function isNoFurther({ bound, value }: Value, then: Value): boolean {
  if (bound.kind === 'at_least') return value >= then.value
  return bound.kind === 'at_most' ? value <= then.value : true
}

function isWithin(some: readonly string[], all: readonly string[]): boolean {
  return some.every((one) => all.includes(one))
}
