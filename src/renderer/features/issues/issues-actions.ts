import type { Action, ActionSource } from '../../actions/action';
import { labelActions } from '../../actions/label-actions';
import { currentKind } from '../../stores/issues-store';
import { activeJob } from '../../stores/jobs-store';
import { editedPhotos, selectAll, selectOnly } from '../../stores/selection-model';
import { extendSelection } from './extend-selection';
import { hasGroups, hasSuggestions, issueEdits } from './issue-edits';
import { openInGrid } from './open-in-grid';

/** What can be done with issues by key and palette. */
export const issuesActions: ActionSource = (studio) => {
  const { stores, client } = studio;
  const issues = stores.issues.getState;
  const edits = issueEdits(studio);
  const targets = () => editedPhotos(issues().selection);
  const hasTargets = () => targets().length > 0;
  const running = () => activeJob(stores.jobs.getState().jobs, 'analyze');

  function move(by: number, extend: boolean): void {
    const { selection, issues: listed, select } = issues();
    const index = Math.max(0, Math.min(listed.length - 1, (selection.focus?.index ?? -by) + by));
    const issue = listed[index];
    if (!issue) return;
    const spot = { index, id: issue.photoId };
    select(extend ? extendSelection(selection, spot, listed) : selectOnly(spot));
  }

  const steps: Action[] = (
    [
      ['left', 'ArrowLeft', -1],
      ['right', 'ArrowRight', 1],
    ] as const
  ).flatMap(([name, key, by]) => [
    {
      id: `issues.${name}`,
      titleKey: `library.actions.${name}` as const,
      keys: [key],
      onlyKeys: true,
      run: () => move(by, false),
    },
    {
      id: `issues.extend-${name}`,
      titleKey: 'library.actions.extend',
      keys: [`shift+${key}`],
      onlyKeys: true,
      run: () => move(by, true),
    },
  ]);

  return [
    {
      id: 'issues.analyze',
      titleKey: 'issues.actions.analyze',
      keys: ['mod+Enter'],
      enabled: () => running() === undefined,
      run: () => client.call('issues.analyze', {}),
    },
    ...steps,
    {
      id: 'issues.select-all',
      titleKey: 'issues.actions.selectAll',
      keys: ['mod+a', 'a'],
      enabled: () => issues().issues.length > 0,
      run: () => {
        const { selection, issues: listed, select } = issues();
        select(
          selectAll(
            selection,
            listed.map(({ photoId }) => photoId),
          ),
        );
      },
    },
    {
      id: 'issues.exclude',
      titleKey: 'issues.actions.exclude',
      keys: ['x'],
      enabled: hasTargets,
      run: edits.exclude,
    },
    {
      id: 'issues.accept',
      titleKey: 'issues.actions.accept',
      keys: ['Enter'],
      enabled: () => hasTargets() && hasSuggestions(issues().issues),
      run: edits.acceptSuggestions,
    },
    {
      id: 'issues.keep',
      titleKey: 'issues.actions.keep',
      keys: ['f'],
      enabled: hasTargets,
      run: () => edits.decide('kept'),
    },
    {
      id: 'issues.ignore',
      titleKey: 'issues.actions.ignore',
      keys: ['shift+f'],
      enabled: hasTargets,
      run: () => edits.decide('ignored'),
    },
    {
      id: 'issues.reopen',
      titleKey: 'issues.actions.reopen',
      keys: [],
      enabled: () => hasTargets() && issues().state !== 'open',
      run: () => edits.decide('open'),
    },
    {
      id: 'issues.keep-best',
      titleKey: 'issues.actions.keepBest',
      keys: [],
      enabled: () => hasGroups(issues().issues),
      run: edits.keepBest,
    },
    {
      id: 'issues.keep-together',
      titleKey: 'issues.actions.keepTogether',
      keys: [],
      enabled: () => currentKind(issues()) === 'leak' && issues().issues.length > 0,
      run: edits.keepTogether,
    },
    {
      id: 'issues.open-in-grid',
      titleKey: 'issues.actions.openInGrid',
      keys: [],
      enabled: () => issues().issues.length > 0,
      run: () => openInGrid(studio),
    },
    {
      id: 'issues.look',
      titleKey: 'library.actions.loupe',
      keys: [' '],
      enabled: hasTargets,
      run: () => {
        const [photoId] = targets();
        const { focus } = issues().selection;
        stores.view.getState().set({ lookedAt: focus?.id ?? photoId });
      },
    },
    ...labelActions(
      studio,
      (label) => edits.relabel(label.id),
      () => targets().length > 0,
    ),
  ];
};
