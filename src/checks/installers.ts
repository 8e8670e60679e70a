import type { Package } from '../core/training-evidence.ts'

/** What installs an environment, and the interpreter: with these alone nothing was trained. */
const INSTALLERS: ReadonlySet<string> = new Set([
  ...[
    'pip',
    'pip-tools',
    'setuptools',
    'wheel',
    'conda',
    'conda-lock',
    'mamba',
    'micromamba',
    'uv',
    'poetry',
  ],
  ...['poetry-core', 'pdm', 'pdm-backend', 'pipenv', 'pixi', 'hatch', 'hatchling', 'flit-core', 'virtualenv'],
  ...['python', 'python-abi'],
])

/** Whether a package, by its plain name, only installs others, or is the interpreter. */
export function isInstaller(name: string): boolean {
  return INSTALLERS.has(name)
}

/** Whether anything of a list is more than what installs the rest. */
export function hasPackages(packages: readonly Package[]): boolean {
  return packages.some(({ written }) => !isInstaller(nameIn(written)))
}

/** `pip==24.0`, `pip 24.0`, `conda-forge::pip=24.0=py_0` or `pip-24.0-py_0`, as packages are named everywhere. */
function nameIn(written: string): string {
  const [, name = ''] = /^(?:[\w.-]{1,100}::)?([A-Za-z0-9._-]{1,200})/.exec(written.trim()) ?? []
  return name
    .replace(/-\d.*$/, '')
    .toLowerCase()
    .replaceAll(/[-_.]+/g, '-')
}
