import { describeExample } from './judged.ts'

describeExample('claims-assistant')
