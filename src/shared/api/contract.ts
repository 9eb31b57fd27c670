import type { z } from 'zod';
import { basesApi, basesEvents } from './bases-api';
import { correctionsApi, correctionsEvents } from './corrections-api';
import { companionPageApi, companionPageEvents } from './companion-page-api';
import { datasetApi, datasetEvents } from './dataset-api';
import { datasetExportApi } from './dataset-export-api';
import { deployApi, deployEvents } from './deploy-api';
import { devicesApi, devicesEvents } from './devices-api';
import { evaluationApi, evaluationEvents } from './evaluation-api';
import { fineTuningApi } from './fine-tuning-api';
import { headTrialsApi } from './head-trials-api';
import { issuesApi, issuesEvents } from './issues-api';
import { jobsApi, jobsEvents } from './jobs-api';
import { mapApi, mapEvents } from './map-api';
import { modelsApi, modelsEvents } from './models-api';
import { phonePhotosApi } from './phone-photos-api';
import { phoneMeasurementsApi, phoneMeasurementsEvents } from './phone-measurements-api';
import { preprocessingApi } from './preprocessing-api';
import { projectsApi, projectsEvents } from './projects-api';
import { quantizationApi } from './quantization-api';
import { similarityApi } from './similarity-api';
import { suggestionsApi, suggestionsEvents } from './suggestions-api';
import { leakApi, leakEvents, splitsApi } from './splits-api';
import { trainingApi, trainingEvents } from './training-api';
import { versionsApi, versionsEvents } from './versions-api';
import { watchedApi, watchedEvents } from './watched-api';

/** Every method there is. Client, server and all three hosts derive from this one record. */
export const contract = {
  ...projectsApi,
  ...devicesApi,
  ...companionPageApi,
  ...datasetApi,
  ...similarityApi,
  ...suggestionsApi,
  ...issuesApi,
  ...mapApi,
  ...versionsApi,
  ...splitsApi,
  ...leakApi,
  ...watchedApi,
  ...correctionsApi,
  ...phonePhotosApi,
  ...trainingApi,
  ...fineTuningApi,
  ...headTrialsApi,
  ...modelsApi,
  ...basesApi,
  ...quantizationApi,
  ...evaluationApi,
  ...preprocessingApi,
  ...deployApi,
  ...phoneMeasurementsApi,
  ...datasetExportApi,
  ...jobsApi,
};

export const events = {
  ...projectsEvents,
  ...devicesEvents,
  ...companionPageEvents,
  ...datasetEvents,
  ...suggestionsEvents,
  ...issuesEvents,
  ...mapEvents,
  ...versionsEvents,
  ...leakEvents,
  ...watchedEvents,
  ...correctionsEvents,
  ...trainingEvents,
  ...modelsEvents,
  ...basesEvents,
  ...evaluationEvents,
  ...deployEvents,
  ...phoneMeasurementsEvents,
  ...jobsEvents,
};

export type Contract = typeof contract;
export type MethodName = keyof Contract;
/** What a caller passes: defaults may be left out. */
export type MethodInput<Name extends MethodName> = z.input<Contract[Name]['input']>;
/** What a handler gets: parsed, defaults filled in. */
export type ParsedInput<Name extends MethodName> = z.output<Contract[Name]['input']>;
export type MethodOutput<Name extends MethodName> = z.output<Contract[Name]['output']>;

export interface CallContext {
  /** Aborted when the caller cancels or its connection closes. */
  signal: AbortSignal;
}

export type Handler<Name extends MethodName> = (
  input: ParsedInput<Name>,
  context: CallContext,
) => MethodOutput<Name> | Promise<MethodOutput<Name>>;

export type Handlers = { [Name in MethodName]: Handler<Name> };
/** The handlers of one feature: `HandlersOf<typeof datasetApi>`. */
export type HandlersOf<Api> = { [Name in keyof Api & MethodName]: Handler<Name> };

export type Events = typeof events;
export type EventName = keyof Events;
export type EventPayload<Name extends EventName> = z.output<Events[Name]>;

/** Sends an event to every connected client. */
export type Emit = <Name extends EventName>(name: Name, payload: EventPayload<Name>) => void;

/** What a client can do: call, and listen. Renderer, CLI and tests all use this. */
export interface StudioClient {
  call<Name extends MethodName>(
    name: Name,
    input: MethodInput<Name>,
    options?: { signal?: AbortSignal },
  ): Promise<MethodOutput<Name>>;
  /** Returns the function that stops listening. */
  on<Name extends EventName>(
    name: Name,
    listener: (payload: EventPayload<Name>) => void,
  ): () => void;
}
