import type { IncomingMessage, Server } from 'node:http';
import { AppError } from '../../../shared/api/errors';
import type { Logger } from '../logger';
import { type Answer, answerError, respond } from './respond';

/** Has a server answer with what `answer` says; what it throws is answered as an error. */
export function answerRequests(
  server: Server,
  log: Logger,
  answer: (request: IncomingMessage) => Promise<Answer>,
): void {
  server.on('request', (request, response) => {
    answer(request)
      .catch((error: unknown) => {
        if (!(error instanceof AppError) && !wasAborted(request)) {
          log.error(`${request.method} ${request.url?.split('?')[0]} failed`, error);
        }
        return answerError(error);
      })
      .then((answered) => respond(request, response, answered))
      .catch((error: unknown) => {
        log.error('An answer could not be sent', error);
        response.destroy();
      });
  });
}

const wasAborted = (request: IncomingMessage) => request.destroyed && !request.complete;
