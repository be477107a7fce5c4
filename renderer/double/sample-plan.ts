import type { Grant, Operation, Plan } from '../../shared/desktop.ts';

export function samplePlan(scene: string | null, operation: Operation, grants: readonly Grant[]): Plan {
  const folders = grants.filter((grant) => grant.kind === 'folder').length;
  const files = grants.length + folders * 411;
  const bytes = grants.reduce((sum, grant) => sum + grant.size, 0) + folders * 3_100_000_000;
  const large = scene === null ? { files, bytes } : { files: 1_284, bytes: 41_700_000_000 };
  const free = scene === 'full' ? 38_500_000_000 : 512_000_000_000;
  const names = ['Tender.pdf.envelope', 'Annex B.pdf.envelope', 'Site plans/ground floor.dwg.envelope'];
  return {
    operation,
    ...large,
    space: { folder: '/home/kim/Documents', needed: large.bytes, free, enough: free > large.bytes },
    taken: scene === 'taken' ? { count: 17, first: names } : { count: 0, first: [] },
  };
}
