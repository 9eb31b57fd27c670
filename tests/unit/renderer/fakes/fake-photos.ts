import { type Label, nextLabelColor } from '@shared/domain/label';
import type { PhotoSummary } from '@shared/domain/photo';
import type { ProjectInfo } from '@shared/domain/project';

export const fakeProject: ProjectInfo = {
  name: 'Kitchen tools',
  folder: '/projects/kitchen-tools',
  createdAt: '2026-01-02T03:04:05.000Z',
  generated: false,
};

export function fakePhoto(id: number, change: Partial<PhotoSummary> = {}): PhotoSummary {
  return {
    id,
    fileName: `photo-${String(id).padStart(5, '0')}.jpg`,
    width: 640,
    height: 480,
    excluded: false,
    missing: false,
    ...change,
  };
}

export function fakeLabels(names: readonly string[]): Label[] {
  const colors: string[] = [];
  return names.map((name, position) => {
    const color = nextLabelColor(colors);
    colors.push(color);
    return { id: position + 1, name, color, position };
  });
}
