import type { Denial, Refused } from '../../shared/denial.ts';
import { payroll } from './sample-keys.ts';

export const sampleDenial = ({ action }: Refused): Denial => ({
  action,
  denied: [action],
  caller: { account: '444455556666', arn: 'arn:aws:sts::444455556666:assumed-role/sealer/kim' },
  key: { name: payroll, arn: payroll, partition: 'aws', account: '111122223333', region: 'eu-central-1' },
  crossAccount: true,
});
