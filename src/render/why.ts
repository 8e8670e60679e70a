import type { Finding } from '../core/finding.ts'
import type { ModelVerdict, Verdict } from '../core/verdict.ts'
import { observedIn } from './facts.ts'
import { count, counted } from './numbers.ts'
import { askedOf, waivedIn, wanting } from './order.ts'
import { problemFact } from './problem-line.ts'
import { joined, listed, quoted, type Sentence, sentence } from './sentence.ts'
import { answerWords } from './words-answers.ts'
import { waiverSentence } from './words-waivers.ts'

/** A model and its version, as the manifest names them. */
export function named({ model, version }: ModelVerdict): Sentence {
  return version === undefined ? [quoted(model)] : sentence`${quoted(model)} ${quoted(version)}`
}

/** Why a model's decision is what it is, in one sentence. */
export function why(model: ModelVerdict): Sentence {
  const asked = askedOf(model).length
  if (model.decision === 'go') {
    const waived = waivedIn(model)
    if (waived.length > 0) {
      const met = `${count(asked - waived.length)} of ${counted(asked, 'criterion', 'criteria')} ${asked === 1 || asked - waived.length === 1 ? 'is' : 'are'} met`
      const accepted = listed(
        waived.map(({ waiver }) => waiverSentence(waiver, waiver.ends)),
        3,
        '; ',
      )
      return sentence`${[met]}, all came before the work (tier ${quoted(model.registration.tier)}), and ${accepted}`
    }
    const all = asked === 1 ? 'the one criterion is' : `all ${counted(asked, 'criterion', 'criteria')} are`
    return sentence`${[all]} met, and came before the work (tier ${quoted(model.registration.tier)})`
  }
  const open = wanting(model)
  const [first] = open
  if (first)
    return sentence`${because(first)}${andMore(open.length - 1, 'more is not met', 'more are not met')}`
  const [problem] = model.problems
  if (problem) {
    const left = andMore(model.problems.length - 1, 'more problem', 'more problems')
    return sentence`${problemFact(problem)}${left}`
  }
  return asked > 0
    ? sentence`nothing shows whether the criteria came before the work`
    : sentence`no blocking criterion was asked of it, so nothing was proved`
}

/** How many models came to what, in one sentence. */
export function tally({ models }: Verdict): Sentence {
  return joined(
    (['no-go', 'undecided', 'go'] as const).flatMap((decision) => {
      const many = models.filter((model) => model.decision === decision).length
      return many === 0 ? [] : [[`${counted(many, 'model')} ${decision}`]]
    }),
  )
}

/** What an answer says, with the criterion's id unless the sentence begins with it anyway. */
function because({ criterion, answer }: Finding): Sentence {
  const { says } = answerWords(answer)
  return observedIn(answer)?.metric === criterion ? says : sentence`${quoted(criterion)}: ${says}`
}

function andMore(left: number, one: string, many: string): Sentence {
  return left > 0 ? [`; ${counted(left, one, many)}`] : []
}
