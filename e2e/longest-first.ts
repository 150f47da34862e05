import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take half a minute or more: begun last, they would be waited for with nothing beside them. */
const LONG = ['crash', 'failing-changes', 'broken-files', 'data-safety', 'start', 'formats'];

const getRank = ({ moduleId }: TestSpecification) => {
  const rank = LONG.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
  return rank < 0 ? LONG.length : rank;
};

/** Runs the long files first; the others in the order that vitest knows. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((a, b) => getRank(a) - getRank(b));
  }
}
