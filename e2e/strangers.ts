/** @file age recipients of others. Nobody here has their identities. */

/** Whoever a policy, a list or an administrator names. */
export const STRANGER = 'age1lhwhxget08rydr389vfuyp28qfj8wr4w9prwp824c75ehep87acqyjj77z';
/** age's own example. */
export const NOBODY = 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p';
