import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createWasmRuntime } from '../../../../src/main/engine/runtime/wasm-runtime';
import type { Runtime } from '../../../../src/main/engine/runtime/runtime';
import type { ModelFile } from '../../../../src/main/services/deploy/phones/push-plan';
import { topAnswer } from '../../../../src/shared/domain/comparison-math';
import type { CompanionResult } from '../../../../src/shared/domain/companion-protocol';
import type { IoType, Precision } from '../../../../src/shared/domain/model';
import { answersHere } from '../../../bench/page-models';
import { answerRequests } from './answer-requests';
import { makePhoneForms } from './phone-forms';
import { preparePhoneLibrary } from './phone-library';
import { pushInto, resultIn } from './pushed-folder';
import { writeSamePixels } from './same-pixels';
import { chooseSubject, type Subject, type SubjectPhoto } from './subject';

/** How a phone's answers with one model compare with the desktop's. */
export interface LibraryFigures {
  precision: Precision;
  io: IoType;
  photos: number;
  /** Photos for which every probability is the very same number. */
  identical: number;
  sameTop: number;
  /** Largest difference of a probability. */
  largest: number;
  /** Of the desktop's answers, so that a model that says the same of everything shows. */
  rightHere: number;
}

export interface LibraryComparison {
  /** What the phone's library calls itself. */
  runtime: string;
  source: string;
  /** Whether the model knows what the photos show. */
  isTrained: boolean;
  /** Prepared from files that leave nothing to round: what is different is the library. */
  samePixels: LibraryFigures[];
  /** The same, of forms that are slow or near to others, on a photo a label. */
  otherForms: LibraryFigures[];
  /** The photos as they are, decoded by Java and scaled by the app. */
  wholeWay: LibraryFigures[];
}

const asked = 50;
/** Slow on phones, or near to others: asked about few photos. */
const rare = ['int8 int8', 'int8 float32', 'int8-weights float32', 'int16x8 float32'];
const few = 7;
const pushed = ['float32 float32', 'int8 uint8'];

/**
 * Answers of the phone's own TensorFlow Lite library, run by the app's own code in this machine's Java, beside
 * those of the studio. @param android `companions/android`. @param scratch an empty folder.
 * @throws Error when something can't be downloaded or built, with the tool's words.
 */
export async function compareLibrary(android: string, scratch: string): Promise<LibraryComparison> {
  const library = await preparePhoneLibrary(android, scratch);
  const subject = await chooseSubject(join(scratch, 'drawn'), asked);
  const runtime = await createWasmRuntime();
  try {
    const models = await makePhoneForms(scratch, subject, runtime);
    const same = await inSamePixels(subject, join(scratch, 'same-pixels'));
    const folder = join(scratch, 'pushed');
    const named = (names: readonly string[], isIn = true) =>
      models.filter(
        ({ model: { precision, io } }) => names.includes(`${precision} ${io}`) === isIn,
      );
    const questions = {
      samePixels: { models: named(rare, false), photos: same },
      otherForms: { models: named(rare), photos: same.slice(0, few) },
      wholeWay: { models: named(pushed), photos: subject.asked },
    };
    for (const [id, question] of Object.entries(questions)) {
      const paths = question.photos.map(({ path }) => path);
      await pushInto(folder, id, question.models, paths);
    }
    await answerRequests(android, library, folder, scratch);
    const figuresOf = async (id: keyof typeof questions) =>
      compare(questions[id], await resultIn(folder, id), runtime);
    return {
      runtime: (await resultIn(folder, 'samePixels')).runs[0]?.runtime ?? '',
      source: subject.source,
      isTrained: subject.isTrained,
      samePixels: await figuresOf('samePixels'),
      otherForms: await figuresOf('otherForms'),
      wholeWay: await figuresOf('wholeWay'),
    };
  } finally {
    await runtime.dispose();
  }
}

async function inSamePixels({ asked: photos, contract }: Subject, folder: string) {
  await mkdir(folder);
  return Promise.all(
    photos.map(async ({ path, labelIndex }, index): Promise<SubjectPhoto> => {
      const file = join(folder, `${index}.png`);
      await writeSamePixels(path, contract, file);
      return { path: file, labelIndex };
    }),
  );
}

async function compare(
  { models, photos }: { models: readonly ModelFile[]; photos: readonly SubjectPhoto[] },
  result: CompanionResult,
  runtime: Runtime,
): Promise<LibraryFigures[]> {
  const figures: LibraryFigures[] = [];
  for (const file of models) {
    const { sha256, precision, io } = file.model;
    const run = result.runs.find(({ model }) => model === sha256);
    if (run?.problem !== undefined || run?.answers.length !== photos.length) {
      throw new Error(
        `The phone did not answer with ${precision}: ${run?.problem ?? 'no answers'}`,
      );
    }
    const here = await answersHere(file, photos, runtime);
    const rows = run.answers.map(({ probabilities = [], problem }, row) => {
      const desktop = here[row] ?? new Float32Array();
      if (probabilities.length !== desktop.length) throw new Error(problem ?? 'Too few answers');
      return { desktop, phone: probabilities, truth: photos[row]?.labelIndex };
    });
    const differences = rows.map(({ desktop, phone }) =>
      Math.max(...phone.map((value, label) => Math.abs(value - (desktop[label] ?? 0)))),
    );
    figures.push({
      precision,
      io,
      photos: rows.length,
      identical: differences.filter((difference) => difference === 0).length,
      sameTop: rows.filter(({ desktop, phone }) => topAnswer(desktop) === topAnswer(phone)).length,
      largest: Math.max(...differences),
      rightHere: rows.filter(({ desktop, truth }) => topAnswer(desktop) === truth).length,
    });
  }
  return figures;
}

/** The figures for people, a line each. */
export function describeLibrary({ runtime, source, ...figures }: LibraryComparison): string[] {
  const line = ({ precision, io, photos, identical, sameTop, largest }: LibraryFigures) =>
    `${precision}, ${io} in and out: ${identical} of ${photos} identical, ` +
    `${sameTop} with the same first label, largest difference ${largest.toPrecision(2)}`;
  return [
    `${runtime} for Android, run by the app’s own code, beside this computer’s answers (${source}):`,
    ...[...figures.samePixels, ...figures.otherForms].map(line),
    'The same from the photos’ files, decoded by Java and scaled by the app:',
    ...figures.wholeWay.map(line),
  ];
}
