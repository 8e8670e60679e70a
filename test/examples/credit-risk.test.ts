import { describeExample } from './judged.ts'

describeExample('credit-risk')
