import { Anchor } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { AppError, isCancelled, toShape } from '@shared/api/errors';

/** Shows an error as a sentence and its remedy. What was cancelled on purpose is no error. */
export function notifyError(error: unknown): void {
  if (isCancelled(error)) return;
  // A defect: the stack goes to the developer tools, the person gets one sentence.
  if (!(error instanceof AppError)) reportError(error);
  const { code, message, remedy } = toShape(error);
  notifications.show({
    id: `error-${code}-${message}`,
    color: 'red',
    title: message,
    message: remedy,
    autoClose: 10_000,
    role: 'alert',
  });
}

interface FollowUp {
  label: string;
  run(): void;
}

/** Says what was done. The next one takes its place: they never pile up. */
export function notifyDone(sentence: string, followUp?: FollowUp): void {
  const follow = () => {
    notifications.hide('done');
    followUp?.run();
  };
  notifications.hide('done');
  notifications.show({
    id: 'done',
    message: (
      <>
        {sentence}{' '}
        {followUp && (
          <Anchor component="button" fz="inherit" onClick={follow}>
            {followUp.label}
          </Anchor>
        )}
      </>
    ),
    autoClose: followUp ? 6000 : 3500,
    withCloseButton: followUp !== undefined,
  });
}
