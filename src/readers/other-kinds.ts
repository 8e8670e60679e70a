import type { Content } from '../text/content.ts'
import { rootTag } from '../text/xml.ts'
import { type Fields, isFields } from './narrow.ts'

/**
 * Files that are known and measure nothing. Some have numbers all the same, which the plain reader would take for
 * results. By what each format's own specification asks to be there.
 */
const OTHERS: readonly { readonly what: string; readonly is: (file: Fields) => boolean }[] = [
  {
    what: 'a JSON Schema',
    is: ({ $schema, $id, properties, $defs, definitions }) =>
      isText($schema, /json-schema\.org/) &&
      [properties, $defs, definitions, $id].some((one) => one !== undefined),
  },
  { what: 'a notebook', is: ({ nbformat, cells }) => typeof nbformat === 'number' && Array.isArray(cells) },
  {
    what: 'an SPDX document',
    is: (file) => isText(file.spdxVersion, /^SPDX-/) || isText(file['@context'], /spdx\.org\/rdf\/3/),
  },
  {
    what: 'a SARIF log',
    is: ({ runs, version, $schema }) =>
      Array.isArray(runs) && isText(version, /^2\./) && (isText($schema, /sarif/i) || runs.every(hasTool)),
  },
  {
    what: 'a trusted root of Sigstore',
    is: ({ mediaType }) => isText(mediaType, /dev\.sigstore\.trustedroot/),
  },
  {
    what: 'a Croissant description of a dataset',
    is: (file) =>
      file['@context'] !== undefined &&
      (isText(file['@type'], /\bDataset$/) ||
        Array.isArray(file.distribution) ||
        Array.isArray(file.recordSet)),
  },
  {
    what: 'an OSCAL document of controls and what implements them, and no assessment results',
    is: (file) => OSCAL.some((model) => isFields(file[model]) && isText(versionOf(file[model]), /^\d/)),
  },
  {
    what: 'a report of Trivy as JSON, which is read as SARIF only',
    is: ({ SchemaVersion, ArtifactName, ArtifactType, Results }) =>
      typeof SchemaVersion === 'number' &&
      isText(ArtifactName, /./) &&
      (Array.isArray(Results) || isText(ArtifactType, /./)),
  },
  {
    what: 'a report of Grype as JSON, which is read as SARIF only',
    is: ({ matches, source, descriptor }) =>
      Array.isArray(matches) &&
      isFields(source) &&
      isFields(descriptor) &&
      isText(descriptor.name, /^grype$/),
  },
  {
    what: 'what Google Cloud Build says of provenance without the signed envelopes',
    is: ({ provenance_summary: summary }) => isFields(summary) && Array.isArray(summary.provenance),
  },
]

/** Files that gonogo itself asks people to write, by the keys that each has; all say the version of their format. */
const OWN: readonly { readonly what: string; readonly keys: readonly string[] }[] = [
  { what: 'a criteria file of gonogo', keys: ['criteria', 'retired', 'risk'] },
  { what: 'a manifest of gonogo', keys: ['weights', 'service'] },
  { what: 'a floor of gonogo', keys: ['enforcement', 'unlisted', 'approvals', 'models'] },
]

/** Which of gonogo's own files this is; undefined for any other, and for records, which are evidence. */
function ownKind(value: Fields): string | undefined {
  if (value.gonogo !== 1 || 'record' in value || 'facts' in value) return undefined
  // A floor may have criteria, and no model of its own.
  const named = 'model' in value ? OWN.slice(0, 2) : OWN.slice(2)
  return named.find(({ keys }) => keys.some((key) => Object.hasOwn(value, key)))?.what
}

/** The models of OSCAL that are no results, https://pages.nist.gov/OSCAL/resources/concepts/layer/. */
const OSCAL = [
  ...['catalog', 'profile', 'mapping-collection', 'component-definition', 'system-security-plan'],
  ...['assessment-plan', 'plan-of-action-and-milestones'],
]

function versionOf(model: unknown): unknown {
  return isFields(model) && isFields(model.metadata) ? model.metadata['oscal-version'] : undefined
}

/** Its summary, on lines of their own. */
const PICKLESCAN = /^-{5,20} SCAN SUMMARY -{5,20}\r?\nScanned files: \d{1,9}\r?$/m

/** What a file is that measures nothing, and whether it is one of gonogo's `own`; undefined for any other. */
export function otherKind(content: Content): { readonly what: string; readonly own?: true } | undefined {
  if (content.kind === 'text' && PICKLESCAN.test(content.text))
    return { what: 'what picklescan prints, which names none of the clean files that it scanned' }
  if (content.kind !== 'data' || !isFields(content.value)) return undefined
  const { value } = content
  const own = ownKind(value)
  if (own !== undefined) return { what: own, own: true }
  const what = OTHERS.find(({ is }) => is(value))?.what
  return what === undefined ? undefined : { what }
}

function isText(value: unknown, pattern: RegExp): boolean {
  return typeof value === 'string' && pattern.test(value.slice(0, 1000))
}

function hasTool(run: unknown): boolean {
  return isFields(run) && isFields(run.tool)
}

/** Whether a file is a bill of materials of CycloneDX as XML: https://cyclonedx.org/docs/latest/xml/. */
export function isXmlBom(content: Content): boolean {
  if (content.kind !== 'xml') return false
  const tag = rootTag(content.text) ?? ''
  return (
    /^<(?:[\w.-]{1,50}:)?bom\s/.test(tag) && /["']http:\/\/cyclonedx\.org\/schema\/bom\/1\.\d["']/.test(tag)
  )
}
