import {
  type CompanionReading,
  companionContractSchema,
  companionGoldenSchema,
  companionManifestSchema,
  companionRequestSchema,
  readCompanionMessage,
} from '../../src/shared/domain/companion-protocol';
import { precisionSchema } from '../../src/shared/domain/model';

const schemas = {
  manifest: companionManifestSchema,
  contract: companionContractSchema,
  golden: companionGoldenSchema,
  request: companionRequestSchema,
} as const;
export type MessageKind = keyof typeof schemas;

export interface VectorMessage {
  kind: MessageKind;
  /** What is changed in a message that is fine. */
  change: string;
  text: string;
  reading: 'fine' | NonNullable<CompanionReading<unknown>['problem']>;
}

type Json = Record<string, unknown>;

type Change = [kind: MessageKind, change: string, edit: (message: Json) => void];

/** Changes to the fields of a message, each with a name. */
const changes: readonly Change[] = [
  ['manifest', 'nothing', () => undefined],
  ['manifest', 'a field nobody knows', set('mood', 'good')],
  ['manifest', 'a newer minor version', set('protocol', { major: 1, minor: 9 })],
  ['manifest', 'a newer major version', set('protocol', { major: 2, minor: 0 })],
  [
    'manifest',
    'a newer major version with other fields',
    (message) => {
      message.protocol = { major: 2, minor: 0 };
      delete message.models;
    },
  ],
  ['manifest', 'no version', set('protocol', undefined)],
  ['manifest', 'no models', set('models', [])],
  ['manifest', 'an active model in capitals', set('active', 'A'.repeat(64))],
  ['manifest', 'a file outside the folder', editModel('file', '../escape.tflite')],
  ['manifest', 'an absolute file', editModel('contract', '/etc/contract.json')],
  ['manifest', 'an unknown precision', editModel('precision', 'int3')],
  ['manifest', 'a size that is no number', editModel('bytes', '4000')],
  ['contract', 'nothing', () => undefined],
  ...precisionSchema.options.map(
    (precision): Change => ['contract', `the precision ${precision}`, set('precision', precision)],
  ),
  ['contract', 'another order of channels', editPreprocessing('channelOrder', 'BGR')],
  ['contract', 'another way to resize', editPreprocessing('resize', 'nearest')],
  ['contract', 'a crop of more than all', editPreprocessing('cropFraction', 1.5)],
  ['contract', 'a deviation of zero', editPreprocessing('std', [1, 0, 1])],
  ['contract', 'two means', editPreprocessing('mean', [1, 2])],
  ['contract', 'half a pixel of width', editPreprocessing('width', 8.5)],
  ['contract', 'a newer preprocessing', editPreprocessing('version', 2)],
  ['contract', 'an int8 input without scale', editPreprocessing('input', { type: 'int8' })],
  ['golden', 'nothing', () => undefined],
  ['golden', 'a bound of zero', set('bound', 0)],
  ['golden', 'no photos', set('photos', [])],
  ['request', 'nothing', () => undefined],
  ['request', 'a name that leads elsewhere', set('id', '../up')],
  ['request', 'no models', set('models', [])],
];

/** Messages that are fine and such that are not, with what the studio's own reader says of them. */
export function vectorMessages(fine: Record<MessageKind, string>): VectorMessage[] {
  const told = changes.map(([kind, change, edit]): VectorMessage => {
    const message = JSON.parse(fine[kind]) as Json;
    edit(message);
    return describe(kind, change, JSON.stringify(message));
  });
  const half = fine.manifest.slice(0, fine.manifest.length / 2);
  return [...told, describe('manifest', 'half a file', half), describe('manifest', 'a list', '[]')];
}

function describe(kind: MessageKind, change: string, text: string): VectorMessage {
  return {
    kind,
    change,
    text,
    reading: readCompanionMessage(schemas[kind], text).problem ?? 'fine',
  };
}

function editModel(field: string, value: unknown) {
  return (message: Json) => {
    const [first, ...others] = message.models as Json[];
    message.models = [{ ...first, [field]: value }, ...others];
  };
}

function editPreprocessing(field: string, value: unknown) {
  return (message: Json) => {
    message.preprocessing = { ...(message.preprocessing as Json), [field]: value };
  };
}

function set(field: string, value: unknown) {
  return (message: Json) => {
    message[field] = value;
  };
}
