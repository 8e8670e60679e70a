import { describeExample } from './judged.ts'

describeExample('letters-adapter')
