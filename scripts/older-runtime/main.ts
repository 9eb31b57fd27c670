// npm run check:older-runtime: files of every form that the studio writes, on its own LiteRT and on an older
// TFLite runtime that a Python named by POCKETLENS_PYTHON has; one JSON document on stdout. Ends with 1
// where nothing could be checked, or the older runtime refused a form or answered something else: an old
// runtime may accept a file and compute nonsense.
import { writeTflite } from '../../src/main/engine/graph/write-tflite';
import { decodeOutput } from '../../src/main/engine/runtime/decode-output';
import { createInputEncoder } from '../../src/main/engine/runtime/encode-input';
import type { Runtime } from '../../src/main/engine/runtime/runtime';
import { createWasmRuntime } from '../../src/main/engine/runtime/wasm-runtime';
import { answersOf, type Form, makeForms } from '../bench/model-forms';
import { fail } from '../lib/run.mjs';
import { checkedModels } from './checked-models';
import { type AnswerDifference, compareAnswers } from './compare-answers';
import { findOlderRuntime, type OlderRuntime } from './older-runtime';

/** Int8 kernels round differently from release to release; what computes nonsense agrees by chance only. */
const leastAgreement = 0.9;

type FormReport = { loads: false; refused: string } | ({ loads: true } & AnswerDifference);

const older = await findOlderRuntime(process.env.POCKETLENS_PYTHON ?? 'python3');
if (typeof older === 'string') fail(older);
else {
  const own = await createWasmRuntime();
  const models = await checkEach(own, older);
  const report = { own: own.name, older: older.name, python: older.python, models };
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  await own.dispose();
  const all = models.flatMap(({ forms }) => Object.values(forms));
  if (!all.every(isSound)) process.exitCode = 1;
}

function isSound(form: FormReport): boolean {
  return form.loads && form.sameTop1 >= leastAgreement * form.of;
}

async function checkEach(own: Runtime, other: OlderRuntime) {
  const reports: { name: string; pictures: number; forms: Record<string, FormReport> }[] = [];
  for (const { name, float, pictures } of await checkedModels(own)) {
    const forms: Record<string, FormReport> = {};
    for (const [mode, form] of Object.entries(
      await makeForms(float, pictures, own, { rules: ['min-max'] }),
    )) {
      forms[mode] = await checkForm(form, pictures, own, other);
    }
    reports.push({ name, pictures: pictures.length, forms });
  }
  return reports;
}

async function checkForm(
  form: Form,
  pictures: readonly Uint8Array[],
  own: Runtime,
  other: OlderRuntime,
): Promise<FormReport> {
  const { contract, graph } = form;
  const encode = createInputEncoder(contract);
  const there = await other.run(writeTflite(graph), pictures.map(encode));
  if ('refused' in there) return { loads: false, refused: there.refused };
  const StoredArray = contract.output.type === 'float32' ? Float32Array : Int32Array;
  const decoded = there.answers.map((row) => decodeOutput(StoredArray.from(row), contract.output));
  return { loads: true, ...compareAnswers(await answersOf(form, pictures, own), decoded) };
}
