import { describe, expect, test } from 'vitest'
import { ranBy } from '../../src/readers/command.ts'

describe('a command', () => {
  test.each<[unknown, readonly string[]]>([
    ['python train.py', ['train.py']],
    ['python3.12 -u ./src/train.py --lr=0.1 --name "a b" x=[1,2]', ['src/train.py']],
    ["Rscript --vanilla 'fit.R' && bash -e run.sh", ['fit.R', 'run.sh']],
    [
      ['python a.py', 'python b.py'],
      ['a.py', 'b.py'],
    ],
    ['python a.py\npython b.py;\n', ['a.py', 'b.py']],
    ['python train.py --größe=1', ['train.py']],
  ])('%j does nothing but run its scripts', (command, scripts) => {
    expect(ranBy(command)).toEqual({ scripts, simple: true })
  })

  test.each<[unknown]>([
    [undefined],
    [''],
    [[]],
    [['python train.py', 1]],
    [['python train.py', '']],
    ['train.py'],
    ['./train.py'],
    ['python'],
    ['python -m evil'],
    ['python -m train.py'],
    ['python -um evil train.py'],
    ["python -c 'x' train.py"],
    ['python -W train.py evil'],
    ['python -X a train.py'],
    ['python evil train.py'],
    ['python evil.pyz'],
    ['python evil.py,'],
    ['python /tmp/train.py'],
    ['python <evil.py'],
    ['python train.py < evil'],
    ['python train.py > other.py'],
    ['python train.py | evil'],
    ['python train.py || evil'],
    ['python train.py & evil'],
    ['python train.py `evil`'],
    ['python train.py "`evil`"'],
    ['python train.py $(evil)'],
    ['python train.py "$(evil)"'],
    ['python $EVIL train.py'],
    ['python {evil,train}.py'],
    ['python "train.py'],
    ['python train\\.py'],
    ['python ~/train.py'],
    ['PYTHONPATH=evil python train.py'],
    ['cd fork && python train.py'],
    ['python train.py && curl https://evil.example'],
    ['python train.py\ncurl https://evil.example'],
    ['python train.py\rcurl x'],
    ['bash -c train.sh'],
    ['bash -s train.sh'],
    ['Rscript -e train.R'],
    ['./python train.py'],
    ['mpython train.py'],
    ['python2to3 train.py'],
    ['curl train.py'],
    ['conda run python train.py'],
    [`python train.py ${'x '.repeat(5_000)}`],
    [Array.from({ length: 51 }, (_, index) => `python s${index}.py`)],
  ])('%j may run anything', (command) => {
    expect(ranBy(command).simple).toBe(false)
  })

  test('that is long is no burden', () => {
    for (const words of ['a"b"'.repeat(2_400), "'".repeat(9_991), '"a'.repeat(4_990)])
      expect(ranBy(`python ${words}`).simple).toBe(false)
  })
})
