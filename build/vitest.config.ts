import path from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const timeouts = { testTimeout: 60_000, hookTimeout: 60_000 };

/** One file that takes longer than a hundred others, begun last, would run alone at the end. */
const LONGEST = 'e2e/kill.test.ts';

const isLongest = ({ moduleId }: TestSpecification): boolean => moduleId.endsWith(LONGEST);

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return [...sorted.filter(isLongest), ...sorted.filter((file) => !isLongest(file))];
  }
}

export default defineConfig({
  root: path.resolve(import.meta.dirname, '..'),
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      { test: { name: 'unit', include: ['{shared,electron,renderer,build}/**/*.test.ts'], ...timeouts } },
      { test: { name: 'e2e', include: ['e2e/**/*.test.ts'], ...timeouts } },
    ],
  },
});
