import { PhonesSection } from '@renderer/features/comparison/PhonesSection';
import { MeasureOnPhone } from '@renderer/features/deploy/phones/MeasureOnPhone';
import type { PhoneMeasurement } from '@shared/domain/phone-measurement';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import type { ReactNode } from 'react';
import { describe, expect, it } from 'vitest';
import { createFakeMeasurement } from '../../../../fakes/fake-phone-measurement';
import { fakePair } from '../../fakes/fake-comparison';
import { renderInStudio } from '../../fakes/render-studio';
import { fakeJob, openStudioWithModels } from '../../fakes/studio-with-models';

async function open(
  shown: ReactNode,
  { measurements = [], jobs = [] }: { measurements?: PhoneMeasurement[]; jobs?: string[] } = {},
) {
  const test = await openStudioWithModels({ models: fakePair });
  test.program.phones.measured = {
    measurements,
    jobs: jobs.map((jobId) => ({ deviceId: 'android:SIM', jobId })),
  };
  const asked: object[] = [];
  test.program.handlers['phoneMeasurements.measure'] = (input) => {
    asked.push(input);
    return { jobId: 'job-9' };
  };
  await test.studio.stores.phones.getState().refresh();
  await test.studio.stores.phoneMeasurements.getState().refresh();
  renderInStudio(test.studio, shown);
  return { ...test, asked };
}

const onPixel = (isFree = true) => (
  <MeasureOnPhone deviceId="android:SIM" modelIds={['model-2', 'model-1']} isFree={isFree} />
);
const button = { name: 'Measure on this phone' };

describe('measuring on a phone', () => {
  it('is asked for with the models that are chosen', async () => {
    const { asked } = await open(onPixel());
    fireEvent.click(screen.getByRole('button', button));
    await waitFor(() =>
      expect(asked).toEqual([
        {
          deviceId: 'android:SIM',
          modelIds: ['model-2', 'model-1'],
          targetId: 'companion',
          photos: 60,
        },
      ]),
    );
  });

  it('is not offered while the phone is away or busy, nor into apps that answer nothing', async () => {
    const { studio, program } = await open(onPixel());
    program.phones.pushes = {
      ...program.phones.pushes,
      targets: [{ ...program.phones.pushes.targets[0]!, speaksProtocol: false }],
    };
    await studio.stores.phones.getState().refresh();
    await waitFor(() => expect(screen.queryByRole('button', button)).toBeNull());
  });

  it('is not offered on a phone that is not free', async () => {
    await open(onPixel(false));
    expect(screen.queryByRole('button', button)).toBeNull();
  });

  it('shows the job that runs, and asks for no second one', async () => {
    const { studio } = await open(onPixel(), { jobs: ['job-9'] });
    const running = { id: 'job-9', kind: 'measure-on-phone', state: 'running' } as const;
    studio.stores.jobs.setState({ jobs: [fakeJob({ ...running, title: 'Measuring Lite0' })] });
    expect(await screen.findByText(/Measuring Lite0/)).toBeDefined();
    expect(screen.getByRole<HTMLButtonElement>('button', button).disabled).toBe(true);
  });

  it('shows what this phone answered last, under its name and date', async () => {
    const elsewhere = createFakeMeasurement({ deviceId: 'ios:1', deviceName: 'Ada’s iPhone' });
    await open(onPixel(), { measurements: [elsewhere, createFakeMeasurement()] });
    const figures = screen.getByRole('region', { name: /measured on Google Pixel 8/ });
    for (const text of [
      '94.8%',
      '95% interval 86% to 98%; 55 of 58 right, here 56',
      '11.4 ms',
      '17.9 ms',
      '33.5 °C',
      'Warm: slowed down',
    ]) {
      expect(within(figures).getByText(text)).toBeDefined();
    }
    expect(within(figures).getByText('98.3%')).toBeDefined();
    expect(figures.textContent).toContain('2 photos were left without an answer');
    expect(screen.queryByText(/Ada’s iPhone/)).toBeNull();
  });
});

describe('a comparison', () => {
  it('shows each phone’s figures of its models apart, and why there are none', async () => {
    const broken = createFakeMeasurement(
      { id: 'measurement-2', deviceId: 'ios:1', deviceName: 'Ada’s iPhone' },
      { top1: undefined, problem: 'The file is broken.' },
    );
    await open(<PhonesSection modelIds={['model-1', 'model-2']} />, {
      measurements: [broken, createFakeMeasurement()],
    });
    const section = screen.getByRole('region', { name: 'Measured on phones' });
    expect(section.textContent).toContain('the phones’ own');
    expect(within(section).getByText(/on Ada’s iPhone, .*: The file is broken\./)).toBeDefined();
    expect(within(section).getByRole('region', { name: /Google Pixel 8/ })).toBeDefined();
  });

  it('says nothing of phones that measured none of its models', async () => {
    await open(<PhonesSection modelIds={['model-1']} />, {
      measurements: [createFakeMeasurement()],
    });
    expect(screen.queryByText('Measured on phones')).toBeNull();
  });
});
