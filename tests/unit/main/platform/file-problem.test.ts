import { fileProblem } from '@main/platform/file-problem';
import { PhotoProblem } from '@shared/domain/photo-problem';
import { describe, expect, it } from 'vitest';

const systemError = (code: string) => Object.assign(new Error(code), { code });

describe('fileProblem', () => {
  it.each([
    ['ENOENT', 'gone'],
    ['ENOTDIR', 'gone'],
    ['ELOOP', 'link-loop'],
    ['EACCES', 'unreadable'],
    ['EPERM', 'unreadable'],
    ['EISDIR', 'not-a-file'],
    ['ENXIO', 'not-a-file'],
    ['EIO', 'unreadable'],
    ['ENAMETOOLONG', 'unreadable'],
  ])('says what %s means', (code, reason) => {
    const error = systemError(code);
    expect(fileProblem(error)).toMatchObject({ reason, cause: error });
  });

  it('tells a missing permission from a broken disk', () => {
    expect(fileProblem(systemError('EACCES')).message).toMatch(/permission/);
    expect(fileProblem(systemError('EIO')).message).toMatch(/disk/);
  });

  it('leaves a problem that is one already', () => {
    const problem = new PhotoProblem('empty');
    expect(fileProblem(problem)).toBe(problem);
  });
});
