import { existsSync, readdirSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { writeExample } from '../support/example-clone.ts'
import { exampleNames, movedTo, readExample } from '../support/example-folder.ts'

const [name, folder] = process.argv.slice(2)
if (name === undefined || folder === undefined || !exampleNames().includes(name)) {
  console.error(`npm run example NAME FOLDER, where NAME is one of: ${exampleNames().join(', ')}`)
  process.exitCode = 3
} else if (existsSync(folder) && (!statSync(folder).isDirectory() || readdirSync(folder).length > 0)) {
  console.error(`${folder} is there already: name a folder that is new or empty`)
  process.exitCode = 3
} else {
  const words = writeExample(movedTo(readExample(name), new Date()), resolve(folder))
  console.log(`npx gonogo ${words.join(' ')}`)
}
