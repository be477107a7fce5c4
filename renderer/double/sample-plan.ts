import type { Grant, Operation, Plan } from '../../shared/desktop.ts';
import type { PlanPolicy } from '../../shared/policy.ts';

const folder = '/srv/projects/apollo';

const samplePolicies: PlanPolicy[] = [
  {
    path: `${folder}/.envelope-policy.json`,
    files: 1_240,
    bytes: 40_000_000_000,
    keys: [
      { spec: 'alias/team', state: 'yours' },
      { spec: 'age1lhwhxget08rydr389vfuyp28qfj8wr4w9prwp824c75ehep87acqyjj77z', state: 'asked' },
    ],
    labels: { project: 'apollo', phase: '2' },
    hideNames: true,
    output: `${folder}/sealed`,
  },
  {
    path: `${folder}/drafts/.envelope-policy.json`,
    files: 12,
    bytes: 1_000_000,
    keys: [],
    labels: {},
    error: {
      code: 'policy-invalid',
      message: '',
      details: {
        path: `${folder}/drafts/.envelope-policy.json`,
        problem: 'member',
        member: 'output',
        field: 'output.folder',
      },
    },
  },
  { files: 32, bytes: 1_700_000_000, keys: [], labels: {} },
];

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
    ...(scene === 'policies' ? { policies: samplePolicies } : {}),
    taken: scene === 'taken' ? { count: 17, first: names } : { count: 0, first: [] },
  };
}
