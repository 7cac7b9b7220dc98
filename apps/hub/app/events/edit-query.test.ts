import { formatEventQuery } from '@nexomatic/contracts/event-query';
import { describe, expect, test } from 'vitest';
import { dropTerm, exclude, narrow, nullTerm, payloadTerm, rootsOnly, showSteps, textTerm } from './edit-query.ts';
import { queryOf } from './list-address.ts';
import { activeView, systemViews, viewQuery } from './system-views.ts';

const view = (name: string) => systemViews.find((one) => one.name === name) ?? systemViews[0];

describe('a value that is pressed', () => {
  test('takes the place of what was asked for under the same key', () => {
    expect(
      formatEventQuery(
        narrow(queryOf('type:a state:(queued,error) -state:success since:7d'), textTerm('state', 'error')),
      ),
    ).toBe('type:a state:error since:7d');
    expect(formatEventQuery(narrow(queryOf('payload.a:1 payload.b:2'), payloadTerm('b', '3')))).toBe(
      'payload.a:1 payload.b:3',
    );
    expect(formatEventQuery(narrow(queryOf(''), nullTerm('sink')))).toBe('sink:null');
  });

  test('is excluded beside what is excluded already, once', () => {
    expect(formatEventQuery(exclude(queryOf('type:a -type:b'), textTerm('type', 'a')))).toBe('-type:b -type:a');
    expect(formatEventQuery(exclude(queryOf('-type:b'), textTerm('type', 'b')))).toBe('-type:b');
  });
});

test('a chip takes its own term away and no other', () => {
  expect(formatEventQuery(dropTerm(queryOf('type:a type:b type:a'), 2))).toBe('type:a type:b');
});

test('steps of chains are shown and left out without touching the rest', () => {
  expect(rootsOnly(queryOf('is:root type:x'))).toBe(true);
  expect(rootsOnly(queryOf('-is:root'))).toBe(false);
  expect(formatEventQuery(showSteps(queryOf('type:x is:root'), true))).toBe('type:x');
  expect(formatEventQuery(showSteps(queryOf('type:x'), false))).toBe('is:root type:x');
});

describe('a system view', () => {
  test('changes the state and keeps the rest of the query', () => {
    expect(formatEventQuery(viewQuery(queryOf('is:root type:x since:7d'), view('Errors')))).toBe(
      'type:x since:7d state:error',
    );
    expect(formatEventQuery(viewQuery(queryOf('type:x state:error since:7d'), view('All')))).toBe(
      'is:root type:x since:7d',
    );
  });

  test('is the one whose state is asked for', () => {
    expect(activeView(queryOf('type:x'))?.name).toBe('All');
    expect(activeView(queryOf('type:x state:queued'))?.name).toBe('Waiting');
    expect(activeView(queryOf('state:(queued,running)'))).toBeNull();
    expect(activeView(queryOf('-state:error'))).toBeNull();
  });
});
